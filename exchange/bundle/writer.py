"""A board into a bundle: complete, and the same bytes for the same facts."""

import csv
import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
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
from people import audit
from people.models import SchoolBoard

EPOCH = (1980, 1, 1, 0, 0, 0)
FILE_MODE = 0o100644 << 16


def export_bundle(*, board: SchoolBoard, path: str | Path) -> tuple[dict[str, int], list[Problem]]:
    """Write every file of the bundle for a board, as of one moment; answers the rows per file, and what it left out.

    The file appears whole or not at all. Raises ``Refused`` when it can't be written. Left out: a second record that a
    bundle could not tell from another (its identity is the same); the latest is kept. One query per file.
    """
    path = Path(path)
    counts: dict[str, int] = {}
    doubles: list[Problem] = []
    files = {name: [file for file in FILES if file.name == name] for name in NAMES}
    headers = {name: (header_of(declared), declared) for name, declared in files.items()}
    with _whole(path) as target, zipfile.ZipFile(target, "w") as archive, one_moment():
        _add(archive, DATA_PACKAGE, data_package(headers))
        for name, (header, declared) in headers.items():
            rows = [row for file in declared for row in file_rows(file, board, header, doubles)]
            rows.sort()
            counts[name] = len(rows)
            _add(archive, name, table_text(header, [cells for _order, cells in rows]))
    audit.record(board=board, person=None, verb=BUNDLE_EXPORTED, subject=board)
    return counts, doubles


def header_of(files: list[BundleFile]) -> list[str]:
    """The columns of a file, those that only one of its declarations has first."""
    own = [file.given for file in files if file.given]
    return own + [column.name for column in files[0].columns if column.name not in own]


Line = tuple[list[str], list[str]]


def file_rows(file: BundleFile, board: SchoolBoard, header: list[str], doubles: list[Problem]) -> Iterator[Line]:
    """Each row's cells under the header, with what it is sorted by."""
    readers = {column.name: column.read(board) for column in file.columns if column.read}
    stored = [column for column in file.columns if not column.read]
    rows = file.model._base_manager.filter(file.kept, **{file.board: board.pk}).order_by("pk")
    told: dict[tuple[str, ...], Line] = {}
    for pk, *values in rows.values_list("pk", *(column.lookup for column in stored)).iterator(chunk_size=5000):
        cells: dict[str, str] = {c.name: c.type.format(v) for c, v in zip(stored, values, strict=True)}
        cells |= {c.name: c.type.format(readers[c.name].get(pk)) for c in file.columns if c.read}
        line = [cells.get(name, "") for name in header]
        order = [cells[name] for name in file.identity_columns]
        if tuple(order) in told and told[tuple(order)][1] != line:
            doubles.append(
                Problem(file.name, 0, "", _("un doublon de «\u00a0%(row)s\u00a0»") % {"row": ", ".join(order)})
            )
        told[tuple(order)] = (order, line)
    yield from told.values()


def table_text(header: list[str], rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, FILE_MODE
    archive.writestr(info, text.encode())


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
