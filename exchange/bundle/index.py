"""Which row a key names: those of the bundle first, then those of the database."""

from collections import defaultdict
from collections.abc import Iterable

from exchange.bundle.declaration import BundleFile
from exchange.bundle.types import Reference
from exchange.scratch import Scratch, Shelf, batches

#: Keys or rows of one query.
CHUNK = 500
#: With more wrong rows than that, a file is as good as unreadable: no reference to it is blamed any more.
MOST_FAULTY = 10_000
#: The part under which a shelf says that the database was asked for a key.
ASKED = 0

#: Board and primary key of a row that a key may name, and whether the bundle brings it.
Place = tuple[int, int, bool]


class Index:
    """Keys per file, kept on disk; those of the batch at hand in memory. ``boards`` narrows what the database may
    answer; empty means every board."""

    def __init__(self, files: Iterable[BundleFile], scratch: Scratch) -> None:
        files = list(files)
        self.files = {file.name: file for file in files if file.handle}
        self.boards: set[int] = set()
        named = {c.type.file for file in files for c in file.columns if isinstance(c.type, Reference)}
        self._shelves: dict[str, Shelf] = {name: scratch.shelf() for name in sorted(named | {"boards.csv"})}
        self._at_hand: dict[str, dict[str, list[Place]]] = {}
        self._faulty: dict[str, set[str]] = defaultdict(set)
        self._unreadable: set[str] = set()

    def add(self, file: str, named: Iterable[tuple[str, int, int]]) -> None:
        """Remember what rows of the bundle say that keys name, where another file may refer to them."""
        if file in self._shelves:
            self._shelves[file].put(((key, board, (pk, True)) for key, board, pk in named), replace=True)

    def add_faulty(self, file: str, key: str) -> None:
        """A row that has problems of its own: a reference to it is no further problem."""
        if len(self._faulty[file]) < MOST_FAULTY:
            self._faulty[file].add(key)
        else:
            self.add_unreadable(file)

    def add_unreadable(self, file: str) -> None:
        self._unreadable.add(file)

    def look_up(self, file: str, keys: Iterable[str]) -> None:
        """Have these keys at hand, and no others: those that the bundle does not bring are asked of the database, all
        of them where boards may share a key; each once."""
        keys = set(keys)
        shelf, declared = self._shelves[file], self.files[file]
        known = shelf.get(keys)
        missing = [k for k in keys if k not in known or (len(self.boards) != 1 and ASKED not in known[k])]
        rows = declared.model._base_manager.all()
        if self.boards:
            rows = rows.filter(**{f"{declared.board}__in": self.boards})
        for some in batches(missing, CHUNK):
            found = rows.filter(**{f"{declared.handle}__in": some})
            for key, board_id, pk in found.values_list(declared.handle, declared.board, "pk"):
                known.setdefault(key, {}).setdefault(board_id, (pk, False))
            shelf.put((key, board, place) for key in some for board, place in known.get(key, {}).items())
            shelf.put((key, ASKED, None) for key in some)
        self._at_hand[file] = {
            key: [(board, *place) for board, place in places.items() if board != ASKED] for key, places in known.items()
        }

    def places(self, file: str, key: str) -> list[Place]:
        """The rows of the file that the key names; ``look_up`` has been called."""
        return self._at_hand[file].get(key, [])

    def brings(self, file: str, key: str, board: int) -> bool:
        return any(place[0] == board and place[2] for place in self.places(file, key))

    def is_faulty(self, file: str, key: str) -> bool:
        return key in self._faulty[file] or file in self._unreadable

    def boards_of(self, keys: Iterable[str]) -> set[int]:
        """The boards of these keys, wherever they are known."""
        wanted = set(keys)
        self.look_up("boards.csv", wanted)
        return {place[0] for key in wanted for place in self.places("boards.csv", key)}
