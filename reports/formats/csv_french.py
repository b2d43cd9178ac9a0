"""« Excel français »: text that a spreadsheet set to Québec's French opens as it should."""

import zipfile
from typing import IO

from django.utils.translation import gettext_lazy as _

from people.spreadsheets import csv_lines
from reports.document import Document, Sheet
from reports.formats import Format, Progress

CHUNK = 500


def write(document: Document, out: IO[bytes], progress: Progress) -> None:
    """One table as it is; several, each as a file of an archive."""
    if len(document.sheets) == 1:
        _lines(document.sheets[0], out, progress, 0)
        return
    done = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in document.sheets:
            entry = zipfile.ZipInfo(f"{sheet.name}.csv")
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as file:
                done = _lines(sheet, file, progress, done)


def _lines(sheet: Sheet, out: IO[bytes], progress: Progress, done: int) -> int:
    table = sheet.table
    written = -2
    for line in csv_lines(table.headings, table.lines):
        out.write(line.encode())
        written += 1
        if written > 0 and written % CHUNK == 0:
            progress(done + written)
    progress(done + max(written, 0))
    return done + max(written, 0)


FORMAT = Format(
    name="csv",
    title=_("CSV pour Excel"),
    about=_("Texte, une ligne par rangée\u00a0: point-virgule et virgule décimale."),
    content_type=lambda document: "text/csv; charset=utf-8" if len(document.sheets) == 1 else "application/zip",
    extension=lambda document: "csv" if len(document.sheets) == 1 else "zip",
    write=write,
)
