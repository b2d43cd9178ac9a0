"""Which row a key names: those of the bundle first, then those of the database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from exchange.bundle.declaration import BundleFile

T = TypeVar("T")
CHUNK = 500

#: Board and primary key of a row that a key may name.
Place = tuple[int, int]


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Lists short enough for one query."""
    listed = list(items)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


class Index:
    """Keys per file. ``boards`` narrows what the database may answer; empty means every board."""

    def __init__(self, files: Iterable[BundleFile]) -> None:
        self.files = {file.name: file for file in files if file.handle}
        self.boards: set[int] = set()
        self._places: dict[str, dict[str, list[Place]]] = defaultdict(dict)
        self._asked: dict[str, set[str]] = defaultdict(set)
        self._faulty: dict[str, set[str]] = defaultdict(set)
        self._unreadable: set[str] = set()
        self._brought: dict[str, set[tuple[str, int]]] = defaultdict(set)

    def add(self, file: str, key: str, place: Place, *, brought: bool = True) -> None:
        """Remember what a key names; ``brought`` when a row of the bundle says so."""
        places = self._places[file].setdefault(key, [])
        if place not in places:
            places.append(place)
        if brought:
            self._brought[file].add((key, place[0]))

    def add_faulty(self, file: str, key: str) -> None:
        """A row that has problems of its own: a reference to it is no further problem."""
        self._faulty[file].add(key)

    def add_unreadable(self, file: str) -> None:
        self._unreadable.add(file)

    def look_up(self, file: str, keys: Iterable[str]) -> None:
        """Ask the database for the keys that the bundle does not bring; all of them where boards may share a key."""
        known, asked = self._places[file], self._asked[file]
        missing = [key for key in keys if key not in asked and (len(self.boards) != 1 or key not in known)]
        asked.update(missing)
        declared = self.files[file]
        rows = declared.model._base_manager.all()
        if self.boards:
            rows = rows.filter(**{f"{declared.board}__in": self.boards})
        for some in chunks(missing):
            found = rows.filter(**{f"{declared.handle}__in": some})
            for key, board_id, pk in found.values_list(declared.handle, declared.board, "pk"):
                if key not in known or all(board_id != board for board, _pk in known[key]):
                    self.add(file, key, (board_id, pk), brought=False)

    def places(self, file: str, key: str) -> list[Place]:
        return self._places[file].get(key, [])

    def brings(self, file: str, key: str, board: int) -> bool:
        return (key, board) in self._brought[file]

    def is_faulty(self, file: str, key: str) -> bool:
        return key in self._faulty[file] or file in self._unreadable

    def boards_of(self, keys: Iterable[str]) -> set[int]:
        """The boards of these keys, wherever they are known."""
        wanted = set(keys)
        self.look_up("boards.csv", wanted)
        return {board for key in wanted for board, _pk in self.places("boards.csv", key)}
