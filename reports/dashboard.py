"""The lead's page as facts: whom to reach, whom to watch. The number of queries does not grow with the data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery

from guidelines.attention import Attention, Row, attention
from guidelines.quiet import QuietLine, quiet_lines
from guidelines.turning.years import is_to_turn
from people.kept import kept
from people.models import User
from programs.models import Program, SchoolYear
from programs.sizes import size_columns
from reports.urgency import UrgentRow, with_last_weeks

LISTED = 12


@dataclass(frozen=True)
class Dashboard:
    attention: Attention
    page: "Page[Row]"
    rows: list[UrgentRow]
    """Those of the page, each with its last weeks: those to reach, then those to watch."""
    quiet: list[QuietLine]

    @property
    def on(self) -> date:
        return self.attention.on

    @property
    def to_reach(self) -> list[UrgentRow]:
        return [row for row in self.rows if row.is_to_reach]

    @property
    def to_watch(self) -> list[UrgentRow]:
        return [row for row in self.rows if not row.is_to_reach]


def led_programs(user: User, *, on: date) -> list[Program]:
    """The programmes that the person answers for, with their school, school year and sizes in force. One query.

    And ``to_turn``: whether their year is to be turned.
    """
    return kept("led programmes", user, lambda: _led(user, on), on)


def _led(user: User, on: date) -> QuerySet[Program]:
    year = SchoolYear.objects.filter(board=OuterRef("board"), starts_on__lte=on).order_by("-starts_on")
    led = Program.objects.led_by(user).select_related("school")
    year_starts_on = Subquery(year.values("starts_on")[:1])
    told = led.annotate(year_starts_on=year_starts_on, to_turn=is_to_turn(user, on))
    return told.annotate(**size_columns(on, program="pk"))


def dashboard(
    user: User, programs: Sequence[Program] | None, *, on: date, page: str | int | None = 1, by_page: int = LISTED
) -> Dashboard:
    """What the page tells on a day, and one page of its list. Six queries, whatever the data.

    Of some programmes; or, with None, of all that the person sees, as every other place that says the two numbers.
    """
    found = attention(user, on=on, programs=programs)
    shown: Page[Row] = Paginator(found.rows, by_page).get_page(page)
    return Dashboard(found, shown, with_last_weeks(shown, on=on), quiet_lines(user, on=on, programs=programs))
