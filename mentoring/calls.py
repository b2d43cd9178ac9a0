"""« À appeler cette semaine »: whom, by the pace of each programme, worked out for all dyads at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, Max, OuterRef, Q

from mentoring.models import Dyad, Pause, SupportCall
from people.apart import tell_apart
from people.models import User
from people.models.base import active_on
from programs.models import Program

PAGE = 20
FIRST_QUARTER = timedelta(weeks=13)
SUNDAY = 6
PACE = tuple(f"program__support_call{name}" for name in ("s_from", "_weeks", "_later_weeks", "_parties"))
LAST = {party: f"last_{party}" for party in Program.Party.values}


@dataclass(frozen=True)
class Due:
    """One party to call: ``last`` is the day when they were last reached, ``due_on`` when the next call is due."""

    party: str
    last: date | None
    due_on: date
    is_late: bool

    @property
    def words(self) -> str:
        return str(Program.Party(self.party).label)


@dataclass(frozen=True)
class ToCall:
    dyad: Dyad
    parties: list[Due]


def to_call(user: User, *, on: date, number: str | None = None) -> "Page[ToCall]":
    """A page of the dyads with someone to call by Sunday, the longest awaited first. Two queries, whatever there is.

    Open dyads, not on pause, of the programmes that one answers for and that follow support calls. Days are those of
    the calendar: a family and a mentor are called in a week without class too.
    """
    monday = on - timedelta(days=on.weekday())
    due: dict[int, list[Due]] = {}
    for row in _followed(user, on):
        if parties := sorted(_due(row, monday), key=lambda one: one.due_on):
            due[row["pk"]] = parties
    listed: Page[Any] = Paginator(sorted(due, key=lambda pk: (due[pk][0].due_on, pk)), PAGE).get_page(number)
    dyads = Dyad.objects.run_by(user).with_people().in_bulk(list(listed.object_list))
    tell_apart(dyads.values())
    listed.object_list = [ToCall(dyads[pk], due[pk]) for pk in listed.object_list if pk in dyads]
    return listed


def _followed(user: User, on: date) -> "Iterator[Mapping[str, Any]]":
    """For each dyad that is followed: since when, at which pace, and when each party was last reached."""
    reached = {"deleted_at": None, "outcome": SupportCall.Outcome.REACHED, "on__lte": on}
    reached = {f"support_calls__{name}": value for name, value in reached.items()}
    paused = Pause.objects.filter(active_on(on), dyad=OuterRef("pk"))
    rows = Dyad.objects.run_by(user).open_on(on).filter(~Exists(paused), program__support_calls_from__lte=on)
    last = {
        name: Max("support_calls__on", filter=Q(support_calls__party=party, **reached)) for party, name in LAST.items()
    }
    found: Iterator[Mapping[str, Any]] = rows.order_by().values("pk", "starts_on", *PACE).annotate(**last).iterator()
    return found


def _due(row: Mapping[str, Any], monday: date) -> Iterator[Due]:
    """Whom to call by Sunday. Whom nobody has reached yet counts from when the dyad began to be followed.

    The pace is that of the day from which one counts: a call awaited since the third month stays awaited in the fourth.
    """
    since, weeks, later_weeks, parties = (row[name] for name in PACE)
    for party in parties:
        last = row[LAST[party]]
        counted_from = last or max(row["starts_on"], since)
        young = counted_from < row["starts_on"] + FIRST_QUARTER
        due_on = counted_from + timedelta(weeks=weeks if young else later_weeks)
        if due_on <= monday + timedelta(days=SUNDAY):
            yield Due(party, last, due_on, is_late=due_on < monday)
