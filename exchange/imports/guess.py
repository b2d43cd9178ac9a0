"""Which kind a table is, and which column is which: by its header, as people write headers."""

import hashlib
import re
from collections.abc import Iterable, Sequence

from exchange.imports.declaration import ImportKind
from exchange.imports.registry import KINDS
from exchange.tables import TITLES
from people.text import plain

Mapping = dict[str, int]
FIRST_ROWS = TITLES


def spelled(header: str) -> str:
    """A header without case, accents, spaces or marks: « Groupe-repère », « groupe repere » and « GROUPE REPÈRE » are
    one."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain(header)).split())


def signature(header: Sequence[str]) -> str:
    """What makes a header known again, whatever the case and the spaces."""
    return hashlib.sha256("\x1f".join(map(spelled, header)).encode()).hexdigest()


def columns(header: Sequence[str], kind: ImportKind) -> Mapping:
    """The place of each field that a column names; the first column of two, the field that names it best."""
    found: Mapping = {}
    names = [spelled(cell) for cell in header]
    for field in kind.fields:
        for word in field.spellings:
            place = next((at for at, name in enumerate(names) if name == word and at not in found.values()), None)
            if place is not None:
                found[field.name] = place
                break
    return found


def kind_of(header: Sequence[str], kinds: Iterable[ImportKind] | None = None) -> tuple[ImportKind, Mapping] | None:
    """The kind that reads most of the columns and lacks none that it needs, else the one that reads most of them."""
    chosen: tuple[tuple[bool, int], ImportKind, Mapping] | None = None
    for kind in KINDS.values() if kinds is None else kinds:
        found = columns(header, kind) if kind.columns_file else {}
        rank = (not kind.missing(found), len(found))
        if found and (chosen is None or rank > chosen[0]):
            chosen = rank, kind, found
    return (chosen[1], chosen[2]) if chosen else None


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """The place of the header among the first rows: where most columns are recognised, else the first row that is
    nearly as full as the fullest."""
    scores = []
    for cells in rows[:FIRST_ROWS]:
        found = kind_of(cells)
        scores.append(len(found[1]) if found else 0)
    best = max(scores, default=0)
    if best >= 2:
        return scores.index(best)
    filled = [sum(map(bool, cells)) for cells in rows[:FIRST_ROWS]]
    return next((place for place, count in enumerate(filled) if count >= 0.8 * max(filled)), 0)
