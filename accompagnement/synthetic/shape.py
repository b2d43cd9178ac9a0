"""How much there is at each size, and how unevenly it is spread."""

import random
from dataclasses import dataclass
from itertools import pairwise

# Programmes grow: an earlier year had somewhat fewer dyads than the current one.
EARLIER_YEARS = 0.9


@dataclass(frozen=True)
class Size:
    """``dyads`` and ``groups`` are those open on the day; no school has fewer dyads than ``smallest``.

    ``attendance_weeks``: how far back the presences in group meetings go, None for the whole history. ``index_last``:
    whether there is so much that PostgreSQL had better index the largest tables once they are full.
    """

    boards: int
    schools: int
    dyads: int
    groups: int
    smallest: int
    largest: int
    attendance_weeks: int | None = None
    index_last: bool = False


SIZES = {
    "school": Size(1, 1, 110, 10, 110, 110),
    "board": Size(1, 11, 1_200, 110, 70, 320),
    # The presences of five years of 8,500 groups would outnumber everything else: only the last weeks are kept.
    "province": Size(72, 800, 85_000, 8_500, 70, 990, attendance_weeks=6, index_last=True),
}


@dataclass(frozen=True)
class SchoolShape:
    """One school to make: ``number`` counts the schools of the whole, ``board`` says to which one it goes."""

    number: int
    board: int
    dyads: int
    groups: int


def skewed(total: int, parts: int, smallest: int, largest: int) -> list[int]:
    """Split ``total`` so that few parts are near ``largest`` and most near ``smallest``, in descending order."""
    if parts == 1:
        return [total]
    low, high = 0.01, 20.0
    for _round in range(60):
        power = (low + high) / 2
        low, high = (power, high) if sum(curve(parts, power, smallest, largest)) > total else (low, power)
    sizes = [round(size) for size in curve(parts, high, smallest, largest)]
    # What rounding lost or won goes to the middle, away from both bounds.
    sizes[parts // 3] += total - sum(sizes)
    return sizes


def curve(parts: int, power: float, smallest: int, largest: int) -> list[float]:
    """From ``largest`` down to ``smallest``, the faster the higher the power (above 0)."""
    last = parts**-power
    return [smallest + (largest - smallest) * (rank**-power - last) / (1 - last) for rank in range(1, parts + 1)]


def shares(total: int, weights: list[int]) -> list[int]:
    """Split ``total`` in proportion, in whole numbers that add up exactly."""
    whole, cuts, seen = sum(weights), [0], 0
    for weight in weights:
        seen += weight
        cuts.append(round(total * seen / whole))
    return [after - before for before, after in pairwise(cuts)]


def school_shapes(size: Size, seed: int) -> list[SchoolShape]:
    """Every school, in the order of the boards; large and small ones fall anywhere."""
    dyads = skewed(size.dyads, size.schools, size.smallest, size.largest)
    random.Random(seed).shuffle(dyads)
    groups = shares(size.groups, dyads)
    placed = [number * size.boards // size.schools for number in range(size.schools)]
    return [SchoolShape(*school) for school in zip(range(size.schools), placed, dyads, groups, strict=True)]
