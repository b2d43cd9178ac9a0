"""The files of a roster, whatever wrote them: zip or folder, encoding, separator, header, ragged rows."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from exchange.reading import LIMITS, open_zip_members, refuse
from exchange.rosters.records import Notes, Place

csv.field_size_limit(1024 * 1024)

# The columns that we read, as the specifications write them: any other spelling is reported.
SPELLINGS = """
    sourcedId status dateLastModified name type identifier parentSourcedId title startDate endDate schoolYear
    enabledUser orgSourcedIds role roleType username userIds givenName familyName middleName email sms phone
    agentSourcedIds grades grade primaryOrgSourcedId userSourcedId orgSourcedId sessionSourcedId isPrimary
    birthDate relationshipUserSourcedId relationshipRole propertyName value
"""
#: Added to every file: it comes back as a row of its own, unless a quote is still open.
LAST_ROW = "\x1f"
CANONICAL = {name.lower(): name for name in SPELLINGS.split()}


@dataclass(frozen=True)
class Row:
    place: Place
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The trimmed cell of a column (any case), empty when the file lacks it."""
        return self.cells.get(column.lower(), "")


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def has(self, *columns: str) -> bool:
        return all(column.lower() in self.columns for column in columns)


def read_tables(source: Path, notes: Notes) -> dict[str, Table]:
    """The CSV files of a zip or folder, by lower-cased name without its ending.

    What was tolerated goes to ``notes``; raises ``exchange.reading.Refused`` when the source as a whole can't be read.
    """
    tables: dict[str, Table] = {}
    for name, data in (_folder(source) if source.is_dir() else open_zip_members(source)).items():
        key = PurePosixPath(name).stem.lower()
        if PurePosixPath(name).suffix.lower() != ".csv":
            continue
        if key in tables:
            notes.refuse(Place(name), _("un autre fichier porte déjà ce nom; gardez-en un seul."))
        elif (table := _table(PurePosixPath(name).name, data, notes)) is not None:
            tables[key] = table
    if not tables:
        raise refuse(source.name, _("aucun fichier CSV n’y figure."))
    return tables


def _folder(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.iterdir()) if path.suffix.lower() == ".csv" and path.is_file()]
    if sum(path.stat().st_size for path in paths) > LIMITS.unpacked:
        raise refuse(folder.name, _("le dossier est trop gros pour une liste de personnes."))
    return {path.name: path.read_bytes() for path in paths}


def _table(name: str, data: bytes, notes: Notes) -> Table | None:
    text = _text(Place(name), data, notes)
    if text is None:
        return None
    separator = _separator(Place(name, 1), text, notes)
    reader = csv.reader(io.StringIO(f"{text}\n{LAST_ROW}", newline=""), delimiter=separator)
    header: tuple[str, ...] | None = None
    rows: list[Row] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells) or cells == [LAST_ROW]:
                continue
            if _swallows(cells, header or (), separator):
                notes.refuse(Place(name, number), _("un guillemet n’est pas fermé à partir de cette ligne."))
            elif header is None:
                header = _header(Place(name, number), cells, notes)
            else:
                rows.append(_row(Place(name, number), header, cells, notes))
    except csv.Error:
        notes.refuse(
            Place(name, len(rows) + 2), _("la ligne n’est pas du CSV lisible (guillemet ou cellule trop longue).")
        )
    if header is None:
        notes.tolerate(Place(name), "empty_file", _("le fichier est vide."))
        header = ()
    return Table(name, header, tuple(rows))


def _swallows(cells: list[str], header: tuple[str, ...], separator: str) -> bool:
    """Whether a quote left open took the rows that follow, with all that they say, passwords included, for one cell."""
    if cells[-1].endswith(LAST_ROW):
        return True
    broken = [cell for cell in cells if "\n" in cell or "\r" in cell]
    as_wide = len(cells) == len(header)
    return any(header) and any(not as_wide or cell.count(separator) >= len(header) - 1 > 0 for cell in broken)


def _text(place: Place, data: bytes, notes: Notes) -> str | None:
    """Strict UTF-8, then UTF-16, then the likeliest of the French encodings; never a NUL."""
    text, encoding = "", "utf-8"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text, encoding = _other_encoding(data)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]:
        text, encoding = _utf16(data)
    if not encoding or "\x00" in text:
        notes.refuse(place, _("l’encodage est inconnu; enregistrez le fichier en UTF-8."))
        return None
    if encoding != "utf-8":
        notes.tolerate(place, "encoding", _("lu en %(encoding)s plutôt qu’en UTF-8.") % {"encoding": encoding})
    if text.startswith("\ufeff"):
        notes.tolerate(Place(place.file, 1), "bom", _("marque d’ordre des octets ignorée."))
        text = text[1:]
    return text


def _other_encoding(data: bytes) -> tuple[str, str]:
    best = from_bytes(data, cp_isolation=["utf_8", "cp1252", "mac_roman"]).best()
    return (str(best), best.encoding) if best is not None else ("", "")


def _utf16(data: bytes) -> tuple[str, str]:
    guess = "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        guess = "utf-16"
    try:
        return data.decode(guess), guess
    except UnicodeDecodeError:
        return "", ""


def _separator(place: Place, text: str, notes: Notes) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    best = max((",", ";", "\t"), key=first.count)
    if first.count(best) == 0 or best == ",":
        return ","
    words = _("les colonnes sont séparées par «\u00a0%(separator)s\u00a0» plutôt que par une virgule.")
    notes.tolerate(place, "separator", words % {"separator": ";" if best == ";" else "TAB"})
    return best


def _header(place: Place, cells: list[str], notes: Notes) -> tuple[str, ...]:
    """Lower-cased column names; a repeated one is emptied, so that its cells are not read."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
        notes.tolerate(place, "trailing_cells", _("cellule vide ignorée à la fin de l’en-tête."))
    names: list[str] = []
    for cell in (cell.strip() for cell in cells):
        if cell and cell.lower() in names:
            notes.refuse(place.at(cell), _("la colonne est répétée; gardez-en une seule."))
        if CANONICAL.get(cell.lower(), cell) != cell:
            words = _("en-tête «\u00a0%(cell)s\u00a0» lu sans tenir compte des majuscules.")
            notes.tolerate(place.at(cell), "header_case", words % {"cell": cell})
        names.append(cell.lower())
    return tuple(names)


def _row(place: Place, header: tuple[str, ...], cells: list[str], notes: Notes) -> Row:
    extra = [cell.strip() for cell in cells[len(header) :]]
    if any(extra):
        words = _("la ligne a %(count)d cellules pour %(columns)d colonnes; celles de trop sont ignorées.")
        notes.tolerate(place, "ragged_row", words % {"count": len(cells), "columns": len(header)})
    elif extra:
        notes.tolerate(place, "trailing_cells", _("cellules vides ignorées à la fin de la ligne."))
    elif len(cells) < len(header):
        words = _("la ligne n’a que %(count)d cellules sur %(columns)d; les autres sont lues comme vides.")
        notes.tolerate(place, "ragged_row", words % {"count": len(cells), "columns": len(header)})
    values = dict.fromkeys(header, "") | {n: c.strip() for n, c in zip(header, cells, strict=False)}
    values.pop("", None)
    values.pop("password", None)  # never kept, not even in memory
    return Row(place, values)
