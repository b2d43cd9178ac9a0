"""« Excel français »: text that a spreadsheet set to Québec's French opens as it should."""

import zipfile
from itertools import chain
from typing import IO

from django.utils.translation import gettext_lazy as _

from reports.csv_files import lines
from reports.document import Document, Layout
from reports.facts import facts
from reports.formats import Format, Progress
from reports.formats.files import Watch, entry
from reports.tables import Column

COVER = Layout(
    "rapport",
    _("Rapport"),
    (
        Column(_("Ce que dit ce rapport"), "label", about=_("De quoi il s’agit\u00a0: portée, période, masquage.")),
        Column(_("Précision"), "words", about=_("Ce qu’il en est pour ce fichier.")),
    ),
)


def write(document: Document, out: IO[bytes], progress: Progress) -> None:
    """An archive: what the report says of itself, then each table as a file."""
    watch = Watch(progress)
    with zipfile.ZipFile(out, "w") as archive:
        tables = [(COVER.name, COVER.sheet(facts(document)).table)]
        for name, table in chain(tables, ((sheet.name, watch.table(sheet)) for sheet in document.sheets)):
            with entry(archive, f"{name}.csv") as file:
                for text in lines(table):
                    file.write(text.encode())
    watch.end()


FORMAT = Format(
    name="csv",
    title=_("CSV pour Excel"),
    about=_("Un fichier par tableau, et un qui dit ce qu’est le rapport\u00a0: point-virgule et virgule décimale."),
    content_type="application/zip",
    ending="-excel.zip",
    write=write,
)
