"""Which school year ends for a programme, which one follows, and from when to when one decides on it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from guidelines.audit_verbs import YEAR_TURNED
from mentoring.models import Dyad
from people.access import Role
from people.kept import kept
from people.models import AuditEntry, School, User
from programs.audit_verbs import STRUCTURE_RESTORED
from programs.models import Program, SchoolDay, SchoolYear, SupportGroup

DAY = timedelta(days=1)
AHEAD = timedelta(weeks=4)
"""Before the last class day: a year is turned when it ends."""
BEHIND = timedelta(weeks=8)
"""After the next year has begun, it is still the one that follows: who comes to it late finds the year that ended."""
HALF_A_YEAR = timedelta(weeks=26)
"""A year turned longer ago than this was another one."""
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Turn:
    """From one school year of a school to the next; without days of class, the year's own dates stand for them."""

    ending: SchoolYear
    next: SchoolYear | None
    last_on: date
    """The last class day of the year that ends."""
    first_on: date | None
    """The first class day of the next one, when it is open."""

    @property
    def opens_on(self) -> date:
        return self.last_on - AHEAD

    def is_near(self, on: date) -> bool:
        return on >= self.opens_on

    def resumes_on(self, on: date) -> date | None:
        """When meetings are proposed to begin again: on a Monday, a week after the school or more, never in the past.

        From a Monday on, since a pause excuses the weeks that it covers whole.
        """
        if self.first_on is None:
            return None
        day = max(self.first_on + WEEK, on)
        return day + timedelta(days=-day.weekday() % WEEK.days)


MONTHS = range(5, 11)
"""From May to October: the rest of the year, no page of the every day asks which year runs (LIP, art. 13, 1)."""


def turn_of(school: School, on: date) -> Turn | None:
    """The turn that a day is nearest to; None without a school year. Three queries at most."""
    years = list(SchoolYear.objects.filter(board=school.board_id).order_by("starts_on"))
    begun = [year for year in years if year.starts_on <= on]
    if not begun:
        return None
    ending = next((year for year in reversed(begun) if year.starts_on <= on - BEHIND), begun[0])
    coming = next((year for year in years if year.starts_on > ending.starts_on), None)
    days = SchoolDay.objects.class_days().filter(school=school)
    until = coming.starts_on if coming else ending.ends_on
    last_on = days.filter(date__gte=ending.starts_on, date__lt=until).aggregate(last=Max("date"))["last"]
    first_on = None
    if coming is not None:
        inside = days.filter(date__gte=coming.starts_on, date__lt=coming.ends_on)
        first_on = inside.order_by("date").values_list("date", flat=True).first() or coming.starts_on
    return Turn(ending, coming, last_on or ending.ends_on - DAY, first_on)


def to_turn(user: User, on: date) -> list[Program]:
    """The programmes that the person runs, whose year ends or has ended, and that nobody has turned. One query.

    None the rest of the year.
    """
    if on.month not in MONTHS or user.board_id is None or not user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER):
        return []
    return kept("years to turn", user, lambda: _to_turn(user, on), on)


def is_to_turn(user: User, on: date) -> Exists | Value:
    """The same as a column of a query of programmes: it costs a page that has one no query more."""
    if on.month not in MONTHS or user.board_id is None:
        return Value(False)
    return Exists(_to_turn(user, on).filter(pk=OuterRef("pk")))


def _to_turn(user: User, on: date) -> QuerySet[Program]:
    years = SchoolYear.objects.filter(board=OuterRef("board"))
    ending = years.filter(starts_on__lte=on - BEHIND).order_by("-starts_on").values("ends_on")[:1]
    coming = years.filter(starts_on__gt=on - BEHIND).order_by("starts_on").values("starts_on")[:1]
    begun = Q(program=OuterRef("pk"), starts_on__lt=OuterRef("before"))
    dyads, groups = Dyad.objects.open_on(on).filter(begun), SupportGroup.objects.active_on(on).filter(begun)
    led = Program.objects.led_by(user).filter(board=user.board_id)
    ended = led.annotate(ending=Subquery(ending), before=Coalesce(Subquery(coming), Subquery(ending)))
    rows = ended.filter(Exists(dyads) | Exists(groups), ending__lte=on + AHEAD).exclude(ends_on__lte=F("before"))
    told = rows.annotate(last=Coalesce(_last_told(on - HALF_A_YEAR), Value("")))
    return told.exclude(last=YEAR_TURNED.code).select_related("school")


def _last_told(since: date) -> Subquery:
    """Of a programme, what was done last since a day: its year turned, or turned back."""
    verbs = [YEAR_TURNED.code, STRUCTURE_RESTORED.code]
    told = AuditEntry.objects.filter(subject_type=Program._meta.label_lower, subject_id=OuterRef("pk"), verb__in=verbs)
    return Subquery(told.filter(at__date__gte=since).order_by("-at", "-pk").values("verb")[:1])
