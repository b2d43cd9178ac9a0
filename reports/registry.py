"""The reports and the figures that there are, by name: a declaration serves its page, its address and its file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.utils.safestring import SafeString

from people.audit_registry import Verb
from people.models import User
from reports.audiences import Audience
from reports.document import Build, Layout
from reports.formats import FORMATS, Format
from reports.scope import Scope
from reports.tables import Column, Table, Text

NOMINAL = ("xlsx", "csv", "exchange")
"""The formats of long lists: nobody reads a thousand lines on paper."""


@dataclass(frozen=True)
class Edition:
    """What a report tells an audience: ``build`` begins with what the person may see, ``holds`` says so on the page.

    ``layouts`` are all the tables that it may hold: its lines of the dictionary.
    """

    audience: Audience
    build: Build
    holds: Text
    layouts: Sequence[Layout] = ()
    narrows: bool = False
    """Whether it tells of ``Ask.programs`` alone, so that a school or a programme may be chosen."""


@dataclass(frozen=True)
class ReportKind:
    """One report of « Rapports », open to who is of the audience of one of its editions.

    ``file_name`` is its address and the name of the download; ``verb`` is what the audit remembers of it; ``formats``
    are the names of those in which it can be had (``reports.formats``), all of them when empty.
    """

    name: str
    file_name: str
    title: Text
    verb: Verb
    editions: tuple[Edition, ...]
    formats: tuple[str, ...] = ()
    streams: bool = False
    """Whether its first table is all that it tells, so that it may also leave at once as CSV."""

    @property
    def url_name(self) -> str:
        return f"report_{self.name}_csv"

    @property
    def offered(self) -> list[Format]:
        """The formats in which it can be had, in the order of the page."""
        return [one for one in FORMATS.values() if not self.formats or one.name in self.formats]

    def edition_for(self, audience: Audience) -> Edition | None:
        return next((edition for edition in self.editions if edition.audience is audience), None)


@dataclass(frozen=True)
class Drawn:
    """A figure of one scope: ``title`` is its message, ``note`` says of what, how many, since when.

    ``picture`` draws it, when there is enough to draw; ``summary`` is a small table that always stands under it.
    """

    title: str
    note: str
    rows: Sequence[object]
    picture: Callable[[], SafeString] | None = None
    summary: Table | None = None


@dataclass(frozen=True)
class Figure:
    """A figure of the lead's page, at an address of its own, as a card and as a file: both from one reading.

    ``draw`` gives nothing while there is nothing to say; ``about`` says what it shows before it is drawn.
    """

    name: str
    address: str
    file_name: str
    heading: Text
    about: Text
    columns: tuple[Column, ...]
    draw: Callable[[User, Scope], Drawn | None]

    @property
    def url_name(self) -> str:
        return f"dashboard_{self.name}"

    @property
    def csv_url_name(self) -> str:
        return f"dashboard_{self.name}_csv"

    def table(self, drawn: Drawn | None) -> Table:
        return Table(self.columns, drawn.rows if drawn else ())


Declared = TypeVar("Declared", ReportKind, Figure)

REPORTS: dict[str, ReportKind] = {}
FIGURES: dict[str, Figure] = {}


def register(registry: dict[str, Declared], *declared: Declared) -> None:
    """Add what is declared, in the order of the page; a name is given once."""
    for one in declared:
        if one.name in registry:
            raise ImproperlyConfigured(f"{one.name} is declared twice")
        registry[one.name] = one
