"""One person's data to be read: the same rows as the archive, in labels and words, for a request on paper (A-2.1,
art. 84: a written and intelligible transcription)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from people.audit_registry import find
from people.models import AuditEntry, Student, User
from people.privacy.person_data import Found, found_about
from people.privacy.tables import KEYS

MOST = 200
"""Rows shown of one table; the archive has them all."""
OURS = {*KEYS, "id", "board_id", "entry_uuid", "saved_at", "access_version", "subject_type", "subject_id", "verb"}
"""Columns by which the program finds its way: they say nothing of the person that another does not."""


@dataclass(frozen=True)
class Shown:
    """A table in words: each row is its labels with what they say, the empty ones left out."""

    title: str
    count: int
    rows: list[list[tuple[str, str]]]

    @property
    def left(self) -> int:
        return self.count - len(self.rows)


def sheet(person: Student | User) -> list[Shown]:
    """Each table that says something of a student or an adult; earlier versions of the rows are in the archive."""
    return [_shown(one, person) for one in found_about(person) if "Historical" not in one.name]


def _shown(found: Found, person: Student | User) -> Shown:
    told = [list(_told(found, row, person)) for row in found.rows[:MOST]]
    return Shown(found.title, len(found.rows), [row for row in told if row])


def _told(found: Found, row: dict[str, Any], person: Student | User) -> Iterator[tuple[str, str]]:
    """The cells of a row that say something; a number of another row by the name of what it is."""
    if found.name == AuditEntry._meta.label and (verb := find(row["verb"])):
        yield _("Geste"), str(verb.sentence) % {"person": row.get("person_name") or _("Le système")}
    for name, label in found.columns.items():
        named = f"{name.removesuffix('_id')}_name"
        known = name in found.worded and name not in OURS
        value = row[named] if named in found.columns else "" if name.endswith("_id") else row[name]
        if known and (said := words(value, person)):
            yield label, said


def words(value: Any, person: Student | User) -> str:
    """What a cell holds, as somebody reads it; empty when it says nothing."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, datetime):
        assert person.board is not None  # noqa: S101 (only people of a board are shown)
        return localtime(value, ZoneInfo(person.board.time_zone)).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "; ".join(f"{key}\u00a0: {words(part, person)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(words(part, person) for part in value)
    return "" if value is None else str(value)
