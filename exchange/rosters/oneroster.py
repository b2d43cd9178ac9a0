"""OneRoster 1.0 to 1.2 CSV (1EdTech): organisations, sessions, people and families."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from exchange.rosters import fields
from exchange.rosters.common import births_of, read_births, read_orgs, read_sessions, rows_of, status
from exchange.rosters.files import Row, Table, chunks
from exchange.rosters.people import Post, Posts, make_person, post_of
from exchange.rosters.records import CHUNK, Notes, Person, Place, Relation, Roster
from exchange.scratch import Scratch, Shelf, batches

MOST_HOMEROOMS = 20_000
"""Far more than a board has; their titles are in memory."""

#: How 1.0 calls what came to have another name; read in every version, where the later name is absent.
FORMER_NAMES = {
    "users": {"grades": "grade", "agentSourcedIds": "agents", "userIds": "userId"},
    "demographics": {"sourcedId": "userSourcedId"},
}
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


def read(tables: dict[str, Table], version: str, notes: Notes, scratch: Scratch) -> Roster:
    """The records of a OneRoster source; ``notes`` gets the rest."""
    tables = {name: table.named(FORMER_NAMES.get(name, {})) for name, table in tables.items()}
    if version != "1.0":
        _compare_with_manifest(tables, notes)
    fields.references(tables, LINKS, notes)
    for name in ("courses", "classes", "enrollments"):
        for row in tables[name].rows if name in tables else ():
            status(row, notes)
    roster = Roster(f"OneRoster {version}", scratch, has_orgs_file="orgs" in tables)
    roster.orgs = read_orgs(tables, notes)
    roster.sessions = read_sessions(tables, notes)
    posts = _posts_of_roles(tables, notes, scratch) if version == "1.2" or "roles" in tables else None
    births = read_births(tables, "sourcedId", notes, scratch)
    required = ("sourcedId",) if posts is not None else ("sourcedId", "role", "orgSourcedIds")
    homerooms = _homerooms(tables, scratch)
    agents = scratch.shelf()
    for users in rows_of(tables, "users", required, notes):
        keys = [row.get("sourcedId") for row in users]
        held = posts.of(keys) if posts is not None else None
        born = births_of(births, keys)
        at_home = {key: next(iter(titles.values())) for key, titles in homerooms.get(keys).items()}
        people = (_person(row, held, born, notes) for row in users)
        roster.add_people(one._replace(homeroom=at_home.get(one.key, "")) for one in people)
        told = ((row, fields.split(row.get("agentSourcedIds"))) for row in users)
        agents.put((row.get("sourcedId"), 0, some) for row, some in told if some)
    for listed in batches(agents, CHUNK):
        roster.tell_ties(key for key, _part, _some in listed)
        roster.add_relations(_relations({key: some for key, _part, some in listed}, roster, notes))
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
            notes.tolerate(row.at("value"), "manifest", words % {"name": name})


def _posts_of_roles(tables: dict[str, Table], notes: Notes, scratch: Scratch) -> Posts:
    """The rows of roles.csv by person."""
    posts = Posts(scratch)
    if "roles" not in tables:
        notes.refuse(Place("roles.csv"), _("le fichier manque; OneRoster 1.2 y met le rôle de chaque personne."))
        return posts
    if not fields.required_columns(tables["roles"], ("userSourcedId", "role", "orgSourcedId"), notes):
        return posts
    for rows in chunks(tables["roles"].rows):
        posts.add(
            (person, post_of(row, main=row.get("roleType").lower() == "primary"))
            for row in rows
            if status(row, notes) != "tobedeleted" and (person := fields.identifier(row, "userSourcedId", notes))
        )
    posts.refuse_crowds(tables["roles"].name)
    return posts


def _homerooms(tables: dict[str, Table], scratch: Scratch) -> Shelf:
    """The title of their homeroom, by student: the classes of that type, and who is enrolled in them."""
    found, titles = scratch.shelf(), dict[str, str]()
    for row in tables["classes"].rows if "classes" in tables and "enrollments" in tables else ():
        if row.get("classType").lower() == "homeroom" and not _is_gone(row) and len(titles) < MOST_HOMEROOMS:
            titles[row.get("sourcedId")] = (row.get("title") or row.get("classCode"))[:60]
    for rows in chunks(tables["enrollments"].rows) if titles else ():
        found.put(
            (row.get("userSourcedId"), 0, titles[row.get("classSourcedId")])
            for row in rows
            if row.get("classSourcedId") in titles and row.get("role").lower() == "student" and not _is_gone(row)
        )
    return found


def _is_gone(row: Row) -> bool:
    return row.get("status").lower() == "tobedeleted"


def _person(row: Row, posts: dict[str, list[Post]] | None, births: dict[str, date], notes: Notes) -> Person:
    if posts is None:
        orgs = fields.split(row.get("orgSourcedIds"))
        held = [Post(row.at("role"), row.get("role"), org, False, "") for org in orgs or [""]]
    else:
        held = posts.get(row.get("sourcedId"), [])
        if primary := row.get("primaryOrgSourcedId"):
            held = [post._replace(main=post.org == primary) for post in held]
            held = held or [Post(row.at("primaryOrgSourcedId"), "", primary, True, "")]
    state = status(row, notes)
    enabled = fields.truth(row.get("enabledUser"))
    if enabled is False:
        words = _("le compte est désactivé dans la source\u00a0: il ne permet pas de se connecter.")
        notes.tolerate(row.at("enabledUser"), "disabled_user", words)
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


def _relations(agents: dict[str, list[str]], roster: Roster, notes: Notes) -> Iterator[Relation]:
    """The families, told by the parents' agents, by the students' agents, or by both."""
    people = roster.people_of(set(agents).union(*agents.values()))
    for key, some in agents.items():
        person, place = people[key], people[key].place.at("agentSourcedIds")
        for agent in some:
            other = people.get(agent)
            if "guardian" in person.kinds and (other is None or "student" in other.kinds):
                yield Relation(place, person.key, agent, person.word)
            elif other is not None and "guardian" in other.kinds and "student" in person.kinds:
                yield Relation(place, agent, person.key, other.word)
            elif other is not None:
                words = _(
                    "le lien avec «\u00a0%(agent)s\u00a0» n’est pas celui d’un parent et d’un élève; il est laissé."
                )
                notes.tolerate(place, "relation_ignored", words % {"agent": agent})
