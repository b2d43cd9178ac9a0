"""The lead's page as facts: what is to examine. Its figures have their own addresses: it is there at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Subquery

from guidelines.models import Evaluation
from people.models import User
from programs.models import Program, SchoolYear
from programs.sizes import size_columns
from reports.relations import GroupRow, Relation, group_rows, relations, with_last_weeks
from reports.scope import Scope
from reports.urgency import WEEK, Urgency, UrgentRow, urgency

LISTED = 12


@dataclass(frozen=True)
class Dashboard:
    on: date
    urgency: Urgency
    rows: "Page[UrgentRow]"
    """Those of the list that are shown, each with its last weeks."""
    open_dyads: list[Relation]
    groups: list[GroupRow]
    is_compared: bool
    """Whether the board was already evaluated a week before."""


def led_programs(user: User, *, on: date) -> list[Program]:
    """The programmes that the person answers for, with their school, school year and sizes in force. One query."""
    year = SchoolYear.objects.filter(board=OuterRef("board"), starts_on__lte=on).order_by("-starts_on")
    led = Program.objects.led_by(user).select_related("school")
    first = Evaluation.objects.filter(board=OuterRef("board")).order_by("on")
    return list(
        led.annotate(
            year_starts_on=Subquery(year.values("starts_on")[:1]),
            evaluated_since=Subquery(first.values("on")[:1]),
            **size_columns(on, program="pk"),
        )
    )


def dashboard(
    user: User, programs: Sequence[Program], *, on: date, page: str | int | None = 1, by_page: int = LISTED
) -> Dashboard:
    """What the page tells of these programmes on a day, and one page of its list. Four queries, whatever the data."""
    evaluated: list[date | None] = [program.evaluated_since for program in programs]  # type: ignore[attr-defined]
    scope = Scope(programs, on)
    dyads = relations(user, scope.of_dyads, on=on, since=on - WEEK)
    groups = group_rows(user, scope)
    found = urgency(user, dyads, groups, on=on)
    rows: Page[UrgentRow] = Paginator(found.rows, by_page).get_page(page)
    with_last_weeks([row.subject for row in rows if isinstance(row.subject, Relation)], on=on)
    return Dashboard(
        on=on,
        urgency=found,
        rows=rows,
        open_dyads=[row for row in dyads if row.is_open_on(on)],
        groups=groups,
        is_compared=any(day and day <= on - WEEK for day in evaluated),
    )
