"""What a step found: faults, what is explained, and what could not be looked at here."""

from dataclasses import dataclass, field
from fnmatch import fnmatch


@dataclass
class Outcome:
    """``said`` is one line; ``unknown`` says what this machine can't tell, which is neither a pass nor a fault."""

    said: str = ""
    faults: list[str] = field(default_factory=list)
    unknown: str = ""


Explained = dict[tuple[str, str], str]
"""By the name of a finding and where it is (``*`` matches): why it is none."""


class Excuses:
    """Holds findings against what is explained; what explains nothing any more is a fault too."""

    def __init__(self, explained: Explained) -> None:
        self.explained, self.used = explained, set[tuple[str, str]]()

    def cover(self, name: str, place: str) -> bool:
        found = {key for key in self.explained if key[0] == name and fnmatch(place, key[1])}
        self.used |= found
        return bool(found)

    def idle(self) -> list[str]:
        return [f"explains nothing any more: {name} in {place}" for name, place in set(self.explained) - self.used]
