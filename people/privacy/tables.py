"""What the board keeps: each app says in its ``kept_tables``, of each table, whom a row is about and how long it stays.

The page « Confidentialité », one person's data, the journal by student and the destruction all read these lines: a
table without one fails a test.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

YEAR = timedelta(days=365)
KEYS = ("key", "name_key", "given_key")
"""Columns of every table that say who a row is by themselves: they follow the names."""


class Clock(Enum):
    """From what a row's time runs."""

    STUDENT = "student"
    """The student left the school."""
    ADULT = "adult"
    """The adult's last role ended."""
    OWN = "own"
    """A day of the row's own."""
    NIGHT = "night"
    """A task forgets it by itself."""
    NONE = "none"
    """It stays as long as the board."""


class Fate(Enum):
    """What becomes of a row once its time is over."""

    DESTROYED = "destroyed"
    EMPTIED = "emptied"
    """Names and free words go; days and numbers stay, of nobody."""
    STAYS = "stays"
    """It names nobody by itself, and is of nobody once the person's own row is emptied."""


@dataclass(frozen=True)
class Keeping:
    """How long, from when, what then, and why."""

    clock: Clock
    fate: Fate
    kept: timedelta | None
    since: "str | Promise"
    why: "str | Promise"
    on: str = ""
    """The lookup to the row's own day (``Clock.OWN``)."""
    at: bool = False
    """Whether that day is a moment."""
    rule: str = ""
    """The column of ``RetentionPlan`` by which a board says otherwise; empty when it may not."""

    def by(self, said: "Mapping[str, timedelta]") -> "Keeping":
        """As a board has it, from the durations that it says by their rules."""
        return replace(self, kept=said.get(self.rule, self.kept))

    @property
    def length(self) -> str:
        """« 3 ans », « 30 jours », « tant que le centre utilise Accompagnement »."""
        if self.kept is None:
            return _("tant que l’organisme utilise Accompagnement")
        years, days = divmod(self.kept.days, YEAR.days)
        if years and not days:
            return ngettext("%(n)s an", "%(n)s ans", years) % {"n": years}
        return ngettext("%(n)s jour", "%(n)s jours", self.kept.days) % {"n": self.kept.days}


@dataclass(frozen=True)
class KeptTable:
    """One table. ``student`` and ``adult`` are the lookups from a row to whom it is about (``""`` is the row itself).

    ``by`` names the columns of adults who wrote or decided: the row is not about them. ``texts`` are emptied with the
    person, ``plain`` are words that name nobody. ``secret`` columns are given to nobody, ``others`` not to
    an adult: they may name somebody else.
    """

    model: str
    words: "str | Promise"
    keeping: Keeping
    student: tuple[str, ...] = ()
    adult: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    board: str = "board"
    """The lookup to the board, of rows with a day of their own."""

    @property
    def of(self) -> type[Model]:
        return apps.get_model(self.model)

    @property
    def tables(self) -> list[type[Model]]:
        """The table, and the versions of its rows when it keeps them."""
        versions: Any = getattr(self.of, "history", None)
        return [self.of, *([versions.model] if versions is not None else [])]

    def about(self, whose: str, people: "Sequence[int] | QuerySet[Any]", model: type[Model] | None = None) -> Q:
        """The filter of the rows about these students or adults; those of nobody match nothing."""
        found = Q(pk__in=[])
        for lookup in self.student if whose == "student" else self.adult:
            found |= Q(**{f"{lookup}__in" if lookup else own_key(model or self.of): people})
        return found


def own_key(model: type[Model]) -> str:
    """The lookup from a row, or from a version of it, to its own id."""
    return "id__in" if hasattr(model, "history_id") else "pk__in"


DECLARED: list[KeptTable] = []
"""Every table, in the order of its declaration; filled when the apps are ready."""


def declare(*tables: KeptTable) -> None:
    """For the ``kept_tables`` modules only."""
    DECLARED.extend(tables)


def table_of(model: type[Model]) -> KeptTable | None:
    """The line of a table; that of its rows for their versions."""
    label = getattr(model, "instance_type", model)._meta.label
    return next((one for one in DECLARED if one.model == label), None)
