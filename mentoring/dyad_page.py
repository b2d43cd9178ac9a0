"""The page of a dyad, gathered: where it stands, its weeks, what happened, who is there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import dropwhile
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import (
    Aggregate,
    BooleanField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import Http404

from mentoring.decisions import waiting
from mentoring.models import Agreement, Doubt, Dyad, DyadMeeting, DyadSubstitute, Pause, Training
from mentoring.models.dyads import DyadQuerySet
from mentoring.numbers import CRITICAL_MONTHS, SHORT_MONTHS, TRAINING_MINUTES
from mentoring.records import FOLLOWUPS
from mentoring.weeks import strips
from people.kept import kept_for
from people.models import Student, User
from people.sql import FOREVER
from programs.access import Rights, rights_columns
from programs.calendars.periods import WeekCell, WeekState
from programs.models import SchoolYear
from programs.numbers import InForce, in_force

PAGE = 12


@dataclass(frozen=True)
class Weeks:
    """The class weeks of the school year, and how many count."""

    cells: list[WeekCell]

    def _count(self, *states: WeekState) -> int:
        return sum(cell.state in states for cell in self.cells)

    @property
    def met(self) -> int:
        return self._count(WeekState.MET)

    @property
    def assessable(self) -> int:
        return self._count(WeekState.MET, WeekState.MISSED)

    @property
    def waiting(self) -> int:
        """Weeks whose planned meetings nobody logged, while there is still time to."""
        return sum(cell.state == WeekState.PENDING and cell.unlogged > 0 for cell in self.cells)


@dataclass(frozen=True)
class Portrait:
    weeks: Weeks
    feed: Page[DyadMeeting]
    next_meeting: DyadMeeting | None
    agreement: Agreement | None
    pause: Pause | None
    next_pause: Pause | None
    training_minutes: int
    training_goal: int
    critical_months: int
    short_months: int
    open_dyads: int
    substitutes: Sequence[DyadSubstitute]
    has_doubts: bool
    waits: bool
    """For a decision, since somebody left."""
    has_namesakes: bool
    """Whether another student has the student's name, whoever may see them."""
    numbers: InForce


class Facts(NamedTuple):
    """What the statement of a dyad tells beside, so that what is not there is not asked for."""

    past: int
    """Rows of the feed."""
    training_minutes: int
    """Of its mentor: told to who plans the dyad, and sees their training."""
    open_dyads: int
    """Of its mentor, those that the person sees."""
    year_starts_on: date | None
    year_ends_on: date | None
    has_pauses: bool
    has_substitutes: bool
    has_doubts: bool
    waits: bool
    has_namesakes: bool
    agreement: Agreement | None
    """The last signed."""
    logged: Collection[str]
    """The kinds of records beside meetings of which it has any, whoever reads them."""


def read(user: User, pk: int, *, on: date) -> tuple[Dyad, Rights, Facts]:
    """A visible dyad, what the person may do about it, and what there is to read of it; or 404. One query."""
    found: list[Any] = kept_for([pk], "page of a dyad", partial(_told, user=user, on=on), user, on)
    if not found:
        raise Http404
    (row,) = found
    facts = {name: getattr(row, name) for name in _facts(user, on)}
    logged = [kind.slug for kind in FOLLOWUPS if getattr(row, f"has_{kind.slug}")]
    rights = Rights(*(getattr(row, f"may_{name}") for name in Rights._fields))
    return row, rights, Facts(**facts, agreement=getattr(row, "agreed", None), logged=logged)


def portrait(dyad: Dyad, user: User, *, on: date, page: str | None, rights: Rights, facts: Facts) -> Portrait:
    """All that the page shows of a visible dyad; the number of queries is constant."""
    numbers = in_force(dyad.board_id, on)
    pauses = list(dyad.pauses.exclude(ends_on__lte=on)) if facts.has_pauses else []
    feed, next_meeting = _meetings(dyad, user, on=on, page=page, length=facts.past)
    return Portrait(
        weeks=Weeks(_school_year_weeks(dyad, facts, on)),
        feed=feed,
        next_meeting=next_meeting,
        agreement=facts.agreement,
        pause=next((pause for pause in pauses if pause.starts_on <= on), None),
        next_pause=next((pause for pause in pauses if pause.starts_on > on), None),
        training_minutes=facts.training_minutes if rights.plan else 0,
        training_goal=numbers.worth(TRAINING_MINUTES),
        critical_months=numbers.worth(CRITICAL_MONTHS, dyad.program_id),
        short_months=numbers.worth(SHORT_MONTHS, dyad.program_id),
        open_dyads=facts.open_dyads if rights.plan else 0,
        substitutes=list(dyad.substitutes.select_related("person")) if facts.has_substitutes else [],
        has_doubts=facts.has_doubts,
        waits=facts.waits,
        has_namesakes=facts.has_namesakes,
        numbers=numbers,
    )


