"""Microsoft School Data Sync v2.1 CSV: roles.csv holds the posts, relationships.csv the families."""

from datetime import date

from django.utils.translation import gettext as _

from exchange.rosters import fields
from exchange.rosters.common import read_births, read_orgs, read_sessions, rows_of
from exchange.rosters.files import Row, Table
from exchange.rosters.people import Post, make_person
from exchange.rosters.records import Notes, Person, Place, Relation, Roster

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


def read(tables: dict[str, Table], notes: Notes) -> Roster:
    """The records of a School Data Sync source; ``notes`` gets the rest."""
    fields.references(tables, LINKS, notes)
    roster = Roster("School Data Sync 2.1", has_orgs_file="orgs" in tables)
    roster.orgs = read_orgs(tables, notes)
    roster.sessions = read_sessions(tables, notes)
    posts = _posts(tables, notes)
    roster.relations = _relations(tables, notes)
    births = read_births(tables, "userSourcedId", notes)
    parents = {relation.person for relation in roster.relations}
    for row in rows_of(tables, "users", ("sourcedId",), notes):
        roster.people.append(_person(row, posts, parents, births, notes))
    return roster


def _posts(tables: dict[str, Table], notes: Notes) -> dict[str, list[Post]]:
    posts: dict[str, list[Post]] = {}
    if "roles" not in tables:
        notes.refuse(Place("roles.csv"), _("le fichier manque; School Data Sync y met le rôle de chaque personne."))
    elif fields.required_columns(tables["roles"], ("userSourcedId", "orgSourcedId", "role"), notes):
        for row in tables["roles"].rows:
            if person := fields.identifier(row, "userSourcedId", notes):
                main = fields.truth(row.get("isPrimary")) is True
                post = Post(row.place.at("role"), row.get("role"), row.get("orgSourcedId"), main, row.get("grade"))
                posts.setdefault(person, []).append(post)
    return posts


def _relations(tables: dict[str, Table], notes: Notes) -> list[Relation]:
    relations: dict[tuple[str, str], Relation] = {}
    if "relationships" not in tables:
        notes.tolerate(Place("relationships.csv"), "missing_file", _("le fichier manque; aucun parent n’est lu."))
        return []
    columns = ("userSourcedId", "relationshipUserSourcedId", "relationshipRole")
    if not fields.required_columns(tables["relationships"], columns, notes):
        return []
    for row in tables["relationships"].rows:
        student, person = (fields.identifier(row, column, notes) for column in columns[:2])
        word = row.get("relationshipRole")
        if word.lower() not in fields.GUARDIAN_ROLES:
            words = _("le lien «\u00a0%(word)s\u00a0» n’est pas celui d’un parent; il n’est pas gardé.")
            notes.tolerate(row.place.at("relationshipRole"), "relation_ignored", words % {"word": word})
        elif student and person:
            place = row.place.at("relationshipUserSourcedId")
            relations.setdefault((person, student), Relation(place, person, student, word))
    return list(relations.values())


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
