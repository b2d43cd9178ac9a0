"""How many students a group may hold (§2 and §2.2), by the numbers in force in its programme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from django.db.models import Model, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from programs.models import SupportGroup
from programs.numbers import InForce, Number, column, in_force

FEWEST_USUAL = Number("the members under which a group is small")
MOST_COMFORTABLE = Number("the members past which a group is in the zone to watch")
MOST_USUAL = Number("the members past which a group is too large")
COLUMNS = {"fewest_usual": FEWEST_USUAL, "most_comfortable": MOST_COMFORTABLE, "most_usual": MOST_USUAL}
"""The names of the bounds in a query, in the order of ``SizeBounds``."""


class Band(StrEnum):
    """Where a size stands."""

    SMALL = "small"
    USUAL = "usual"
    ZONE = "zone"
    BEYOND = "beyond"


@dataclass(frozen=True)
class SizeBounds:
    """The sizes between which a group is usual, to watch, too large."""

    fewest: int
    comfortable: int
    most: int

    @classmethod
    def of(cls, numbers: InForce, program_id: int) -> Self:
        return cls(*(numbers.worth(number, program_id) for number in COLUMNS.values()))

    @classmethod
    def read(cls, row: Model) -> Self:
        """From a row annotated with ``size_columns``."""
        return cls(*(getattr(row, name) for name in COLUMNS))

    def band_of(self, size: int) -> Band:
        if size > self.most:
            return Band.BEYOND
        if size > self.comfortable:
            return Band.ZONE
        return Band.SMALL if size < self.fewest else Band.USUAL

    @property
    def usual(self) -> str:
        """« 5 à 12 »."""
        return _span(self.fewest, self.comfortable)

    @property
    def zone(self) -> str:
        """« 13 à 15 »; empty when nothing lies between comfortable and too large."""
        return _span(self.comfortable + 1, self.most)

    def in_words(self, size: int) -> str:
        """Where a size stands, without blame."""
        words = {
            Band.BEYOND: _("au-delà de %(most)s"),
            Band.ZONE: _("zone de %(zone)s"),
            Band.SMALL: _("moins de %(fewest)s"),
            Band.USUAL: _("de %(usual)s"),
        }[self.band_of(size)]
        return words % {"most": self.most, "zone": self.zone, "fewest": self.fewest, "usual": self.usual}


def size_columns(on: date, *, program: str) -> dict[str, Combinable]:
    """What a query annotates its rows with for ``SizeBounds.read``; ``program`` is their column of a programme."""
    return {name: column(number, on, board="board", program=program) for name, number in COLUMNS.items()}


def shared(bounds: Iterable[SizeBounds]) -> SizeBounds | None:
    """The bounds that all have in common; None when they differ, or there are none."""
    found = set(bounds)
    return found.pop() if len(found) == 1 else None


def bounds_of(group: SupportGroup, on: date) -> SizeBounds:
    """The bounds in force for one group. One query."""
    return SizeBounds.of(in_force(group.board_id, on), group.program_id)


def peak_size(group: SupportGroup, *, since: date) -> int:
    """The most members on any day from ``since`` on, as known now. One query."""
    ranges = list(
        group.members.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=since)).values_list(
            "student", "starts_on", "ends_on"
        )
    )
    days = {since} | {start for _student, start, _end in ranges if start > since}
    return max(
        len({student for student, start, end in ranges if start <= day and (end is None or end > day)}) for day in days
    )


def _span(first: int, last: int) -> str:
    if first >= last:
        return str(last) if first == last else ""
    return _("%(first)s à %(last)s") % {"first": first, "last": last}