def _told(ids: Sequence[int], *, user: User, on: date) -> DyadQuerySet:
    last = Agreement.objects.signed().filter(dyad=OuterRef("pk")).order_by("-signed_on", "-pk").values("pk")[:1]
    agreed = FilteredRelation("agreements", condition=Q(agreements__pk=Subquery(last)))
    seen = Dyad.objects.visible_to(user).filter(pk__in=ids).annotate(agreed=agreed)
    told = seen.with_people().select_related("agreed").annotate(**_facts(user, on))  # type: ignore[misc]
    told = told.annotate(**{f"may_{name}": held for name, held in rights_columns(Dyad, user).items()})
    beside = {f"has_{kind.slug}": kind.model._base_manager.filter(dyad=OuterRef("pk")) for kind in FOLLOWUPS}
    return told.annotate(**{name: Exists(rows) for name, rows in beside.items()})


def _facts(user: User, on: date) -> dict[str, Combinable]:
    """The columns of ``Facts``."""
    this, mentor = OuterRef("pk"), OuterRef("mentor")
    past = DyadMeeting.objects.kept().filter(dyad=this, on__lte=on)
    trainings = Training.objects.filter(person=OuterRef("mentor__person"), completed_on__lte=on)
    named = Student.objects.filter(board=OuterRef("board"), name_key=OuterRef("student__name_key"))
    year = _year_shown(on)
    return {
        "past": _total(past, Count("pk"), "dyad"),
        "training_minutes": _total(trainings.filter(kind=Training.Kind.INITIAL), Sum("minutes"), "person"),
        "open_dyads": _total(Dyad.objects.visible_to(user).open_on(on).filter(mentor=mentor), Count("pk"), "mentor"),
        "year_starts_on": Subquery(year.values("starts_on")[:1]),
        "year_ends_on": Subquery(year.values("ends_on")[:1]),
        "has_pauses": Exists(Pause.objects.filter(dyad=this).exclude(ends_on__lte=on)),
        "has_substitutes": Exists(DyadSubstitute.objects.filter(dyad=this)),
        "has_doubts": Exists(Doubt.objects.filter(dyad=this)),
        "waits": Exists(waiting(Dyad.objects.open_on(on).filter(pk=this), on)),
        "has_namesakes": Exists(named.exclude(pk=OuterRef("student"))),
    }


def _year_shown(on: date) -> QuerySet[SchoolYear]:
    """Of a dyad, the school year of today, or of its last day once it has ended, of its first before it begins."""
    ends_on = Coalesce(OuterRef("ends_on"), Value(FOREVER), output_field=DateField())
    begun = Q(starts_on__lte=OuterRef("starts_on")) | Q(starts_on__lte=on, starts_on__lt=ends_on)
    return SchoolYear.objects.filter(begun, board=OuterRef("board")).order_by("-starts_on")


def _total(rows: "QuerySet[Any, Any]", number: Aggregate, of: str) -> Coalesce:
    """A number over rows that are all of one ``of``."""
    return Coalesce(Subquery(rows.order_by().values(of).annotate(total=number).values("total")), 0)


def _meetings(
    dyad: Dyad, user: User, *, on: date, page: str | None, length: int
) -> tuple[Page[DyadMeeting], DyadMeeting | None]:
    """A page of what happened, the latest first; the next planned meeting. One query."""
    feed: Page[Any] = Paginator(range(length), PAGE).get_page(page)
    shown = slice((feed.number - 1) * PAGE, feed.number * PAGE)

    def told(ids: Sequence[int]) -> QuerySet[DyadMeeting]:
        of_dyad = DyadMeeting.objects.kept().filter(dyad__in=ids)
        past = of_dyad.filter(on__lte=on).order_by("-on", "-starts_at", "-pk").values("pk")[shown]
        to_come = of_dyad.filter(on__gt=on, status=DyadMeeting.Status.PLANNED).order_by("on", "pk").values("pk")[:1]
        noted = ExpressionWrapper(~Q(note=""), output_field=BooleanField())
        seen = DyadMeeting.objects.visible_to(user).filter(Q(pk__in=past) | Q(pk__in=to_come), dyad__in=ids)
        rows = seen.annotate(has_note=noted).select_related("logged_by", "met_by", "timetable")
        return rows.order_by("-on", "-starts_at", "-pk")

    found = kept_for([dyad.pk], "meetings of a dyad", told, user, on, feed.number)
    feed.object_list = [meeting for meeting in found if meeting.on <= on]
    return feed, next((meeting for meeting in found if meeting.on > on), None)


def _school_year_weeks(dyad: Dyad, facts: Facts, on: date) -> list[WeekCell]:
    """The strip of that school year."""
    if facts.year_starts_on is None or facts.year_ends_on is None:
        return []
    cells = strips([dyad.pk], on=on, since=facts.year_starts_on, until=facts.year_ends_on).get(dyad.pk, [])
    # The months before the relationship have nothing to show.
    return list(dropwhile(lambda cell: cell.span_to < dyad.starts_on.replace(day=1), cells))
