"""A report once asked: what it says of itself, its tables, its pictures. Every format writes the same one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.models import User
from reports.asking import Ask
from reports.scope import Period
from reports.tables import Column, Table, Text, Unsaid

UNFOLLOWED = "balises-non-suivies"
"""The table of the guidelines that a programme of the report does not follow; its first column names them."""


@dataclass(frozen=True)
class Sheet:
    """One table: ``name`` is its file, in ASCII; ``note`` says of what, with which denominators.

    ``total`` is how many rows to expect, for who waits; its rows are read once, when their turn comes.
    """

    name: str
    title: Text
    columns: Sequence[Column]
    rows: Iterable[object]
    note: Text = ""
    total: int | None = None

    @property
    def table(self) -> Table:
        return Table(self.columns, self.rows)


@dataclass(frozen=True)
class Layout:
    """What a table of a report is, before anything is read: the dictionary tells of it, every file writes it so."""

    name: str
    title: Text
    columns: Sequence[Column]

    def sheet(self, rows: Iterable[object], *, note: Text = "", total: int | None = None) -> Sheet:
        return Sheet(self.name, self.title, self.columns, rows, note, total)


@dataclass(frozen=True)
class Picture:
    """A figure of the screen: ``title`` is its message, ``sheet`` the name of the table that it draws.

    It is drawn when it is read: most formats have no pictures, and drawing takes longer than all the rest of them.
    """

    title: str
    note: str
    draw: Callable[[], SafeString]
    sheet: str = ""

    @property
    def svg(self) -> SafeString:
        return self.draw()


class Rates:
    """How a report's shares are made: they differ (guidelines, D)."""

    NONE = _("aucun taux")
    PEOPLE = _("sur toutes les personnes ensemble")
    POOLED = _("sur toutes les relations ensemble")
    MEANS = _("moyenne des programmes, chacun comptant pour un")
    BOTH = _("les deux, nommés\u00a0: ensemble, et moyenne des programmes")


@dataclass(frozen=True)
class Document:
    """What a report tells somebody.

    ``counted`` says of how many things (« 110 relations »); ``words`` are paragraphs for those who read no table.
    """

    ask: Ask
    title: Text
    sheets: Sequence[Sheet]
    counted: Sequence[tuple[Text, object]] = ()
    rates: Text = Rates.NONE
    pictures: Sequence[Picture] = ()
    words: Sequence[Text] = ()
    template: str = ""
    """What its PDF is printed by, when it is not the one of every report; ``more`` is what that one prints besides."""
    more: Mapping[str, object] = field(default_factory=dict)

    @property
    def total(self) -> int | None:
        """How many rows to expect; None when a table can't say."""
        totals = [sheet.total for sheet in self.sheets]
        return None if None in totals else sum(total or 0 for total in totals)

    @cached_property
    def hidden(self) -> int:
        """How many cells are masked, of the tables that can be read again: what is read once names, and masks none."""
        again = [sheet.table for sheet in self.sheets if isinstance(sheet.rows, Sequence)]
        return sum(cell is Unsaid.MASKED for table in again for row in table.cells for cell in row)

    @cached_property
    def unfollowed(self) -> list[str] | None:
        """The guidelines that its table of unfollowed ones names; None without such a table."""
        found = [sheet.table for sheet in self.sheets if sheet.name == UNFOLLOWED]
        return [str(first) for table in found for first, *_others in table.cells] if found else None


Build = Callable[[Ask], Document]


def one_sheet(layout: Layout, rows: Callable[[User, Period], Iterable[object]]) -> Build:
    """How to build a report of one table, whose rows begin with what the person may see."""

    def build(ask: Ask) -> Document:
        return Document(ask, layout.title, [layout.sheet(rows(ask.user, ask.period))])

    return build
