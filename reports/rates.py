"""Shares of a board, said both ways: of all that is counted together, and as the mean of its programmes."""

from dataclasses import dataclass

from guidelines.counts import Numbers
from people.telling import Path

UNIT = 2
"""How many names lead to a programme: its school's and its own."""


@dataclass(frozen=True)
class Rate:
    """``of`` is how many are counted together, ``programs`` how many programmes have any."""

    pooled: float
    mean: float
    of: int
    programs: int

    def __bool__(self) -> bool:
        return self.of > 0


NOTHING = Rate(0, 0, 0, 0)


def rate(parts: Numbers, wholes: Numbers, place: Path) -> Rate | None:
    """The shares of a place, made of what is told alone, so that they give no masked number back.

    None when they are masked; false when nothing is counted. Programmes whose own share is masked stand in the mean for
    the share that they have together.
    """
    part, whole = parts.get(place, 0), wholes.get(place, 0)
    if part is None or whole is None:
        return None
    if not whole:
        return NOTHING
    units = [unit for unit, of in wholes.items() if len(unit) == UNIT and unit[: len(place)] == place and of != 0]
    told = _told(parts, wholes, units)
    left = len(units) - len(told)
    left_part, left_whole = part - sum(n for n, _of in told), whole - sum(of for _n, of in told)
    shares = sum(n / of for n, of in told) + (left * left_part / left_whole if left and left_whole else 0)
    return Rate(part / whole, shares / len(units), whole, len(units))


def _told(parts: Numbers, wholes: Numbers, units: list[Path]) -> list[tuple[int, int]]:
    pairs = [(parts.get(unit, 0), wholes[unit]) for unit in units]
    return [(part, whole) for part, whole in pairs if part is not None and whole]
