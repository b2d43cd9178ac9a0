"""Which kind of roster a source is: its manifest says so, or its columns do."""

from pathlib import Path

from django.utils.translation import gettext as _

from exchange.reading import refuse
from exchange.rosters import oneroster, sds, sds_v1
from exchange.rosters.columns import say_unread
from exchange.rosters.files import Table, read_tables
from exchange.rosters.records import Notes, Place, Roster
from exchange.scratch import Scratch


def read_roster(source: Path, notes: Notes, scratch: Scratch) -> Roster:
    """A OneRoster 1.0 to 1.2 zip, or a School Data Sync v1 or v2.1 folder or zip, as neutral records.

    Everything tolerated, dangling or wrong goes to ``notes``; raises ``Refused`` when the source can't be read at all.
    """
    tables = read_tables(source, notes, scratch)
    roster = _read(source, tables, notes, scratch)
    _say_lacking(roster, tables, notes)
    return roster


def _read(source: Path, tables: dict[str, Table], notes: Notes, scratch: Scratch) -> Roster:
    say_unread(tables, notes)
    if any(name in tables and tables[name].has("SIS ID") for name in ("student", "teacher")):
        return sds_v1.read(tables, notes, scratch)
    if "users" not in tables:
        raise refuse("users.csv", _("le fichier manque dans «\u00a0%(name)s\u00a0».") % {"name": source.name})
    version = oneroster_version(tables)
    if version:
        return oneroster.read(tables, version, notes, scratch)
    return sds.read(tables, notes, scratch)


def _say_lacking(roster: Roster, tables: dict[str, Table], notes: Notes) -> None:
    """How many people want for what is expected of them, once each."""
    count = roster.lacking
    said = {
        "birth_date": (_("élèves sans date de naissance\u00a0: %(count)d sur %(all)d."), "students"),
        "grade": (_("élèves sans année du secondaire\u00a0: %(count)d sur %(all)d."), "students"),
        "email": (_("adultes sans adresse, qui ne pourront pas se connecter\u00a0: %(count)d sur %(all)d."), "adults"),
    }
    files = {"students": tables.get("student"), "adults": tables.get("teacher")}
    for fact, (words, whose) in said.items():
        if count[fact]:
            table = files[whose] or tables["users"]
            values = {"count": count[fact], "all": count[whose]}
            notes.tolerate(Place(table.name), f"no_{fact}", words % values)


def oneroster_version(tables: dict[str, Table]) -> str:
    """1.0, 1.1 or 1.2, empty for School Data Sync."""
    for row in tables["manifest"].rows if "manifest" in tables else ():
        if row.get("propertyName").lower() == "oneroster.version":
            return next((known for known in ("1.0", "1.1") if row.get("value").startswith(known)), "1.2")
    users, roles = tables["users"], tables.get("roles")
    if users.has("role") or users.has("orgSourcedIds"):
        before = any(users.has(column) for column in ("grade", "agents", "userId")) and not users.has("enabledUser")
        return "1.0" if before else "1.1"
    if users.has("enabledUser") or users.has("status") or (roles and roles.has("roleType")):
        return "1.2"
    return ""
