"""What comes in, opened with care: bounded zips, members read as streams, and what is wrong with them in words."""

import errno
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024
LIST_OF_MEMBERS = 4 * MEGABYTE
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


@dataclass(frozen=True, order=True)
class Tolerance(Problem):
    """What was read although it is not as it should be; ``kind`` is its name for programs."""

    kind: str


class Refused(Exception):
    """A file that can't be read at all; carries its first problems, and how many more there are."""

    def __init__(self, *problems: Problem, more: int = 0) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems, self.more = problems, more


def left_out(count: int) -> list[str]:
    """The line that says how many problems are not shown, when there are some."""
    words = ngettext("… et %(count)s autre problème.", "… et %(count)s autres problèmes.", count)
    return [words % {"count": count}] if count else []


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


@dataclass(frozen=True)
class Member:
    """A file that came in, read as a stream, as often as needed."""

    name: str
    open: Callable[[], IO[bytes]]


@contextmanager
def open_zip_members(path: str | Path, *, limits: Limits = LIMITS) -> Iterator[dict[str, Member]]:
    """The files of a zip by name, nothing written to disk; a folder that holds them all is left out of the names.

    Raises ``Refused`` with one sentence for a file that is missing, too large or no zip, for a name that leaves the
    archive, two members of one name, a password, damage, and contents beyond ``limits`` (a zip bomb). All of it has
    been unpacked once, a little at a time, so that what is read afterwards is whole.
    """
    path = Path(path)
    with ExitStack() as stack:
        with _in_words(path):
            _refuse_at_the_door(path, limits)
            file = stack.enter_context(_Archive(path, limits))
            archive = stack.enter_context(zipfile.ZipFile(file))
            members = list(_members(path.name, archive, limits))
            for info in members:
                _unpack(archive, info)
        named = _without_common_folder({info.filename: info for info in members})
        yield {name: Member(name, partial(archive.open, info)) for name, info in named.items()}


class _Archive(io.BufferedReader):
    """The bytes of a zip; its list of members, which ``zipfile`` reads in one go, is refused when it is enormous."""

    def __init__(self, path: Path, limits: Limits) -> None:
        super().__init__(io.FileIO(path))
        self._file, self._limits = path.name, limits

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > LIST_OF_MEMBERS:
            raise _too_many(self._file, self._limits)
        return super().read(size)


def _refuse_at_the_door(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if path.is_dir():
        raise refuse(path.name, _("c’est un dossier; un fichier zip est attendu."))
    if size > limits.archive:
        raise refuse(path.name, _("le fichier dépasse %(size)s Mo.") % {"size": limits.archive // MEGABYTE})


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Go through a member, which checks its sum."""
    with archive.open(info) as stream:
        while stream.read(CHUNK):
            pass


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """What goes wrong with an archive, as a sentence."""
    try:
        yield
    except FileNotFoundError:
        raise refuse(path.name, _("ce fichier n’existe pas.")) from None
    except OSError as error:
        raise refuse(
            path.name, _("ce fichier ne peut pas être lu\u00a0: %(cause)s.") % {"cause": cause(error)}
        ) from error
    except RuntimeError as error:  # zipfile's way to say that a password is asked, or a method unknown
        raise refuse(path.name, _locked()) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise refuse(path.name, _("ce n’est pas un fichier zip, ou il est endommagé.")) from error


def _locked() -> str:
    return _("l’archive est protégée ou compressée d’une façon inconnue.")


def _too_many(name: str, limits: Limits) -> Refused:
    return refuse(name, _("l’archive contient plus de %(count)s fichiers.") % {"count": limits.members})


def _members(name: str, archive: zipfile.ZipFile, limits: Limits) -> Iterator[zipfile.ZipInfo]:
    total, seen = 0, set[str]()
    if len(archive.infolist()) > limits.members:
        raise _too_many(name, limits)
    for info in archive.infolist():
        member = PurePosixPath(info.filename.replace("\\", "/"))
        if member.is_absolute() or ".." in member.parts or ":" in info.filename or "\0" in info.orig_filename:
            raise refuse(name, _("le nom «\u00a0%(name)s\u00a0» sort de l’archive.") % {"name": info.filename})
        if info.is_dir() or not member.parts or member.parts[0] in IGNORED_FOLDERS or member.name in IGNORED_FILES:
            continue
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # unpacked without a bound
            raise refuse(name, _locked())
        if info.filename in seen:
            raise refuse(name, _("le fichier «\u00a0%(name)s\u00a0» y figure deux fois.") % {"name": info.filename})
        seen.add(info.filename)
        total += info.file_size
        swollen = info.file_size > MEGABYTE and info.file_size > limits.ratio * max(info.compress_size, 1)
        if swollen or total > limits.unpacked:
            raise refuse(name, _("le contenu décompressé est démesuré\u00a0: l’archive n’est pas ouverte."))
        yield info


def _without_common_folder(members: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    folders = {name.split("/", 1)[0] if "/" in name else "" for name in members}
    if len(folders) != 1 or "" in folders:
        return members
    return _without_common_folder({name.split("/", 1)[1]: info for name, info in members.items()})
