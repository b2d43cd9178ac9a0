"""The page of a dyad, gathered: where it stands, its weeks, what happened, who is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import dropwhile
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet, Sum

from mentoring.models import Agreement, Dyad, DyadMeeting, Pause, Training
from mentoring.numbers import CRITICAL_MONTHS, SHORT_MONTHS, TRAINING_MINUTES
from mentoring.weeks import strips
from people.kept import kept_for
from people.models import User
from programs.access import Rights
from programs.calendars.periods import WeekCell, WeekState
from programs.models import SchoolYear
from programs.numbers import in_force

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


def portrait(dyad: Dyad, user: User, *, on: date, page: str | None, rights: Rights) -> Portrait:
    """All that the page shows of a visible dyad; the number of queries is constant."""
    numbers = in_force(dyad.board_id, on)
    pauses = list(dyad.pauses.exclude(ends_on__lte=on))
    to_come = partial(_to_come, user=user, on=on)
    return Portrait(
        weeks=Weeks(school_year_weeks(dyad, on)),
        feed=_feed(dyad, user, on=on, page=page),
        next_meeting=next(iter(kept_for([dyad.pk], "next meeting", to_come, user, on)), None),
        agreement=dyad.agreements.last(),
        pause=next((pause for pause in pauses if pause.starts_on <= on), None),
        next_pause=next((pause for pause in pauses if pause.starts_on > on), None),
        training_minutes=_training_minutes(dyad, user, on) if rights.plan else 0,
        training_goal=numbers.worth(TRAINING_MINUTES),
        critical_months=numbers.worth(CRITICAL_MONTHS, dyad.program_id),
        short_months=numbers.worth(SHORT_MONTHS, dyad.program_id),
        open_dyads=Dyad.objects.visible_to(user).open_on(on).filter(mentor=dyad.mentor_id).count()
        if rights.plan
        else 0,
    )


def _feed(dyad: Dyad, user: User, *, on: date, page: str | None) -> Page[DyadMeeting]:
    """A page of what happened, the latest first. Two queries."""

    def past(ids: Sequence[int]) -> QuerySet[DyadMeeting]:
        meetings = DyadMeeting.objects.visible_to(user).filter(dyad__in=ids, on__lte=on)
        noted = ExpressionWrapper(~Q(note=""), output_field=BooleanField())
        rows = meetings.annotate(has_note=noted).select_related("logged_by", "met_by", "timetable")
        return rows.order_by("-on", "-starts_at", "-pk")

    def counted(ids: Sequence[int]) -> QuerySet[DyadMeeting, tuple[int, ...]]:
        kept = DyadMeeting.objects.kept().filter(dyad__in=ids, on__lte=on).order_by()
        return kept.values_list("dyad").annotate(n=Count("pk"))

    numbers = kept_for([dyad.pk], "length of a feed", counted, user, on)
    feed: Page[Any] = Paginator(range(numbers[0][1] if numbers else 0), PAGE).get_page(page)
    shown = slice((feed.number - 1) * PAGE, feed.number * PAGE)
    feed.object_list = kept_for([dyad.pk], "feed of a dyad", lambda ids: past(ids)[shown], user, on, feed.number)
    return feed


def _to_come(ids: Sequence[int], *, user: User, on: date) -> QuerySet[DyadMeeting]:
    planned = DyadMeeting.objects.visible_to(user).filter(dyad__in=ids, on__gt=on, status=DyadMeeting.Status.PLANNED)
    return planned.order_by("on", "pk")[:1]


def _training_minutes(dyad: Dyad, user: User, on: date) -> int:
    """Of whom it is with: told to who plans the dyad, who sees the trainings of its mentor."""
    trainings = Training.objects.visible_to(user).filter(person=dyad.mentor.person_id, completed_on__lte=on)
    return trainings.filter(kind=Training.Kind.INITIAL).aggregate(total=Sum("minutes"))["total"] or 0


def school_year_weeks(dyad: Dyad, on: date) -> list[WeekCell]:
    """The strip of the school year of ``on``, or of the dyad's last day when it has ended."""
    last = min(on, dyad.ends_on - timedelta(days=1)) if dyad.ends_on else on
    year = SchoolYear.objects.of(dyad.board, max(last, dyad.starts_on))
    if year is None:
        return []
    cells = strips([dyad.pk], on=on, since=year.starts_on, until=year.ends_on).get(dyad.pk, [])
    # The months before the relationship have nothing to show.
    return list(dropwhile(lambda cell: cell.span_to < dyad.starts_on.replace(day=1), cells))
