"""A board into a bundle: complete, and the same bytes for the same facts."""

import csv
import heapq
import io
import marshal
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from exchange.audit_verbs import BUNDLE_EXPORTED
from exchange.bundle.datapackage import data_package
from exchange.bundle.declaration import BundleFile
from exchange.bundle.files import FILES, NAMES
from exchange.bundle.importing import DATA_PACKAGE
from exchange.reading import Problem, cause, refuse
from exchange.scratch import batches
from people import audit
from people.models import SchoolBoard

EPOCH = (1980, 1, 1, 0, 0, 0)
FILE_MODE = 0o100644 << 16
#: Rows of one table at hand; and, of each batch that waits in a file, those read at once.
IN_MEMORY, AT_ONCE = 10_000, 100


def export_bundle(*, board: SchoolBoard, path: str | Path) -> tuple[dict[str, int], list[Problem]]:
    """Write every file of the bundle for a board, as of one moment; answers the rows per file, and what it left out.

    The file appears whole or not at all. Raises ``Refused`` when it can't be written. Left out: a second record that a
    bundle could not tell from another (its identity is the same); the latest is kept. One query per file; memory does
    not grow with the rows.
    """
    path = Path(path)
    counts: dict[str, int] = {}
    doubles: list[Problem] = []
    files = {name: [file for file in FILES if file.name == name] for name in NAMES}
    headers = {name: (header_of(declared), declared) for name, declared in files.items()}
    with _whole(path) as target, zipfile.ZipFile(target, "w") as archive, one_moment():
        archive.writestr(_info(DATA_PACKAGE), data_package(headers).encode())
        for name, (header, declared) in headers.items():
            with ExitStack() as spilt:
                lines = sorted_lines(of_all(declared, board, header), spilt)
                counts[name] = _add_table(archive, name, header, told_once(name, lines, doubles))
    audit.record(board=board, person=None, verb=BUNDLE_EXPORTED, subject=board)
    return counts, doubles


def header_of(files: list[BundleFile]) -> list[str]:
    """The columns of a file, those that only one of its declarations has first."""
    own = [file.given for file in files if file.given]
    return own + [column.name for column in files[0].columns if column.name not in own]


Line = tuple[list[str], list[str], int, int]
"""What a row is sorted by, its cells under the header, which declaration it is of, and how late it was stored."""


def of_all(declared: list[BundleFile], board: SchoolBoard, header: list[str]) -> Iterator[Line]:
    """The rows of a file's declarations. One query each, and one for each column that the model does not hold."""
    for place, file in enumerate(declared):
        readers = {column.name: column.read(board) for column in file.columns if column.read}
        stored = [column for column in file.columns if not column.read]
        rows = file.model._base_manager.filter(file.kept, **{file.board: board.pk}).order_by("pk")
        for pk, *values in rows.values_list("pk", *(column.lookup for column in stored)).iterator(chunk_size=5000):
            cells: dict[str, str] = {c.name: c.type.format(v) for c, v in zip(stored, values, strict=True)}
            cells |= {c.name: c.type.format(readers[c.name].get(pk)) for c in file.columns if c.read}
            line = [cells.get(name, "") for name in header]
            yield [cells[name] for name in file.identity_columns], line, place, pk


def sorted_lines(lines: Iterable[Line], spilt: ExitStack) -> Iterator[Line]:
    """All lines in order, a batch of them in memory at a time: the others wait in files that vanish with ``spilt``."""
    runs = []
    for some in batches(lines, IN_MEMORY):
        some.sort()
        runs.append(iter(some) if len(some) < IN_MEMORY else _spilt(some, spilt))
    return heapq.merge(*runs)


def _spilt(lines: list[Line], spilt: ExitStack) -> Iterator[Line]:
    file = spilt.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 (the stack closes it)
    for first in range(0, len(lines), AT_ONCE):
        marshal.dump(lines[first : first + AT_ONCE], file)
    parts = len(range(0, len(lines), AT_ONCE))
    file.seek(0)
    return chain.from_iterable(marshal.load(file) for _part in range(parts))  # noqa: S302 (our own, of a moment ago)


def told_once(name: str, lines: Iterable[Line], doubles: list[Problem]) -> Iterator[list[str]]:
    """The cells of each line; of those that a bundle could not tell apart, the latest, and the others are named."""
    for order, alike in groupby(lines, key=itemgetter(0)):
        latest: dict[int, Line] = {}
        for line in alike:
            _order, cells, place, pk = line
            if place in latest and latest[place][1] != cells:
                doubles.append(
                    Problem(name, 0, "", _("un doublon de «\u00a0%(row)s\u00a0»") % {"row": ", ".join(order)})
                )
            if place not in latest or latest[place][3] < pk:
                latest[place] = line
        yield from sorted(cells for _order, cells, _place, _pk in latest.values())


def _add_table(archive: zipfile.ZipFile, name: str, header: list[str], rows: Iterable[list[str]]) -> int:
    """Write a table into the archive, a part at a time; answers how many rows."""
    count = 0
    with archive.open(_info(name), "w") as member:
        member.write(table_text([header]).encode())
        for some in batches(rows, IN_MEMORY):
            member.write(table_text(some).encode())
            count += len(some)
    return count


def table_text(rows: Iterable[list[str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(rows)
    return text.getvalue()


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, FILE_MODE
    return info


@contextmanager
def one_moment() -> Iterator[None]:
    """All queries within see the same facts."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _whole(path: Path) -> Iterator[Any]:
    """A file that takes its name once it is complete, readable by its owner only; removed when something fails."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as target:
            try:
                yield target
                target.flush()
                os.fsync(target.fileno())
                Path(target.name).replace(path)
            except BaseException:
                Path(target.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise refuse(
            path.name, _("le fichier ne peut pas être écrit\u00a0: %(cause)s.") % {"cause": cause(error)}
        ) from error
