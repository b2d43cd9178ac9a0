"""XLSX: a cover, the contents, a sheet for each table with the types of its columns, and how it was all counted."""

from datetime import UTC
from tempfile import TemporaryDirectory
from typing import IO

import xlsxwriter
from django.utils.translation import gettext_lazy as _

from reports.document import Document
from reports.formats import Format, Progress
from reports.formats.files import Watch
from reports.formats.xlsx.pages import write_back, write_front
from reports.formats.xlsx.styles import Styles
from reports.formats.xlsx.tables import write_table

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write(document: Document, out: IO[bytes], progress: Progress) -> None:
    """Row by row, by way of a temporary folder that goes away whatever happens."""
    watch = Watch(progress)
    with TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(
            out,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "use_zip64": True,
            },
        )
        created = document.ask.read_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": str(document.title), "author": "Accompagnement", "created": created})
        styles = Styles.of(book)
        contents = write_front(book, styles, document)
        for sheet in document.sheets:
            contents.extend(write_table(book, styles, document, sheet, watch.table(sheet)))
        contents.extend(write_back(book, styles, document))
        contents.write()
        book.close()
    watch.end()


FORMAT = Format(
    name="xlsx",
    title=_("XLSX (Excel)"),
    about=_("Un classeur\u00a0: page de garde, tableaux, méthodologie, dictionnaire. Le texte y reste du texte."),
    content_type=CONTENT_TYPE,
    ending=".xlsx",
    write=write,
)
