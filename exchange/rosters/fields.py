"""Cells to values: each says what it tolerated, and refuses what has no meaning."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from exchange.days import NoDay, read_day
from exchange.rosters.files import Row, Table, chunks
from exchange.rosters.records import Notes

KEY_LENGTH = 120
#: Ways of writing a day that are said; the hours and the slashes of an ISO date are nothing to say.
SAID = frozenset({"day_first_date", "date_in_words"})
STUDENT_ROLES = frozenset({"student"})
GUARDIAN_ROLES = frozenset(
    {"parent", "guardian", "relative", "mother", "father", "grandparent", "stepparent", "aunt", "uncle", "sibling"}
)
# OneRoster's and School Data Sync's; any other word is reported.
ADULT_WORDS = """
    administrator aide counselor districtadministrator principal proctor siteadministrator systemadministrator teacher
    faculty professor adjunct staff officestaff assistant assistantteacher assistantprincipal lecturer instructor
    tutor nurse librarian specialist advisor coach paraprofessional substitute substituteteacher researcher
"""
ADULT_ROLES = frozenset(ADULT_WORDS.split())


def required_columns(table: Table, columns: tuple[str, ...], notes: Notes) -> bool:
    """Whether the columns without which nothing can be read are there; each missing one is an error."""
    missing = [column for column in columns if not table.has(column)]
    for column in missing:
        notes.refuse(table.at(column), _("la colonne manque dans l’en-tête."))
    return not missing


def optional_columns(table: Table, columns: tuple[str, ...], notes: Notes) -> bool:
    """Whether a file that may be absent can be read; without one of these columns it is left, and that is said."""
    missing = [column for column in columns if not table.has(column)]
    for column in missing:
        words = _("la colonne manque dans l’en-tête\u00a0: rien n’est lu de ce fichier.")
        notes.tolerate(table.at(column), "missing_column", words)
    return not missing


def identifier(row: Row, column: str, notes: Notes) -> str:
    """The id of a row, empty (and an error) when it is missing or too long to be kept."""
    value = row.get(column)
    if not value:
        notes.refuse(row.at(column), _("l’identifiant manque."))
    elif len(value) > KEY_LENGTH:
        notes.refuse(row.at(column), _("l’identifiant dépasse %(max)d caractères.") % {"max": KEY_LENGTH})
        return ""
    return value


def clipped(row: Row, column: str, length: int, notes: Notes) -> str:
    value = row.get(column)
    if len(value) > length:
        words = _("le texte est coupé à %(length)d caractères.")
        notes.tolerate(row.at(column), "too_long", words % {"length": length})
    return value[:length]


def day(row: Row, column: str, notes: Notes) -> date | None:
    """An ISO date, with or without its hour, or a day-first one; ``None`` when empty or refused."""
    value = row.get(column)
    if not value:
        return None
    try:
        result, kind = read_day(value)
    except NoDay as wrong:
        notes.refuse(row.at(column), _("«\u00a0%(value)s\u00a0» %(why)s") % {"value": value, "why": wrong})
        return None
    say_read(row, column, result, kind, notes)
    return result


def say_read(row: Row, column: str, result: date, kind: str, notes: Notes) -> None:
    """How a day was read, where it may be read otherwise."""
    if kind in SAID:
        words = _("«\u00a0%(value)s\u00a0» est lu le jour d’abord\u00a0: %(date)s.")
        notes.tolerate(row.at(column), kind, words % {"value": row.get(column), "date": result.isoformat()})


def last_day(row: Row, column: str, notes: Notes) -> date | None:
    """The first day that no longer counts, from a column that holds the last one that does."""
    value = day(row, column, notes)
    if value and value.year == date.max.year:
        notes.refuse(row.at(column), _("la date est trop lointaine; écrivez le dernier jour de l’année scolaire."))
        return None
    return value + timedelta(days=1) if value else None


def email(row: Row, columns: tuple[str, ...], notes: Notes) -> str | None:
    """The first address of the columns, lower-cased; one that is no address is left out, and reported."""
    for column in columns:
        value = row.get(column).lower()
        if not value or (column != "email" and "@" not in value):
            continue
        try:
            validate_email(value)
        except ValidationError:
            notes.tolerate(row.at(column), "invalid_email", _("le courriel n’est pas valide; il est laissé vide."))
        else:
            return value
    return None


def grade(row: Row, column: str, notes: Notes) -> int | None:
    """7 to 11 (alone or in a list) as years 1 to 5 of secondary school; any other is empty, and reported."""
    value = row.get(column)
    numbers = {int(part) for part in split(value) if part.isdecimal() and len(part) < 4}
    years = sorted(number - 6 for number in numbers if 7 <= number <= 11)
    if not value or (len(years) == 1 and len(numbers) == 1):
        return years[0] if years else None
    if years:
        words = _("«\u00a0%(value)s\u00a0» compte plusieurs années; la plus élevée du secondaire est gardée.")
        notes.tolerate(row.at(column), "several_grades", words % {"value": value})
        return years[-1]
    words = _("«\u00a0%(value)s\u00a0» n’est pas une année du secondaire (7 à 11); elle est laissée vide.")
    notes.tolerate(row.at(column), "grade", words % {"value": value})
    return None


def split(value: str) -> list[str]:
    """The parts of a list in one cell."""
    return [part.strip() for part in re.split(r"[,;|]", value.strip("[]{} ")) if part.strip()] if value else []


def truth(value: str) -> bool | None:
    words = {"true": True, "1": True, "yes": True, "y": True, "false": False, "0": False, "no": False, "n": False}
    return words.get(value.lower())


def references(tables: dict[str, Table], links: dict[str, dict[str, str]], notes: Notes) -> None:
    """List the references that lead nowhere, those of the files that we don't otherwise read included.

    ``links`` gives, by file and column (a list in a cell or a single id), the file where the ids are.
    """
    for name in [name for name in links if name in tables]:
        for rows in chunks(tables[name].rows):
            _references(rows, links[name], tables, notes)


def _references(rows: list[Row], columns: dict[str, str], tables: dict[str, Table], notes: Notes) -> None:
    said = [
        (row.at(column), target, part)
        for row in rows
        for column, target in columns.items()
        for part in (split(row.get(column)) if column.endswith("Ids") else [row.get(column)])
        if part
    ]
    known = {
        target: tables[target].shelf.known(part for _place, there, part in said if there == target)
        for target in {*columns.values()} & tables.keys()
    }
    for place, target, part in said:
        if part not in known.get(target, set()):
            notes.dangle(place, part, target)


def unique(table: Table, notes: Notes) -> Iterator[list[Row]]:
    """The rows with an id, each id once, some at a time: an identical repetition is tolerated, another is an error."""
    for rows in chunks(table.rows):
        firsts = table.shelf.first_parts(row.get("sourcedId") for row in rows)
        yield [row for row in rows if _is_first(row, firsts, table, notes)]


def _is_first(row: Row, firsts: dict[str, int], table: Table, notes: Notes) -> bool:
    key = identifier(row, "sourcedId", notes)
    if not key:
        return False
    first, place = firsts[key], row.at("sourcedId")
    if first == row.place.row:
        return True
    if table.cells(key, first) == row.cells:
        notes.tolerate(place, "repeated_row", _("la ligne répète la ligne %(row)s.") % {"row": first})
    else:
        words = _("l’identifiant «\u00a0%(key)s\u00a0» est déjà celui de la ligne %(row)s.")
        notes.refuse(place, words % {"key": key, "row": first})
    return False
