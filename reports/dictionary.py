"""What each column of each report holds: one text, for the page and the sheet of a workbook."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reports.document import Layout, Sheet
from reports.registry import ReportKind
from reports.tables import Column, Kind, Text

KINDS: dict[Kind, Text] = {
    Kind.TEXT: _("texte"),
    Kind.NUMBER: _("nombre entier"),
    Kind.DECIMAL: _("nombre"),
    Kind.PERCENT: _("pourcentage, une décimale"),
    Kind.DATE: _("date"),
    Kind.YES_NO: _("oui ou non"),
}


@dataclass(frozen=True)
class Line:
    """One column of one table."""

    table: Text
    column: Column

    @property
    def kind(self) -> Text:
        return KINDS[self.column.kind]


LAYOUT = Layout(
    "dictionnaire",
    _("Dictionnaire"),
    (
        Column(_("Tableau"), "table", about=_("Le tableau où se trouve la colonne.")),
        Column(_("Colonne"), "column.heading", about=_("Son titre.")),
        Column(_("Nom pour les logiciels"), "column.name", about=_("Son titre dans les fichiers CSV d’échange.")),
        Column(_("Type"), "kind", about=_("Ce que ses cellules contiennent.")),
        Column(_("Définition"), "column.about", about=_("Ce qu’elle veut dire.")),
    ),
)


def lines(tables: Iterable[Sheet | Layout]) -> Iterator[Line]:
    """A line for each column, in the order of the tables."""
    return (Line(table.title, column) for table in tables for column in table.columns)


def layouts(kind: ReportKind) -> list[Layout]:
    """The tables of a report, whoever asks, each once."""
    return list(dict.fromkeys(layout for edition in kind.editions for layout in edition.layouts))
