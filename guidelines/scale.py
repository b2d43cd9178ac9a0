"""The small ruler that shows where an observed value stands against the bounds of a guideline."""

from dataclasses import dataclass

from guidelines.catalogue import Breach, Guideline, Threshold
from guidelines.models import Flag, Severity
from guidelines.numbers import Numbers

LEFT, WIDTH = 3.0, 92.0
"""The ruler's part of its drawing, in per cent: the rest leaves room for the end labels."""
FEW = 6
"""Up to this many units, every one of them has its tick."""
UPWARD = (Breach.ABOVE, Breach.AT_LEAST, Breach.HOLDS)
COLOURS = {Severity.CRITICAL: "var(--pri)", Severity.WARNING: "var(--wat)", Severity.INFO: "var(--inf)"}


@dataclass(frozen=True)
class Tick:
    value: int
    at: str
    is_bound: bool


@dataclass(frozen=True)
class Zone:
    """The stretch where a severity holds."""

    start: str
    end: str
    colour: str


@dataclass(frozen=True)
class Scale:
    ticks: tuple[Tick, ...]
    zones: tuple[Zone, ...]
    observed: int
    observed_at: str
    anchor: str
    colour: str
    on_bound: bool


def scale_of(flag: Flag, guideline: Guideline, numbers: Numbers) -> Scale | None:
    """The ruler of a finding with the bounds in force where it stands; nothing where there is no number to place."""
    program = flag.dyad.program_id if flag.dyad else flag.group.program_id if flag.group else flag.program_id
    in_force = {t: numbers.value(guideline.code, t.key, program) for t in guideline.thresholds if t.bound is not None}
    bounds = sorted(set(in_force.values()))
    if flag.value is None or not bounds:
        return None
    top = max(*bounds, flag.value)
    top = top + 1 if top < FEW else -(-top * 5 // 4)

    def at(value: int) -> str:
        return f"{LEFT + WIDTH * value / top:.1f}%"

    values = range(top + 1) if top <= FEW else sorted({0, *bounds, top})
    return Scale(
        ticks=tuple(Tick(value, at(value), value in bounds) for value in values),
        zones=tuple(
            Zone(at(start), at(end), COLOURS[severity]) for start, end, severity in _stretches(in_force, bounds, top)
        ),
        observed=flag.value,
        observed_at=at(flag.value),
        anchor="start" if flag.value * 4 < top else "end" if flag.value * 4 > top * 3 else "middle",
        colour=COLOURS[Severity(flag.severity)],
        on_bound=flag.value in bounds,
    )


def _stretches(in_force: dict[Threshold, int], bounds: list[int], top: int) -> list[tuple[int, int, Severity]]:
    """From where to where each severity holds: up to the next bound of its own direction."""
    found = []
    for threshold, bound in in_force.items():
        if threshold.breach in UPWARD:
            stretch = bound, min((b for b in bounds if b > bound), default=top)
        else:
            stretch = max((b for b in bounds if b < bound), default=0), bound
        found.append((*stretch, threshold.severity))
    return found
