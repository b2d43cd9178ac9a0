"""The page of a dyad, gathered: where it stands, its weeks, what happened, who is there."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import dropwhile

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, Sum

from mentoring.models import Agreement, Dyad, DyadMeeting, Pause, Training
from mentoring.numbers import CRITICAL_MONTHS, SHORT_MONTHS, TRAINING_MINUTES
from mentoring.weeks import strips
from people.models import User
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


def portrait(dyad: Dyad, user: User, *, on: date, page: str | None) -> Portrait:
    """All that the page shows of a visible dyad; the number of queries is constant."""
    meetings = DyadMeeting.objects.visible_to(user).filter(dyad=dyad)
    noted = ExpressionWrapper(~Q(note=""), output_field=BooleanField())
    past = meetings.filter(on__lte=on).annotate(has_note=noted).select_related("logged_by", "met_by", "timetable")
    feed = Paginator(past.order_by("-on", "-starts_at", "-pk"), PAGE).get_page(page)
    trainings = Training.objects.visible_to(user).filter(person=dyad.mentor.person_id, completed_on__lte=on)
    minutes = trainings.filter(kind=Training.Kind.INITIAL).aggregate(total=Sum("minutes"))["total"]
    numbers = in_force(dyad.board_id, on)
    pauses = list(dyad.pauses.exclude(ends_on__lte=on))
    return Portrait(
        weeks=Weeks(school_year_weeks(dyad, on)),
        feed=feed,
        next_meeting=meetings.filter(on__gt=on, status=DyadMeeting.Status.PLANNED).first(),
        agreement=dyad.agreements.last(),
        pause=next((pause for pause in pauses if pause.starts_on <= on), None),
        next_pause=next((pause for pause in pauses if pause.starts_on > on), None),
        training_minutes=minutes or 0,
        training_goal=numbers.worth(TRAINING_MINUTES),
        critical_months=numbers.worth(CRITICAL_MONTHS, dyad.program_id),
        short_months=numbers.worth(SHORT_MONTHS, dyad.program_id),
        open_dyads=Dyad.objects.visible_to(user).open_on(on).filter(mentor=dyad.mentor_id).count(),
    )


def school_year_weeks(dyad: Dyad, on: date) -> list[WeekCell]:
    """The strip of the school year of ``on``, or of the dyad's last day when it has ended."""
    last = min(on, dyad.ends_on - timedelta(days=1)) if dyad.ends_on else on
    year = SchoolYear.objects.of(dyad.board, max(last, dyad.starts_on))
    if year is None:
        return []
    cells = strips([dyad.pk], on=on, since=year.starts_on, until=year.ends_on).get(dyad.pk, [])
    # The months before the relationship have nothing to show.
    return list(dropwhile(lambda cell: cell.span_to < dyad.starts_on.replace(day=1), cells))
