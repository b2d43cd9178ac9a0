"""« Excel français »: text that a spreadsheet set to Québec's French opens as it should."""

import zipfile
from typing import IO

from django.utils.translation import gettext_lazy as _

from reports.csv_files import lines
from reports.document import Document
from reports.formats import Format, Progress
from reports.formats.files import Watch, entry


def write(document: Document, out: IO[bytes], progress: Progress) -> None:
    """One table as it is; several, each as a file of an archive."""
    watch = Watch(progress)
    if len(document.sheets) == 1:
        for text in lines(watch.table(document.sheets[0])):
            out.write(text.encode())
    else:
        with zipfile.ZipFile(out, "w") as archive:
            for sheet in document.sheets:
                with entry(archive, f"{sheet.name}.csv") as file:
                    for text in lines(watch.table(sheet)):
                        file.write(text.encode())
    watch.end()


FORMAT = Format(
    name="csv",
    title=_("CSV pour Excel"),
    about=_("Texte, une ligne par rangée\u00a0: point-virgule et virgule décimale."),
    content_type=lambda document: "text/csv; charset=utf-8" if len(document.sheets) == 1 else "application/zip",
    extension=lambda document: "csv" if len(document.sheets) == 1 else "zip",
    write=write,
)
