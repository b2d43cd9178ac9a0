"""Microsoft School Data Sync v1 CSV: School, Student and Teacher; User and Guardianrelationship hold the families.

Section holds the terms, beside the classes, which are left.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext as _

from exchange.days import NoDay, read_day
from exchange.rosters import fields
from exchange.rosters.common import read_orgs, status
from exchange.rosters.files import MOST_ROWS, Row, Table, chunks
from exchange.rosters.people import Post, Posts, make_person
from exchange.rosters.records import Notes, Person, Place, Relation, Roster, Session
from exchange.scratch import Scratch

MOST_OF_A_YEAR = timedelta(days=240)
#: The files that are read, and how their columns go here.
NAMES = {
    "school": {"sourcedId": "SIS ID", "name": "Name"},
    "student": {
        "sourcedId": "SIS ID",
        "orgSourcedId": "School SIS ID",
        "username": "Username",
        "givenName": "First Name",
        "familyName": "Last Name",
        "email": "Secondary Email",
        "birthDate": "Birthdate",
    },
    "teacher": {
        "sourcedId": "SIS ID",
        "orgSourcedId": "School SIS ID",
        "username": "Username",
        "givenName": "First Name",
        "familyName": "Last Name",
        "email": "Secondary Email",
    },
    "user": {"givenName": "First Name", "familyName": "Last Name"},
    "guardianrelationship": {"student": "SIS ID"},
    "section": {
        "session": "Term SIS ID",
        "title": "Term Name",
        "startDate": "Term StartDate",
        "endDate": "Term EndDate",
    },
}
SCHOOL = {"School SIS ID": "school"}
LINKS = {
    "student": {"orgSourcedId": "school"},
    "teacher": {"orgSourcedId": "school"},
    "guardianrelationship": {"student": "student"},
    "section": SCHOOL,
    "studentenrollment": {"Section SIS ID": "section", "SIS ID": "student"},
    "teacherroster": {"Section SIS ID": "section", "SIS ID": "teacher"},
}


def read(tables: dict[str, Table], notes: Notes, scratch: Scratch) -> Roster:
    """The records of a School Data Sync 1 source; ``notes`` gets the rest."""
    tables = {name: table.named(NAMES.get(name, {})) for name, table in tables.items()}
    fields.references(tables, LINKS, notes)
    roster = Roster("School Data Sync 1", scratch, has_orgs_file="school" in tables)
    if "school" in tables:
        schools = {"orgs": tables["school"]}
        roster.orgs = [replace(school, type="school") for school in read_orgs(schools, notes)]
    else:
        notes.tolerate(Place("School.csv"), "missing_file", _("le fichier manque; rien n’en est lu."))
    roster.sessions = _terms(tables, notes)
    for name in ("student", "teacher"):
        for people in _people(tables, name, notes, scratch):
            roster.add_people(people)
    _families(tables, roster, notes)
    return roster


def _terms(tables: dict[str, Table], notes: Notes) -> list[Session]:
    """The terms of the classes, which each class says again, once each; one of most of a year is the school year.

    The classes are not kept: when a day is none that we read, their terms are left, and that is said.
    """
    if "section" not in tables or not tables["section"].has("startDate", "endDate"):
        return []
    found: dict[tuple[str, str, str], Session] = {}
    for row in tables["section"].rows:
        said = row.get("title") or row.get("session"), row.get("startDate"), row.get("endDate")
        if not all(said) or said in found:
            continue
        try:
            (starts, first), (ends, last) = read_day(said[1]), read_day(said[2])
        except NoDay as wrong:
            words = _("les étapes des classes ne sont pas lues\u00a0: une des deux dates %(why)s")
            notes.tolerate(row.at("startDate"), "unread_terms", words % {"why": wrong})
            return []
        if starts < ends and len(found) < MOST_ROWS["academicsessions"]:
            fields.say_read(row, "startDate", starts, first, notes)
            fields.say_read(row, "endDate", ends, last, notes)
            kind = "schoolyear" if ends - starts > MOST_OF_A_YEAR else "term"
            title = fields.clipped(row, "title", 60, notes) or said[0][:60]
            key = row.get("session") or said[0][: fields.KEY_LENGTH]
            found[said] = Session(row.place, key, title, kind, starts, ends + timedelta(days=1))
    return list(found.values())


def _people(tables: dict[str, Table], kind: str, notes: Notes, scratch: Scratch) -> Iterator[list[Person]]:
    """Those of a file, once each: one who works in two schools has a row in each."""
    if kind not in tables:
        notes.tolerate(Place(f"{kind.title()}.csv"), "missing_file", _("le fichier manque; rien n’en est lu."))
        return
    table = tables[kind]
    if not fields.required_columns(table, ("sourcedId", "orgSourcedId"), notes):
        return
    posts = Posts(scratch)
    for rows in chunks(table.rows):
        held = ((row.get("sourcedId"), Post(row.place, kind, row.get("orgSourcedId"), False, "")) for row in rows)
        posts.add((person, post) for person, post in held if person)
    posts.refuse_crowds(table.name)
    for rows in chunks(table.rows):
        firsts = table.shelf.first_parts(row.get("sourcedId") for row in rows)
        some = [row for row in rows if fields.identifier(row, "sourcedId", notes)]
        some = [row for row in some if firsts[row.get("sourcedId")] == row.place.row]
        of = posts.of(row.get("sourcedId") for row in some)
        yield [_person(row, of[row.get("sourcedId")], notes) for row in some]


def _person(row: Row, posts: list[Post], notes: Notes) -> Person:
    state = status(row, notes)
    return make_person(
        row,
        posts,
        notes,
        email=fields.email(row, ("username", "email"), notes),
        grade_column="grade",
        birth_date=fields.day(row, "birthDate", notes),
        active=state == "active",
        gone=state == "tobedeleted",
    )


def _families(tables: dict[str, Table], roster: Roster, notes: Notes) -> None:
    """The contacts of User.csv, known by their address, and whose they are."""
    if "user" not in tables or "guardianrelationship" not in tables:
        notes.tolerate(Place("User.csv"), "missing_file", _("le fichier manque; aucun parent n’est lu."))
        return
    contacts, ties = tables["user"], tables["guardianrelationship"]
    if not fields.optional_columns(contacts, ("Email",), notes):
        return
    if not fields.optional_columns(ties, ("student", "Email"), notes):
        return
    for rows in chunks(ties.rows):
        read = [tie for row in rows if (tie := _tie(row, notes)) is not None]
        roster.add_relations(read)
        roster.tell_ties(tie.student for tie in read)
    for rows in chunks(contacts.rows):
        found = [(row, fields.email(row, ("email",), notes)) for row in rows]
        roster.add_people(_contact(row, address, notes) for row, address in found if address)


def _tie(row: Row, notes: Notes) -> Relation | None:
    word, student = row.get("Role"), fields.identifier(row, "student", notes)
    if word and word.lower() not in fields.GUARDIAN_ROLES:
        words = _("le lien «\u00a0%(word)s\u00a0» n’est pas celui d’un parent; il n’est pas gardé.")
        notes.tolerate(row.at("Role"), "relation_ignored", words % {"word": word})
        return None
    return Relation(row.at("Email"), row.get("Email").lower(), student, word) if student and row.get("Email") else None


def _contact(row: Row, address: str, notes: Notes) -> Person:
    contact = make_person(
        row,
        [],
        notes,
        email=address,
        grade_column="grade",
        birth_date=None,
        active=True,
        gone=False,
        kinds=frozenset({"guardian"}),
    )
    named = contact.given_name or contact.family_name
    return contact._replace(key=address, family_name=contact.family_name if named else address.partition("@")[0][:120])
