"""The pages of a workbook that are not its tables: what it is, where things are, how they were counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from guidelines.catalogue import CATALOGUE_VERSION
from guidelines.numbers import Numbers
from reports import dictionary, methodology
from reports.document import Document, Layout
from reports.facts import facts, prepared_by, read_at
from reports.formats.xlsx.styles import Styles, clean, print_set_up, sheet_name
from reports.formats.xlsx.tables import write_table

LABEL_WIDTH, TEXT_WIDTH = 30, 90


@dataclass
class Contents:
    """The list of sheets, written once they are all known."""

    page: Any
    styles: Styles
    lines: list[tuple[str, str]] = field(default_factory=list)

    def extend(self, lines: Iterable[tuple[str, str]]) -> None:
        self.lines.extend(lines)

    def write(self) -> None:
        self.page.write_string(0, 0, _("Sommaire"), self.styles.title)
        for at, (name, title) in enumerate(self.lines, 2):
            quoted = name.replace("'", "''")
            self.page.write_url(at, 0, f"internal:'{quoted}'!A1", self.styles.link, clean(title)[:250])


def write_front(book: Any, styles: Styles, document: Document) -> Contents:
    """The cover; the contents, to be written at the end."""
    cover = _page(book, styles, _("Rapport"), str(document.title))
    lines = [("", str(words)) for words in document.words]
    _lines(cover, styles, [*((fact.label, fact.words) for fact in facts(document)), *lines])
    contents = Contents(_page(book, styles, _("Sommaire"), ""), styles)
    contents.page.set_column(0, 0, TEXT_WIDTH)
    return contents


def write_back(book: Any, styles: Styles, document: Document) -> list[tuple[str, str]]:
    """How it was counted, what each column holds, and what was done to make the file."""
    method = _page(book, styles, _("Méthodologie"), _("Méthodologie"))
    _lines(method, styles, [(part.title, words) for part in methodology.PARTS for words in part.said])
    numbers = Numbers.of(document.ask.board, document.ask.last_day)
    tables: list[tuple[Layout, Iterable[object]]] = [
        (methodology.RULES, methodology.rules(numbers)),
        (dictionary.LAYOUT, dictionary.lines(document.sheets)),
    ]
    found = [(method.get_name(), _("Méthodologie"))]
    for layout, rows in tables:
        sheet = layout.sheet(rows)
        found.extend(write_table(book, styles, document, sheet, sheet.table))
    journal = _page(book, styles, _("Journal"), _("Journal\u00a0: comment ce fichier a été fait"))
    _lines(journal, styles, _journal(document))
    return [*found, (journal.get_name(), _("Journal"))]


def _journal(document: Document) -> list[tuple[str, str]]:
    """Names nobody: who asked is known by a role."""
    ask = document.ask
    return [
        (_("Demandé par"), prepared_by(ask)),
        (_("Données lues"), read_at(ask)),
        (_("Motif"), ask.reason or _("aucun motif demandé")),
        (_("Filtres"), ask.narrowed or _("aucun")),
        (_("Catalogue des balises"), _("version %(version)s") % {"version": CATALOGUE_VERSION}),
        (_("Nombres masqués"), str(document.hidden)),
        (_("Tableaux"), ", ".join(str(sheet.title) for sheet in document.sheets)),
    ]


def _page(book: Any, styles: Styles, name: str, title: str) -> Any:
    page = book.add_worksheet(sheet_name(name, book.sheetnames))
    print_set_up(page, title or name, None)
    page.hide_gridlines(2)
    if title:
        page.write_string(0, 0, clean(title), styles.title)
    return page


def _lines(page: Any, styles: Styles, lines: Iterable[tuple[object, str]]) -> None:
    page.set_column(0, 0, LABEL_WIDTH)
    page.set_column(1, 1, TEXT_WIDTH)
    before: object = ""
    for at, (label, words) in enumerate(lines, 2):
        if label != before:
            page.write_string(at, 0, clean(label), styles.label)
        page.write_string(at, 1, clean(words), styles.wrapped)
        before = label
