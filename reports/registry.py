"""The reports and the figures that there are, by name: a declaration serves its page, its address and its file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from django.core.exceptions import ImproperlyConfigured

from people.audit_registry import Verb
from people.models import User
from programs.models import Program
from reports.audiences import Audience
from reports.tables import Column, Table, Text


@dataclass(frozen=True)
class Period:
    """The days that a file tells of: ``until`` is the first that no longer counts."""

    since: date
    until: date


@dataclass(frozen=True)
class Edition:
    """What a report tells one audience: ``rows`` begin with what the person may see; ``holds`` says so on the page."""

    audience: Audience
    columns: tuple[Column, ...]
    rows: Callable[[User, Period], Iterable[object]]
    holds: Text

    def table(self, user: User, period: Period) -> Table:
        return Table(self.columns, self.rows(user, period))


@dataclass(frozen=True)
class Report:
    """One file of « Rapports », open to who is of the audience of one of its editions.

    ``file_name`` is its address and the name of the download; ``verb`` is what the audit remembers of it.
    """

    name: str
    file_name: str
    title: Text
    verb: Verb
    editions: tuple[Edition, ...]

    @property
    def url_name(self) -> str:
        return f"report_{self.name}_csv"

    def edition_for(self, audience: Audience) -> Edition | None:
        return next((edition for edition in self.editions if edition.audience is audience), None)


class FigureRows(Protocol):
    def __call__(self, user: User, programs: Sequence[Program], *, on: date) -> Iterable[object]: ...


@dataclass(frozen=True)
class Figure:
    """A figure of the lead's page as its table: shown beside the picture, and downloaded.

    ``rows`` are those of the programmes on a day; a page that has read the facts already gives ``table`` its own.
    """

    name: str
    address: str
    file_name: str
    columns: tuple[Column, ...]
    rows: FigureRows

    @property
    def url_name(self) -> str:
        return f"dashboard_{self.name}_csv"

    def table(self, rows: Iterable[object]) -> Table:
        return Table(self.columns, rows)


Declared = TypeVar("Declared", Report, Figure)

REPORTS: dict[str, Report] = {}
FIGURES: dict[str, Figure] = {}


def register(registry: dict[str, Declared], *declared: Declared) -> None:
    """Add what is declared, in the order of the page; a name is given once."""
    for one in declared:
        if one.name in registry:
            raise ImproperlyConfigured(f"{one.name} is declared twice")
        registry[one.name] = one
