"""Which pages show a student's file, or name the students of one row: each app says so in its ``opened_pages``.

Opening one is kept in the journal, and the page leads to who may see what it shows. A page whose address holds a row
and that has no line here, nor a written reason, fails a test (``tests/test_opened_pages.py``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

Arguments = Mapping[str, Any]
"""What an address holds."""
Of = str | Callable[[Arguments], type[Model]]
"""A table by its label, or what gives it from an address."""


@dataclass(frozen=True)
class Page:
    """A page by the name of its address: which table its row is of, and which argument holds the row's number."""

    name: str
    of: Of
    argument: str

    def row(self, arguments: Arguments) -> tuple[type[Model], int]:
        model = apps.get_model(self.of) if isinstance(self.of, str) else self.of(arguments)
        return model, int(arguments[self.argument])


PAGES: dict[str, Page] = {}
"""Those that are journalled, by name."""
SILENT: dict[str, str] = {}
"""Those that are not, by name, each with why."""
NAMING: dict[str, tuple[str, ...]] = {}
"""Tables whose row names several students, by label, each with the lookups to them: one line says that it was read."""


def declare(of: Of, names: str, *, argument: str = "pk") -> None:
    """Pages of one row of a table, by the names of their addresses. For the ``opened_pages`` modules only."""
    for name in names.split():
        PAGES[name] = Page(name, of, argument)


def name_several(label: str, *students: str) -> None:
    """Say that a row of a table names the students at the end of these lookups. For the same modules only."""
    NAMING[label] = students


def leave_out(why: str, names: str) -> None:
    """Pages that are not journalled, with why. For the same modules only."""
    for name in names.split():
        SILENT[name] = why
