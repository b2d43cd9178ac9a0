"""Two versions of one thing side by side: what someone is about to save, and what someone else saved meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

THEIRS = "theirs"
"""The value of the button by which one leaves the other version in place."""
KEPT_THEIRS = gettext_lazy("La version enregistrée est gardée; la vôtre n’est pas inscrite.")


@dataclass(frozen=True)
class Line:
    label: str
    yours: str
    theirs: str

    @property
    def differs(self) -> bool:
        return self.yours != self.theirs


@dataclass(frozen=True)
class Comparison:
    """``who`` saved the other version, and when, as far as it is known; a line per field, the differing ones first."""

    who: str
    at: datetime | None
    lines: list[Line]


class KeptTheirs(Exception):
    """The person saw both versions, and leaves the other's: they are led where it is read."""

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to
