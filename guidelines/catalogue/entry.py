"""What a guideline is: data, without branches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise

from guidelines.models import Severity

Text = str | Promise


class Breach(StrEnum):
    """How an observed value meets its bound."""

    BELOW = "below"
    AT_MOST = "at_most"
    ABOVE = "above"
    AT_LEAST = "at_least"
    HOLDS = "holds"

    def by(self, value: int | None, bound: int | None) -> bool:
        """Whether a value breaches; an unknown one is below every floor, and breaches nothing else."""
        if value is None or bound is None:
            return bool(value) if self is Breach.HOLDS else self is Breach.BELOW
        return {
            Breach.BELOW: value < bound,
            Breach.AT_MOST: value <= bound,
            Breach.ABOVE: value > bound,
            Breach.AT_LEAST: value >= bound,
            Breach.HOLDS: bool(value),
        }[self]


@dataclass(frozen=True)
class Threshold:
    """One bound: ``column`` of the measure's row breaches it, with this severity; ``words`` say so to a reader."""

    severity: Severity
    breach: Breach
    bound: int | None
    words: Text
    column: str = "value"


@dataclass(frozen=True)
class Citation:
    """Where the review says so: the section's number and heading."""

    section: str
    heading: str

    def __str__(self) -> str:
        heading = f", «\u00a0{self.heading}\u00a0»" if self.heading else ""
        return f"§\u00a0{self.section}{heading}"


@dataclass(frozen=True)
class NextStep:
    """What a reader can do about a finding: a verb, a line of help, an icon, and the page where it is done."""

    verb: Text
    help: Text
    icon: str
    url_name: str = ""


@dataclass(frozen=True)
class Guideline:
    """One checkable statement of the review.

    ``measure`` names a function of ``guidelines.measures``; ``column`` is the one of its row that is shown as the
    observed value; ``unlogged`` the one that counts planned meetings nobody logged, on which the finding rests.
    ``thresholds`` go from the most to the least severe: the first breached gives the finding. ``parameters`` reach the
    measure's statement by name.
    """

    code: str
    subject: str
    title: Text
    checks: Text
    measure: str
    thresholds: tuple[Threshold, ...]
    unit: Text
    citation: Citation
    explanation: Text
    next_steps: tuple[NextStep, ...]
    clears: Text
    column: str | None = "value"
    unlogged: str | None = None
    parameters: Mapping[str, int] = field(default_factory=dict)
