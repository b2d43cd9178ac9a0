"""The small ruler that shows where an observed value stands against the bounds of a guideline."""

from dataclasses import dataclass

from guidelines.catalogue import Breach, Guideline
from guidelines.models import Flag, Severity

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


def scale_of(flag: Flag, guideline: Guideline) -> Scale | None:
    """The ruler of a finding, or nothing where there is no number to place."""
    bounds = sorted({t.bound for t in guideline.thresholds if t.bound is not None})
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
            Zone(at(start), at(end), COLOURS[severity]) for start, end, severity in _stretches(guideline, bounds, top)
        ),
        observed=flag.value,
        observed_at=at(flag.value),
        anchor="start" if flag.value * 4 < top else "end" if flag.value * 4 > top * 3 else "middle",
        colour=COLOURS[Severity(flag.severity)],
        on_bound=flag.value in bounds,
    )


def _stretches(guideline: Guideline, bounds: list[int], top: int) -> list[tuple[int, int, Severity]]:
    """From where to where each severity holds: up to the next bound of its own direction."""
    found = []
    for threshold in guideline.thresholds:
        if threshold.bound is None:
            continue
        if threshold.breach in UPWARD:
            found.append((threshold.bound, min((b for b in bounds if b > threshold.bound), default=top)))
        else:
            found.append((max((b for b in bounds if b < threshold.bound), default=0), threshold.bound))
    severities = [threshold.severity for threshold in guideline.thresholds if threshold.bound is not None]
    return [(start, end, severity) for (start, end), severity in zip(found, severities, strict=True)]
