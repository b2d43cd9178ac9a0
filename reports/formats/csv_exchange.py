"""« Échange »: tables for other programs, with the schema that says what each column holds."""

import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC
from typing import IO, Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from people.spreadsheets import guarded
from reports.csv_files import written
from reports.document import Document, Sheet
from reports.facts import facts
from reports.formats import Format, Progress
from reports.formats.files import Watch, entry
from reports.tables import Column, Kind, Unsaid, typed_by

TYPES = {
    Kind.TEXT: "string",
    Kind.NUMBER: "integer",
    Kind.DECIMAL: "number",
    Kind.PERCENT: "number",
    Kind.DATE: "date",
    Kind.YES_NO: "boolean",
}
MISSING = ["", *(unsaid.value for unsaid in Unsaid)]


def write(document: Document, out: IO[bytes], progress: Progress) -> None:
    """An archive of ``datapackage.json`` and a file for each table: UTF-8, commas, ISO dates, decimal points.

    Text that a spreadsheet would run gets its apostrophe here too: such a file is opened by hand one day. The
    package says so, for the programs that read it.
    """
    watch = Watch(progress)
    with zipfile.ZipFile(out, "w") as archive:
        with entry(archive, "datapackage.json") as file:
            file.write(json.dumps(package(document), ensure_ascii=False, indent=1).encode())
        for sheet in document.sheets:
            with entry(archive, f"{sheet.name}.csv") as file:
                for text in written(watch.table(sheet), names(sheet.columns), exchanged, ","):
                    file.write(text.encode())
    watch.end()


def package(document: Document) -> dict[str, Any]:
    """The descriptor: a Tabular Data Package, with what the report says of itself."""
    return {
        "profile": "tabular-data-package",
        "name": slugify(str(document.title)),
        "title": str(document.title),
        "description": "\n".join([*(f"{one.label}\u00a0: {one.words}" for one in facts(document)), str(GUARD)]),
        "created": document.ask.read_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "resources": [_resource(sheet) for sheet in document.sheets],
    }


GUARD = _("Un texte qui commence par = + - @ est précédé d’une apostrophe, pour qu’aucun tableur ne l’exécute.")


def _resource(sheet: Sheet) -> dict[str, Any]:
    fields = [
        {"name": name, "type": TYPES[column.kind], "title": str(column.heading), "description": str(column.about)}
        for name, column in zip(names(sheet.columns), sheet.columns, strict=True)
    ]
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        "title": str(sheet.title),
        "description": str(sheet.note),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": {"fields": fields, "missingValues": MISSING},
    }


def names(columns: Iterable[Column]) -> list[str]:
    """What the columns are called, each by a name of its own."""
    met: Counter[str] = Counter()
    found = []
    for column in columns:
        met[column.name] += 1
        found.append(column.name if met[column.name] == 1 else f"{column.name}_{met[column.name]}")
    return found


def exchanged(column: Column) -> Callable[[object], str]:
    """Cells for programs."""
    give = typed_by(column)

    def text(value: object) -> str:
        cell = give(value)
        if cell is None:
            return ""
        if isinstance(cell, Unsaid):
            return str(cell.value)
        if isinstance(cell, bool):
            return "true" if cell else "false"
        return guarded(cell)

    return text


FORMAT = Format(
    name="exchange",
    title=_("CSV d’échange"),
    about=_("Pour un autre logiciel\u00a0: un fichier par tableau, et le schéma qui décrit chaque colonne."),
    content_type="application/zip",
    ending="-echange.zip",
    write=write,
)
