"""Which kind of roster a source is: its manifest says so, or its columns do."""

from pathlib import Path

from django.utils.translation import gettext as _

from exchange.reading import refuse
from exchange.rosters import oneroster, sds
from exchange.rosters.files import Table, read_tables
from exchange.rosters.records import Notes, Roster
from exchange.scratch import Scratch


def read_roster(source: Path, notes: Notes, scratch: Scratch) -> Roster:
    """A OneRoster 1.1 or 1.2 zip, or a School Data Sync v2.1 folder or zip, as neutral records.

    Everything tolerated, dangling or wrong goes to ``notes``; raises ``Refused`` when the source can't be read at all.
    """
    tables = read_tables(source, notes, scratch)
    if "users" not in tables:
        raise refuse("users.csv", _("le fichier manque dans «\u00a0%(name)s\u00a0».") % {"name": source.name})
    version = oneroster_version(tables)
    if version:
        return oneroster.read(tables, version, notes, scratch)
    return sds.read(tables, notes, scratch)


def oneroster_version(tables: dict[str, Table]) -> str:
    """1.1 or 1.2, empty for School Data Sync."""
    for row in tables["manifest"].rows if "manifest" in tables else ():
        if row.get("propertyName").lower() == "oneroster.version":
            return "1.1" if row.get("value").startswith("1.1") or row.get("value") == "1.0" else "1.2"
    users, roles = tables["users"], tables.get("roles")
    if users.has("role") or users.has("orgSourcedIds"):
        return "1.1"
    if users.has("enabledUser") or users.has("status") or (roles and roles.has("roleType")):
        return "1.2"
    return ""
