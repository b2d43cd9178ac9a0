"""What OneRoster and School Data Sync have in common: organisations, sessions, birth dates, row statuses."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from exchange.rosters import fields
from exchange.rosters.files import Row, Table, chunks
from exchange.rosters.records import FILES, Notes, Org, Place, Session
from exchange.scratch import Scratch, Shelf


def rows_of(tables: dict[str, Table], name: str, required: tuple[str, ...], notes: Notes) -> Iterator[list[Row]]:
    """The rows of a file that have an id, once each, some at a time; none (and a note) when the file or a column is
    missing."""
    if name not in tables:
        notes.tolerate(Place(FILES[name]), "missing_file", _("le fichier manque; rien n’en est lu."))
    elif fields.required_columns(tables[name], required, notes):
        yield from fields.unique(tables[name], notes)


def status(row: Row, notes: Notes) -> str:
    """One of active, inactive and tobedeleted; the last two, and any other word, are reported."""
    value = row.get("status").lower().replace(" ", "")
    if value in {"", "active"}:
        return "active"
    if value in {"tobedeleted", "inactive"}:
        words = {
            "tobedeleted": _(
                "la ligne est à supprimer\u00a0: rien n’est créé, et ce qui est connu prend fin sans être effacé."
            ),
            "inactive": _("la ligne est inactive\u00a0: elle est lue, et un compte ne permet plus de se connecter."),
        }
        notes.tolerate(row.at("status"), value, words[value])
        return value
    words_unknown = _("l’état «\u00a0%(value)s\u00a0» est inconnu; la ligne est lue comme active.")
    notes.tolerate(row.at("status"), "unknown_status", words_unknown % {"value": row.get("status")})
    return "active"


def read_orgs(tables: dict[str, Table], notes: Notes) -> list[Org]:
    return [_org(row, notes) for rows in rows_of(tables, "orgs", ("sourcedId", "name"), notes) for row in rows]


def _org(row: Row, notes: Notes) -> Org:
    gone = status(row, notes) == "tobedeleted"
    name = fields.clipped(row, "name", 200, notes)
    if not name:
        notes.tolerate(row.at("name"), "missing_name", _("le nom manque; l’identifiant en tient lieu."))
    key, kind = row.get("sourcedId"), row.get("type").lower()
    return Org(row.place, key, name or key, kind, row.get("parentSourcedId"), gone)


def read_sessions(tables: dict[str, Table], notes: Notes) -> list[Session]:
    required = ("sourcedId", "title", "type", "startDate", "endDate")
    found = (_session(row, notes) for rows in rows_of(tables, "academicsessions", required, notes) for row in rows)
    return [session for session in found if session is not None]


def _session(row: Row, notes: Notes) -> Session | None:
    """The session of a row, none when it is to be deleted or when its dates are refused."""
    if status(row, notes) == "tobedeleted":
        return None
    starts, ends = fields.day(row, "startDate", notes), fields.last_day(row, "endDate", notes)
    for column, value in (("startDate", starts), ("endDate", ends)):
        if value is None and not row.get(column):
            notes.refuse(row.at(column), _("la date manque."))
    if starts is None or ends is None:
        return None
    if ends <= starts:
        notes.refuse(row.at("endDate"), _("la fin précède le début."))
        return None
    key, title = row.get("sourcedId"), fields.clipped(row, "title", 60, notes)
    kind, parent = row.get("type").lower(), row.get("parentSourcedId")
    return Session(row.place, key, title or key[:60], kind, starts, ends, parent, row.get("schoolYear"))


def read_births(tables: dict[str, Table], column: str, notes: Notes, scratch: Scratch) -> Shelf:
    """Birth dates, the one demographic that is read, by person; ``column`` holds the id."""
    births = scratch.shelf()
    table = tables.get("demographics")
    if table is None or not fields.optional_columns(table, (column, "birthDate"), notes):
        return births
    for rows in chunks(table.rows):
        days = [(row.get(column), fields.day(row, "birthDate", notes)) for row in rows]
        births.put(((person, 0, day.isoformat()) for person, day in days if day), replace=True)
    return births


def births_of(births: Shelf, people: Iterable[str]) -> dict[str, date]:
    return {person: date.fromisoformat(day[0]) for person, day in births.get(people).items()}
