"""The files of a roster, whatever wrote them: zip or folder, encoding, separator, header, ragged rows."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from exchange.lines import Bounds
from exchange.reading import LIMITS, Member, Problem, Refused, open_zip_members, refuse
from exchange.rosters.records import CHUNK, Notes, Place
from exchange.scratch import Scratch, Shelf, batches
from exchange.tables import Manner, manner_of, rows_of, trimmed_header

BOUNDS = Bounds(cell=16_384, row=65_536)
#: Organisations and sessions are held in memory; a province has a few thousand of each.
MOST_ROWS = {"orgs": 10_000, "academicsessions": 10_000, "manifest": 1_000}

# The columns that we read, as the specifications write them: any other spelling is reported.
SPELLINGS = """
    sourcedId status dateLastModified name type identifier parentSourcedId title startDate endDate schoolYear
    enabledUser orgSourcedIds role roleType username userIds givenName familyName middleName email sms phone
    agentSourcedIds grades grade primaryOrgSourcedId userSourcedId orgSourcedId sessionSourcedId isPrimary
    birthDate relationshipUserSourcedId relationshipRole propertyName value
"""
#: What names a row in each format.
IDENTIFIERS = ("sourcedid", "sis id")
#: Added to every file: it comes back as a row of its own, unless a quote is still open.
LAST_ROW = "\x1f"
CANONICAL = {name.lower(): name for name in SPELLINGS.split()}


@dataclass(frozen=True)
class Row:
    """``written`` gives the file's own name of a column that goes here by another."""

    place: Place
    cells: dict[str, str]
    written: Mapping[str, str] = field(default_factory=dict)

    def get(self, column: str) -> str:
        """The trimmed cell of a column (any case), empty when the file lacks it."""
        return self.cells.get(column.lower(), "")

    def at(self, column: str) -> Place:
        return self.place.at(self.written.get(column, column))


@dataclass(frozen=True)
class Table:
    """Its rows wait on disk, by sourcedId."""

    name: str
    columns: tuple[str, ...]
    shelf: Shelf
    header_row: int = 1
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> Iterator[Row]:
        """Every row in the order of the file, as often as one asks."""
        return (self._row(number, cells) for _key, number, cells in self.shelf)

    def cells(self, key: str, number: int) -> dict[str, str]:
        """What one row says."""
        return self._row(number, self.shelf.one(key, number)).cells

    def has(self, *columns: str) -> bool:
        return all(column.lower() in self.columns for column in columns)

    def at(self, column: str) -> Place:
        """The place of a column in the header."""
        return Place(self.name, self.header_row, self.written.get(column, column))

    def named(self, names: Mapping[str, str]) -> "Table":
        """The same table, whose columns (as the file writes them) go by these names where no column has one already."""
        given = {old.lower(): new for new, old in names.items() if not self.has(new)}
        columns = tuple(given[name].lower() if name in given else name for name in self.columns)
        return replace(self, columns=columns, written={**self.written, **{new: names[new] for new in given.values()}})

    def _row(self, number: int, cells: list[str]) -> Row:
        return Row(Place(self.name, number), dict(zip(self.columns, cells, strict=True)), self.written)


def weight_of(row: Row) -> int:
    return sum(map(len, row.cells.values()))


def chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    return batches(rows, CHUNK, weight_of)


def read_tables(source: Path, notes: Notes, scratch: Scratch) -> dict[str, Table]:
    """The CSV files of a zip or folder, by lower-cased name without its ending.

    What was tolerated goes to ``notes``; raises ``exchange.reading.Refused`` when the source as a whole can't be read.
    """
    tables: dict[str, Table] = {}
    broken: list[Problem] = []
    with _folder(source) if source.is_dir() else open_zip_members(source) as members:
        for name, member in members.items():
            key = PurePosixPath(name).stem.lower()
            if PurePosixPath(name).suffix.lower() != ".csv":
                continue
            if key in tables:
                notes.refuse(Place(name), _("un autre fichier porte déjà ce nom; gardez-en un seul."))
                continue
            try:
                table = _table(replace(member, name=PurePosixPath(name).name), notes, scratch)
            except Refused as refused:
                broken += refused.problems
            else:
                tables[key] = table
    if broken:
        raise Refused(*broken)
    if not tables:
        raise refuse(source.name, _("aucun fichier CSV n’y figure."))
    return tables


