"""What formats share: rows counted for who waits, and entries of an archive whose bytes tell no time."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import IO

from reports.document import Sheet
from reports.formats import Progress
from reports.tables import Table

STEP = 500


class Watch:
    """Counts the rows that a format reads."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.read = 0

    def table(self, sheet: Sheet) -> Table:
        """The sheet's, whose rows are counted as they are read."""
        return Table(sheet.columns, self._counted(sheet.rows))

    def end(self) -> None:
        self.progress(self.read)

    def _counted(self, rows: Iterable[object]) -> Iterator[object]:
        for row in rows:
            yield row
            self.read += 1
            if self.read % STEP == 0:
                self.progress(self.read)


def entry(archive: zipfile.ZipFile, name: str) -> "AbstractContextManager[IO[bytes]]":
    """A file of an archive, open to be written, dated as every other."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return archive.open(info, "w", force_zip64=True)
