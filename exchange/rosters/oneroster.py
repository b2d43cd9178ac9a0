"""OneRoster 1.1 and 1.2 CSV (1EdTech): organisations, sessions, people and families."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from exchange.rosters import fields
from exchange.rosters.common import read_births, read_orgs, read_sessions, rows_of, status
from exchange.rosters.files import Row, Table
from exchange.rosters.people import Post, make_person
from exchange.rosters.records import Notes, Person, Place, Relation, Roster

Posts = dict[str, list[Post]]
LINKS = {
    "orgs": {"parentSourcedId": "orgs"},
    "academicsessions": {"parentSourcedId": "academicsessions"},
    "users": {"orgSourcedIds": "orgs", "agentSourcedIds": "users", "primaryOrgSourcedId": "orgs"},
    "roles": {"userSourcedId": "users", "orgSourcedId": "orgs"},
    "demographics": {"sourcedId": "users"},
    "courses": {"orgSourcedId": "orgs", "schoolYearSourcedId": "academicsessions"},
    "classes": {"schoolSourcedId": "orgs", "courseSourcedId": "courses", "termSourcedIds": "academicsessions"},
    "enrollments": {"classSourcedId": "classes", "schoolSourcedId": "orgs", "userSourcedId": "users"},
}


def read(tables: dict[str, Table], version: str, notes: Notes) -> Roster:
    """The records of a OneRoster source; ``notes`` gets the rest."""
    _compare_with_manifest(tables, notes)
    fields.references(tables, LINKS, notes)
    for name in ("courses", "classes", "enrollments"):
        for row in tables[name].rows if name in tables else ():
            status(row, notes)
    roster = Roster(f"OneRoster {version}", has_orgs_file="orgs" in tables)
    roster.orgs = read_orgs(tables, notes)
    roster.sessions = read_sessions(tables, notes)
    posts = _posts_of_roles(tables, notes) if version == "1.2" or "roles" in tables else None
    births = read_births(tables, "sourcedId", notes)
    required = ("sourcedId",) if posts is not None else ("sourcedId", "role", "orgSourcedIds")
    users = rows_of(tables, "users", required, notes)
    roster.people = [_person(row, posts, births, notes) for row in users]
    roster.relations = _relations(users, {person.key: person for person in roster.people}, notes)
    return roster


def _compare_with_manifest(tables: dict[str, Table], notes: Notes) -> None:
    if "manifest" not in tables:
        notes.tolerate(
            Place("manifest.csv"), "missing_file", _("le fichier manque; le format est déduit des colonnes.")
        )
        return
    for row in tables["manifest"].rows:
        prefix, _dot, name = row.get("propertyName").partition(".")
        if prefix.lower() == "file" and (row.get("value").lower() != "absent") != (name.lower() in tables):
            words = (
                _("le manifeste dit %(name)s.csv absent; il est lu quand même.")
                if name.lower() in tables
                else _("le manifeste annonce %(name)s.csv, qui manque.")
            )
            notes.tolerate(row.place.at("value"), "manifest", words % {"name": name})


def _posts_of_roles(tables: dict[str, Table], notes: Notes) -> Posts:
    """The rows of roles.csv by person."""
    posts: Posts = {}
    if "roles" not in tables:
        notes.refuse(Place("roles.csv"), _("le fichier manque; OneRoster 1.2 y met le rôle de chaque personne."))
        return posts
    if not fields.required_columns(tables["roles"], ("userSourcedId", "role", "orgSourcedId"), notes):
        return posts
    for row in tables["roles"].rows:
        if status(row, notes) != "tobedeleted" and (person := fields.identifier(row, "userSourcedId", notes)):
            main = row.get("roleType").lower() == "primary"
            post = Post(row.place.at("role"), row.get("role"), row.get("orgSourcedId"), main, row.get("grade"))
            posts.setdefault(person, []).append(post)
    return posts


def _person(row: Row, posts: Posts | None, births: dict[str, date], notes: Notes) -> Person:
    if posts is None:
        orgs = fields.split(row.get("orgSourcedIds"))
        held = [Post(row.place.at("role"), row.get("role"), org, False, "") for org in orgs or [""]]
    else:
        held = posts.get(row.get("sourcedId"), [])
        if primary := row.get("primaryOrgSourcedId"):
            held = [replace(post, main=post.org == primary) for post in held]
            held = held or [Post(row.place.at("primaryOrgSourcedId"), "", primary, True, "")]
    state = status(row, notes)
    enabled = fields.truth(row.get("enabledUser"))
    if enabled is False:
        words = _("le compte est désactivé dans la source\u00a0: il ne permet pas de se connecter.")
        notes.tolerate(row.place.at("enabledUser"), "disabled_user", words)
    return make_person(
        row,
        held,
        notes,
        email=fields.email(row, ("email",), notes),
        grade_column="grades",
        birth_date=births.get(row.get("sourcedId")),
        active=state == "active" and enabled is not False,
        gone=state == "tobedeleted",
    )


def _relations(users: list[Row], people: dict[str, Person], notes: Notes) -> list[Relation]:
    """The families, told by the parents' agents, by the students' agents, or by both."""
    relations: dict[tuple[str, str], Relation] = {}
    words_of = {row.get("sourcedId"): row.get("role") for row in users}
    for row in users:
        person = people[row.get("sourcedId")]
        for agent in fields.split(row.get("agentSourcedIds")):
            other = people.get(agent)
            place = row.place.at("agentSourcedIds")
            if "guardian" in person.kinds and (other is None or "student" in other.kinds):
                parent, student = person.key, agent
            elif other is not None and "guardian" in other.kinds and "student" in person.kinds:
                parent, student = agent, person.key
            else:
                if other is not None:
                    words = _(
                        "le lien avec «\u00a0%(agent)s\u00a0» n’est pas celui d’un parent et d’un élève; il est laissé."
                    )
                    notes.tolerate(place, "relation_ignored", words % {"agent": agent})
                continue
            relations.setdefault((parent, student), Relation(place, parent, student, words_of.get(parent, "")))
    return list(relations.values())