@contextmanager
def _folder(folder: Path) -> Iterator[Mapping[str, Member]]:
    paths = [path for path in sorted(folder.iterdir()) if path.suffix.lower() == ".csv" and path.is_file()]
    if sum(path.stat().st_size for path in paths) > LIMITS.unpacked:
        raise refuse(folder.name, _("le dossier est trop gros pour une liste de personnes."))
    yield {path.name: Member(path.name, partial(_open, path)) for path in paths}


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _table(member: Member, notes: Notes, scratch: Scratch) -> Table:
    bounds = replace(BOUNDS, rows=MOST_ROWS.get(PurePosixPath(member.name).stem.lower(), BOUNDS.rows))
    manner = manner_of(member, bounds)
    notes.tolerate_all(manner.tolerances)
    return _Reader(member, notes, scratch.shelf()).read(manner, bounds)


class _Reader:
    """Puts the rows of a file on a shelf."""

    def __init__(self, member: Member, notes: Notes, shelf: Shelf) -> None:
        self.member, self.name, self.notes, self.shelf = member, member.name, notes, shelf
        self.header: tuple[str, ...] | None = None
        self.header_row = 1
        self.kept: dict[str, int] = {}

    def read(self, manner: Manner, bounds: Bounds) -> Table:
        for batch in batches(self._rows(manner, bounds), CHUNK):
            key = next((at for at, name in enumerate(self.kept) if name in IDENTIFIERS), None)
            self.shelf.put(("" if key is None else cells[key], number, cells) for number, cells in batch)
        if self.header is None:
            self.notes.tolerate(Place(self.name), "empty_file", _("le fichier est vide."))
        return Table(self.name, tuple(self.kept), self.shelf, self.header_row)

    def _rows(self, manner: Manner, bounds: Bounds) -> Iterator[tuple[int, list[str]]]:
        for number, cells in rows_of(self.member, manner, bounds, last=LAST_ROW):
            if cells == [LAST_ROW] or not any(cell.strip() for cell in cells):
                continue
            place = Place(self.name, number)
            if _swallows(cells, self.header or (), manner.separator):
                self.notes.refuse(place, _("un guillemet n’est pas fermé à partir de cette ligne."))
            elif self.header is None:
                self.header, self.header_row = _header(place, cells, self.notes), number
                # A password is never kept, not even on the shelf.
                self.kept = {n: at for at, n in enumerate(self.header) if n not in ("", "password")}
            else:
                yield number, self._cells(place, self.header, cells)

    def _cells(self, place: Place, header: tuple[str, ...], cells: list[str]) -> list[str]:
        extra = [cell.strip() for cell in cells[len(header) :]]
        if any(extra):
            words = _("la ligne a %(count)d cellules pour %(columns)d colonnes; celles de trop sont ignorées.")
            self.notes.tolerate(place, "ragged_row", words % {"count": len(cells), "columns": len(header)})
        elif extra:
            self.notes.tolerate(place, "trailing_cells", _("cellules vides ignorées à la fin de la ligne."))
        elif len(cells) < len(header):
            words = _("la ligne n’a que %(count)d cellules sur %(columns)d; les autres sont lues comme vides.")
            self.notes.tolerate(place, "ragged_row", words % {"count": len(cells), "columns": len(header)})
        return [cells[at].strip() if at < len(cells) else "" for at in self.kept.values()]


def _swallows(cells: list[str], header: tuple[str, ...], separator: str) -> bool:
    """Whether a quote left open took the rows that follow, with all that they say, passwords included, for one cell."""
    if cells[-1].endswith(LAST_ROW):
        return True
    broken = [cell for cell in cells if "\n" in cell or "\r" in cell]
    as_wide = len(cells) == len(header)
    return any(header) and any(not as_wide or cell.count(separator) >= len(header) - 1 > 0 for cell in broken)


def _header(place: Place, cells: list[str], notes: Notes) -> tuple[str, ...]:
    """Lower-cased column names; a repeated one is an error."""
    trimmed, tolerances = trimmed_header(place.file, place.row or 1, cells)
    notes.tolerate_all(tolerances)
    names: list[str] = []
    for cell in trimmed:
        if cell and cell.lower() in names:
            notes.refuse(place.at(cell), _("la colonne est répétée; gardez-en une seule."))
        if CANONICAL.get(cell.lower(), cell) != cell:
            words = _("en-tête «\u00a0%(cell)s\u00a0» lu sans tenir compte des majuscules.")
            notes.tolerate(place.at(cell), "header_case", words % {"cell": cell})
        names.append(" ".join(cell.lower().split()))
    return tuple(names)
