"""What comes in, opened with care: bounded zips, strict text, tables whose rows all have the header's width."""

import codecs
import csv
import errno
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
CELL_LIMIT = 10 * MEGABYTE
IGNORED_FOLDERS = ("__MACOSX",)
IGNORED_FILES = (".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Limits:
    """Bounds of an archive, in bytes; ``ratio`` counts for members above a megabyte only."""

    archive: int = 200 * MEGABYTE
    unpacked: int = 512 * MEGABYTE
    members: int = 500
    ratio: int = 300


LIMITS = Limits()


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong and where. ``row`` is as a spreadsheet shows it (the header is 1); 0 means the whole file."""

    file: str
    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row:
            place.append(_("ligne %(row)s") % {"row": self.row})
        if self.column:
            place.append(_("colonne %(column)s") % {"column": self.column})
        return _("%(place)s\u00a0: %(sentence)s") % {"place": ", ".join(place), "sentence": self.sentence}


class Refused(Exception):
    """A file that can't be read at all; carries its problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def refuse(file: str, sentence: str, row: int = 0, column: str = "") -> Refused:
    return Refused(Problem(file, row, column, sentence))


def cause(error: OSError) -> str:
    """Why the system refused, in words."""
    known = {
        errno.ENOENT: _("le dossier n’existe pas"),
        errno.EACCES: _("l’accès est refusé"),
        errno.EPERM: _("l’accès est refusé"),
        errno.EROFS: _("le disque est en lecture seule"),
        errno.ENOSPC: _("le disque est plein"),
        errno.EISDIR: _("c’est un dossier"),
        errno.ENOTDIR: _("le dossier n’existe pas"),
    }
    return known.get(error.errno or 0) or error.strerror or _("cause inconnue")


def open_zip_members(path: str | Path, *, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The files of a zip by name, nothing written to disk; a folder that holds them all is left out of the names.

    Raises ``Refused`` with one sentence for a file that is missing, too large or no zip, for a name that leaves the
    archive, two members of one name, a password, damage, and contents beyond ``limits`` (a zip bomb).
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise refuse(path.name, _("c’est un dossier; un fichier zip est attendu."))
        if size > limits.archive:
            raise refuse(path.name, _("le fichier dépasse %(size)s Mo.") % {"size": limits.archive // MEGABYTE})
        with zipfile.ZipFile(path) as archive:
            members = list(_members(path.name, archive, limits))
            return _without_common_folder({info.filename: archive.read(info) for info in members})
    except FileNotFoundError:
        raise refuse(path.name, _("ce fichier n’existe pas.")) from None
    except OSError as error:
        raise refuse(
            path.name, _("ce fichier ne peut pas être lu\u00a0: %(cause)s.") % {"cause": cause(error)}
        ) from error
    except RuntimeError as error:  # zipfile's way to say that a password is asked, or a method unknown
        raise refuse(path.name, _("l’archive est protégée ou compressée d’une façon inconnue.")) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise refuse(path.name, _("ce n’est pas un fichier zip, ou il est endommagé.")) from error


def _members(name: str, archive: zipfile.ZipFile, limits: Limits) -> Iterator[zipfile.ZipInfo]:
    total, seen = 0, set[str]()
    if len(archive.infolist()) > limits.members:
        raise refuse(name, _("l’archive contient plus de %(count)s fichiers.") % {"count": limits.members})
    for info in archive.infolist():
        member = PurePosixPath(info.filename.replace("\\", "/"))
        if member.is_absolute() or ".." in member.parts or ":" in info.filename or "\0" in info.orig_filename:
            raise refuse(name, _("le nom «\u00a0%(name)s\u00a0» sort de l’archive.") % {"name": info.filename})
        if info.is_dir() or not member.parts or member.parts[0] in IGNORED_FOLDERS or member.name in IGNORED_FILES:
            continue
        if info.filename in seen:
            raise refuse(name, _("le fichier «\u00a0%(name)s\u00a0» y figure deux fois.") % {"name": info.filename})
        seen.add(info.filename)
        total += info.file_size
        swollen = info.file_size > MEGABYTE and info.file_size > limits.ratio * max(info.compress_size, 1)
        if swollen or total > limits.unpacked:
            raise refuse(name, _("le contenu décompressé est démesuré\u00a0: l’archive n’est pas ouverte."))
        yield info


def _without_common_folder(members: dict[str, bytes]) -> dict[str, bytes]:
    folders = {name.split("/", 1)[0] if "/" in name else "" for name in members}
    if len(folders) != 1 or "" in folders:
        return members
    return _without_common_folder({name.split("/", 1)[1]: data for name, data in members.items()})


def decode_utf8(name: str, data: bytes) -> str:
    """The text of a UTF-8 file, with or without its mark; raises ``Refused`` with how to save it as UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise refuse(name, _("le fichier est en UTF-16\u00a0: enregistrez-le au format «\u00a0CSV UTF-8\u00a0»."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        sentence = _(
            "le fichier n’est pas en UTF-8 (il semble en Windows-1252, l’encodage ordinaire d’Excel)\u00a0: "
            "enregistrez-le au format «\u00a0CSV UTF-8\u00a0»."
        )
        raise refuse(name, sentence, row) from None
    if "\0" in text:
        raise refuse(name, _("le fichier contient un caractère nul."), text.count("\n", 0, text.index("\0")) + 1)
    return text


def table_rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row of a comma-separated text with its number, blank ones left out; raises ``Refused`` where it breaks."""
    if csv.field_size_limit() < CELL_LIMIT:
        csv.field_size_limit(CELL_LIMIT)
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            if any(cells):
                yield number, cells
    except csv.Error:
        sentence = _("un guillemet est mal fermé, ou une cellule est démesurée, à partir de cette ligne.")
        raise refuse(name, sentence, number + 1) from None


def separator_problem(name: str, header: list[str]) -> Problem | None:
    """The problem of a header that another separator than the comma cuts."""
    for mark, word in ((";", _("le point-virgule")), ("\t", _("la tabulation"))):
        if len(header) == 1 and mark in header[0]:
            sentence = _("les colonnes sont séparées par %(separator)s\u00a0: enregistrez avec la virgule.")
            return Problem(name, 1, "", sentence % {"separator": word})
    return None


def ragged_problem(name: str, row: int, cells: list[str], header: list[str]) -> Problem | None:
    """The problem of a row that has more or fewer cells than the header."""
    if len(cells) == len(header):
        return None
    sentence = _("la ligne a %(cells)s cellules, l’en-tête en a %(columns)s.")
    return Problem(name, row, "", sentence % {"cells": len(cells), "columns": len(header)})
