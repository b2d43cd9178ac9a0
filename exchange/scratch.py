"""What an import remembers of the rows gone by, on disk: a million of them take no more memory than a thousand."""

import json
import marshal
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Self, TypeVar

from django.utils.translation import gettext as _

from exchange.reading import refuse

T = TypeVar("T")
PAGES = ("cache_size = -8000", "journal_mode = OFF", "synchronous = OFF", "temp_store = FILE")
#: Characters at hand at one time.
MOST_WEIGHT = 4_000_000

#: Key, part (several values of one key differ by it) and value: texts, numbers and what holds them.
Entry = tuple[str, Any, Any]


class Scratch:
    """Shelves in a file of SQLite without a name, which only this process reads and which vanishes with the import."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        for page in PAGES:
            self._file.execute(f"PRAGMA {page}")
        self._file.execute("BEGIN")
        self._shelves = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._file.close()
        if isinstance(error, sqlite3.Error):  # Django's have other names: this one is of the file
            raise refuse(_("fichier temporaire"), _("le disque est plein, ou il ne peut pas être écrit.")) from error

    def shelf(self) -> "Shelf":
        self._shelves += 1
        return Shelf(self._file, f"shelf_{self._shelves}")


#: The keys that a query is about: a list of any length, as one parameter.
AMONG = "WHERE key IN (SELECT value FROM json_each(?))"


class Shelf:
    """Values by key and part, in the order in which they came; it is not written while one goes through it."""

    def __init__(self, file: sqlite3.Connection, name: str) -> None:
        self._file, self._name = file, name
        file.execute(f"CREATE TABLE {name} (place INTEGER PRIMARY KEY, key TEXT, part, value BLOB, UNIQUE (key, part))")

    def put(self, entries: Iterable[Entry], *, replace: bool = False) -> None:
        """Keep the entries; of two with one key and part the first stays, or the last with ``replace``."""
        verb = "REPLACE" if replace else "IGNORE"
        statement = f"INSERT OR {verb} INTO {self._name} (key, part, value) VALUES (?, ?, ?)"
        self._file.executemany(statement, ((key, part, marshal.dumps(value)) for key, part, value in entries))

    def get(self, keys: Iterable[str]) -> dict[str, dict[Any, Any]]:
        """What is kept under these keys, by key and part."""
        found: dict[str, dict[Any, Any]] = {}
        wanted = f"SELECT key, part, value FROM {self._name} {AMONG} ORDER BY key, part"
        for key, part, value in self._file.execute(wanted, _listed(keys)):
            found.setdefault(key, {})[part] = marshal.loads(value)
        return found

    def first_parts(self, keys: Iterable[str]) -> dict[str, Any]:
        """The smallest part of each key."""
        first = f"SELECT key, MIN(part) FROM {self._name} {AMONG} GROUP BY key"
        return dict(self._file.execute(first, _listed(keys)))

    def one(self, key: str, part: object) -> Any:
        """The value that is kept under this key and part."""
        one = f"SELECT value FROM {self._name} WHERE key = ? AND part = ?"
        return marshal.loads(self._file.execute(one, [key, part]).fetchone()[0])

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that hold something."""
        wanted = f"SELECT DISTINCT key FROM {self._name} {AMONG}"
        return {key for (key,) in self._file.execute(wanted, _listed(keys))}

    def most_of_one(self) -> tuple[str, int]:
        """The key that holds most parts, and how many."""
        counts = f"SELECT key, COUNT(*) AS parts FROM {self._name} GROUP BY key ORDER BY parts DESC LIMIT 1"
        return self._file.execute(counts).fetchone() or ("", 0)

    def drop(self, keys: Iterable[str]) -> None:
        gone = f"DELETE FROM {self._name} {AMONG}"
        self._file.execute(gone, _listed(keys))

    def __iter__(self) -> Iterator[Entry]:
        return self._read("place")

    def by_key(self) -> Iterator[Entry]:
        """All of it, the parts of one key side by side and in order."""
        return self._read("key, part")

    def _read(self, order: str) -> Iterator[Entry]:
        for key, part, value in self._file.execute(f"SELECT key, part, value FROM {self._name} ORDER BY {order}"):
            yield key, part, marshal.loads(value)

    def __len__(self) -> int:
        count: int = self._file.execute(f"SELECT COUNT(*) FROM {self._name}").fetchone()[0]
        return count


def _listed(keys: Iterable[str]) -> list[str]:
    return [json.dumps(list(set(keys)))]


def batches(items: Iterable[T], size: int, weight: Callable[[T], int] | None = None) -> Iterator[list[T]]:
    """Lists of at most ``size``, shorter where the items weigh much."""
    rest = iter(items)
    while batch := list(islice(rest, size) if weight is None else _light(rest, size, weight)):
        yield batch


def _light(items: Iterator[T], size: int, weight: Callable[[T], int]) -> Iterator[T]:
    heavy = 0
    for item in islice(items, size):
        yield item
        heavy += weight(item)
        if heavy > MOST_WEIGHT:
            return
