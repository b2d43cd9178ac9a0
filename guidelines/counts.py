"""What the board's administration may know of findings: how many, never whose."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext as _

from guidelines.catalogue import CATALOGUE, ENTRIES, Guideline
from guidelines.models import Flag, Severity
from people.models import User
from people.suppression import masked_table

Cell = TypeVar("Cell", bound=Hashable)

IMPERSONAL = ("group", "program")


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
    rows = (
        Flag.objects.counted_for(user)
        .to_examine()
        .followed(user.local_date())
        .order_by()
        .values_list("guideline", "severity")
        .annotate(number=models.Count("pk"))
    )
    found = {(code, Severity(severity)): number for code, severity, number in rows}
    words = in_words(found, lambda cell: cell[0], lambda cell: cell[0], lambda cell: cell[1])
    return [
        CountedGuideline(guideline, tuple(Count(s, words.get((guideline.code, s), "0")) for s in Severity))
        for guideline in ENTRIES
    ]


def in_words(
    counts: Mapping[Cell, int], code_of: Callable[[Cell], str], *lines: Callable[[Cell], Hashable]
) -> dict[Cell, str]:
    """The numbers of a table of findings: groups and programmes are counted exactly, people may be masked.

    ``code_of`` tells the guideline of a cell, ``lines`` those whose total may be known (see ``masked_table``).
    """
    of_people = {cell: count for cell, count in counts.items() if CATALOGUE[code_of(cell)].subject not in IMPERSONAL}
    shown = {**counts, **masked_table(of_people, *lines)}
    return {cell: _("masqué") if count is None else str(count) for cell, count in shown.items()}
