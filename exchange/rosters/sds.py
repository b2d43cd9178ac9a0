"""Microsoft School Data Sync v2.1 CSV: roles.csv holds the posts, relationships.csv the families."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from exchange.rosters import fields
from exchange.rosters.common import births_of, read_births, read_orgs, read_sessions, rows_of
from exchange.rosters.files import Row, Table, chunks
from exchange.rosters.people import Post, Posts, make_person, post_of
from exchange.rosters.records import Notes, Person, Place, Relation, Roster
from exchange.scratch import Scratch

LINKS = {
    "orgs": {"parentSourcedId": "orgs"},
    "roles": {"userSourcedId": "users", "orgSourcedId": "orgs", "sessionSourcedId": "academicsessions"},
    "relationships": {"userSourcedId": "users", "relationshipUserSourcedId": "users"},
    "demographics": {"userSourcedId": "users"},
    "userflags": {"userSourcedId": "users"},
    "courses": {"orgSourcedId": "orgs", "schoolYearSourcedId": "academicsessions"},
    "classes": {"orgSourcedId": "orgs", "sessionSourcedIds": "academicsessions", "courseSourcedId": "courses"},
    "enrollments": {"classSourcedId": "classes", "userSourcedId": "users"},
}


def read(tables: dict[str, Table], notes: Notes, scratch: Scratch) -> Roster:
    """The records of a School Data Sync source; ``notes`` gets the rest."""
    fields.references(tables, LINKS, notes)
    roster = Roster("School Data Sync 2.1", scratch, has_orgs_file="orgs" in tables)
    roster.orgs = read_orgs(tables, notes)
    roster.sessions = read_sessions(tables, notes)
    posts = _posts(tables, notes, scratch)
    for relations in _relations(tables, notes):
        roster.add_relations(relations)
        roster.tell_ties(relation.student for relation in relations)
    births = read_births(tables, "userSourcedId", notes, scratch)
    for users in rows_of(tables, "users", ("sourcedId",), notes):
        keys = [row.get("sourcedId") for row in users]
        held, parents, born = posts.of(keys), roster.linked.known(keys), births_of(births, keys)
        roster.add_people(_person(row, held, parents, born, notes) for row in users)
    return roster


def _posts(tables: dict[str, Table], notes: Notes, scratch: Scratch) -> Posts:
    posts = Posts(scratch)
    if "roles" not in tables:
        notes.refuse(Place("roles.csv"), _("le fichier manque; School Data Sync y met le rôle de chaque personne."))
    elif fields.required_columns(tables["roles"], ("userSourcedId", "orgSourcedId", "role"), notes):
        for rows in chunks(tables["roles"].rows):
            posts.add(
                (person, post_of(row, main=fields.truth(row.get("isPrimary")) is True))
                for row in rows
                if (person := fields.identifier(row, "userSourcedId", notes))
            )
        posts.refuse_crowds(tables["roles"].name)
    return posts


def _relations(tables: dict[str, Table], notes: Notes) -> Iterator[list[Relation]]:
    if "relationships" not in tables:
        notes.tolerate(Place("relationships.csv"), "missing_file", _("le fichier manque; aucun parent n’est lu."))
        return
    columns = ("userSourcedId", "relationshipUserSourcedId", "relationshipRole")
    if fields.optional_columns(tables["relationships"], columns, notes):
        for rows in chunks(tables["relationships"].rows):
            yield [relation for row in rows if (relation := _relation(row, notes)) is not None]


def _relation(row: Row, notes: Notes) -> Relation | None:
    columns = ("userSourcedId", "relationshipUserSourcedId")
    student, person = (fields.identifier(row, column, notes) for column in columns)
    word = row.get("relationshipRole")
    if word.lower() not in fields.GUARDIAN_ROLES:
        words = _("le lien «\u00a0%(word)s\u00a0» n’est pas celui d’un parent; il n’est pas gardé.")
        notes.tolerate(row.at("relationshipRole"), "relation_ignored", words % {"word": word})
    elif student and person:
        return Relation(row.at("relationshipUserSourcedId"), person, student, word)
    return None


def _person(row: Row, posts: dict[str, list[Post]], parents: set[str], births: dict[str, date], notes: Notes) -> Person:
    key = row.get("sourcedId")
    return make_person(
        row,
        posts.get(key, []),
        notes,
        email=fields.email(row, ("email", "username"), notes),
        grade_column="grade",
        birth_date=births.get(key),
        active=True,
        gone=False,
        kinds=frozenset({"guardian"}) if key in parents else frozenset(),
    )
