"""What those who answer for no relation may know of findings: how many and where, never whose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from guidelines.catalogue import CATALOGUE, ENTRIES, ESSENTIAL, Audience, Guideline
from guidelines.models import Flag, Severity
from guidelines.models.flags import FlagQuerySet
from people.models import User
from people.telling import EVERYWHERE, NOW, Path, Span, told_in_places, told_parts

IMPERSONAL = ("group", "program")
COUNTED = [
    *(entry for entry in ENTRIES if entry.code in ESSENTIAL),
    *(entry for entry in ENTRIES if entry.code not in ESSENTIAL and entry.audience != Audience.LEADS),
]
"""L’essentiel first; what tells of children one by one is in no count."""
Numbers = dict[Path, int | None]
"""By place; None is too small a number of people to be told."""


@dataclass(frozen=True)
class Count:
    severity: Severity
    words: str


@dataclass(frozen=True)
class CountedGuideline:
    guideline: Guideline
    cells: tuple[Count, ...]
    """One for each severity, the most severe first."""


def board_counts(user: User) -> list[CountedGuideline]:
    """What is to examine in the person's boards and is followed there, by guideline and severity. One query."""
    found = _examined(user, user.local_date())
    return [CountedGuideline(entry, tuple(_severities(entry.code, found.get(entry.code, {})))) for entry in COUNTED]


def examined_in_places(user: User, *, on: date) -> dict[str, Numbers]:
    """The same by guideline and place, whatever the severity. One query."""
    return {code: _now(code, _places(rows)) for code, rows in _examined(user, on).items()}


def with_school(flags: FlagQuerySet) -> FlagQuerySet:
    """Adds ``school_of``, beside ``program_of``: where a finding is counted. A person's is of their school alone."""
    return flags.annotate(
        school_of=Coalesce(
            "dyad__program__school",
            "group__program__school",
            "mentor__person__school",
            "teacher__school",
            "program__school",
        )
    )


def in_places(
    code: str, counts: Mapping[tuple[Path, int], int], rounds: Sequence[Sequence[Span]]
) -> dict[str, Numbers]:
    """By stretch of time, what may be told of a guideline: groups and programmes are counted exactly, people masked."""
    shown: dict[str, Numbers] = {}
    for (name, place), number in told_in_places(counts, rounds, exact=CATALOGUE[code].subject in IMPERSONAL).items():
        shown.setdefault(name, {})[place] = number
    return shown


def in_words(number: int | None) -> str:
    return _("masqué") if number is None else str(number)


Rows = dict[tuple[Path, Severity], int]


def _examined(user: User, on: date) -> dict[str, Rows]:
    columns = ("guideline", "school_of", "program_of", "severity")
    flags: models.QuerySet[Any] = with_school(Flag.objects.counted_for(user).to_examine().followed(on)).order_by()
    rows = flags.values(*columns).annotate(n=models.Count("pk")).values_list(*columns, "n")
    found: dict[str, Rows] = {}
    for code, school, program, severity, number in rows:
        found.setdefault(code, {})[(school, program), Severity(severity)] = number
    return found


def _places(rows: Rows) -> dict[tuple[Path, int], int]:
    counts: dict[tuple[Path, int], int] = {}
    for (place, _severity), number in rows.items():
        counts[place, 0] = counts.get((place, 0), 0) + number
    return counts


def _now(code: str, counts: Mapping[tuple[Path, int], int]) -> Numbers:
    return in_places(code, counts, NOW).get("now", {})


def _severities(code: str, rows: Rows) -> Iterable[Count]:
    """Masked along the guideline's own total, which the board's page tells; all of them when it doesn't."""
    by_severity = [sum(n for (_place, severity), n in rows.items() if severity == one) for one in Severity]
    shown: list[int | None] = list(by_severity)
    if CATALOGUE[code].subject not in IMPERSONAL:
        shown, total = told_parts(by_severity)
        if total is None or _now(code, _places(rows)).get(EVERYWHERE, 0) is None:
            shown = [0 if n == 0 else None for n in by_severity]
    yield from (Count(severity, in_words(number)) for severity, number in zip(Severity, shown, strict=True))
