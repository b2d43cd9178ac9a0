"""The page of a dyad, gathered: where it stands, its weeks, what happened, who is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import dropwhile
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import (
    Aggregate,
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from mentoring.decisions import waiting
from mentoring.models import Agreement, Doubt, Dyad, DyadMeeting, DyadSubstitute, Pause, Training
from mentoring.numbers import CRITICAL_MONTHS, SHORT_MONTHS, TRAINING_MINUTES
from mentoring.weeks import strips
from people.kept import kept_for
from people.models import Student, User
from programs.access import Rights
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
    """What one statement tells of a dyad, so that what is not there is not asked for."""

    past: int
    """Rows of the feed."""
    training_minutes: int
    """Of its mentor, among the trainings that the person sees: told to who plans the dyad."""
    open_dyads: int
    """Of its mentor, those that the person sees."""
    year_starts_on: date | None
    year_ends_on: date | None
    has_pauses: bool
    has_substitutes: bool
    has_doubts: bool
    waits: bool
    has_namesakes: bool


def portrait(dyad: Dyad, user: User, *, on: date, page: str | None, rights: Rights) -> Portrait:
    """All that the page shows of a visible dyad; the number of queries is constant."""
    numbers, facts = in_force(dyad.board_id, on), _facts(dyad, user, on)
    pauses = list(dyad.pauses.exclude(ends_on__lte=on)) if facts.has_pauses else []
    to_come = partial(_to_come, user=user, on=on)
    return Portrait(
        weeks=Weeks(_school_year_weeks(dyad, facts, on)),
        feed=_feed(dyad, user, on=on, page=page, length=facts.past),
        next_meeting=next(iter(kept_for([dyad.pk], "next meeting", to_come, user, on)), None),
        agreement=dyad.agreements.signed().last(),
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


def _facts(dyad: Dyad, user: User, on: date) -> Facts:
    """One query."""
    last = _last_shown(dyad, on)

    def told(ids: Sequence[int]) -> QuerySet[Dyad, tuple[Any, ...]]:
        this, mentor = OuterRef("pk"), OuterRef("mentor")
        past = DyadMeeting.objects.kept().filter(dyad=this, on__lte=on)
        trainings = Training.objects.visible_to(user).filter(person=OuterRef("mentor__person"), completed_on__lte=on)
        named = Student.objects.filter(board=OuterRef("board"), name_key=OuterRef("student__name_key"))
        year = SchoolYear.objects.filter(board=OuterRef("board"), starts_on__lte=last).order_by("-starts_on")
        return Dyad.objects.filter(pk__in=ids).values_list(
            _total(past, Count("pk"), "dyad"),
            _total(trainings.filter(kind=Training.Kind.INITIAL), Sum("minutes"), "person"),
            _total(Dyad.objects.visible_to(user).open_on(on).filter(mentor=mentor), Count("pk"), "mentor"),
            *(Subquery(year.values(bound)[:1]) for bound in ("starts_on", "ends_on")),
            Exists(Pause.objects.filter(dyad=this).exclude(ends_on__lte=on)),
            Exists(DyadSubstitute.objects.filter(dyad=this)),
            Exists(Doubt.objects.filter(dyad=this)),
            Exists(waiting(Dyad.objects.open_on(on).filter(pk=this), on)),
            Exists(named.exclude(pk=OuterRef("student"))),
        )

    return Facts(*kept_for([dyad.pk], "facts of a dyad", told, user, on, last)[0])


def _total(rows: "QuerySet[Any, Any]", number: Aggregate, of: str) -> Coalesce:
    """A number over rows that are all of one ``of``."""
    return Coalesce(Subquery(rows.order_by().values(of).annotate(total=number).values("total")), 0)


def _feed(dyad: Dyad, user: User, *, on: date, page: str | None, length: int) -> Page[DyadMeeting]:
    """A page of what happened, the latest first. One query."""

    def past(ids: Sequence[int]) -> QuerySet[DyadMeeting]:
        meetings = DyadMeeting.objects.visible_to(user).filter(dyad__in=ids, on__lte=on)
        noted = ExpressionWrapper(~Q(note=""), output_field=BooleanField())
        rows = meetings.annotate(has_note=noted).select_related("logged_by", "met_by", "timetable")
        return rows.order_by("-on", "-starts_at", "-pk")

    feed: Page[Any] = Paginator(range(length), PAGE).get_page(page)
    shown = slice((feed.number - 1) * PAGE, feed.number * PAGE)
    feed.object_list = kept_for([dyad.pk], "feed of a dyad", lambda ids: past(ids)[shown], user, on, feed.number)
    return feed


def _to_come(ids: Sequence[int], *, user: User, on: date) -> QuerySet[DyadMeeting]:
    planned = DyadMeeting.objects.visible_to(user).filter(dyad__in=ids, on__gt=on, status=DyadMeeting.Status.PLANNED)
    return planned.order_by("on", "pk")[:1]


def _last_shown(dyad: Dyad, on: date) -> date:
    """A day of the school year shown: today, or the dyad's last once it has ended, its first before it begins."""
    return max(min(on, dyad.ends_on - timedelta(days=1)) if dyad.ends_on else on, dyad.starts_on)


def _school_year_weeks(dyad: Dyad, facts: Facts, on: date) -> list[WeekCell]:
    """The strip of that school year."""
    if facts.year_starts_on is None or facts.year_ends_on is None:
        return []
    cells = strips([dyad.pk], on=on, since=facts.year_starts_on, until=facts.year_ends_on).get(dyad.pk, [])
    # The months before the relationship have nothing to show.
    return list(dropwhile(lambda cell: cell.span_to < dyad.starts_on.replace(day=1), cells))
