"""What an import has found and done so far."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from exchange.reading import Problem, refuse

#: Far beyond what anyone reads: a small zip can hold millions of wrong rows.
MOST_PROBLEMS = 100_000


@dataclass
class Count:
    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class State:
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    boards: set[int] = field(default_factory=set)
    _stand_ins: int = 0

    def stand_in(self) -> int:
        """A primary key for a row that will not be written, so that rows that refer to it can still be checked."""
        self._stand_ins -= 1
        return self._stand_ins

    def stop_when_flooded(self, file: str) -> None:
        """Raise ``Refused`` for a file whose problems nobody would read to the end, so that memory stays bounded."""
        if len(self.problems) > MOST_PROBLEMS:
            sentence = _("plus de %(count)s problèmes en tout\u00a0: la lecture de ce fichier s’arrête.")
            raise refuse(file, sentence % {"count": MOST_PROBLEMS})
