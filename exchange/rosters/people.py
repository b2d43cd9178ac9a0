"""One person out of a row of users and the posts that they hold, whatever the format."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from exchange.reading import refuse
from exchange.rosters import fields
from exchange.rosters.fields import KEY_LENGTH
from exchange.rosters.files import Row
from exchange.rosters.records import Notes, Person, Place
from exchange.scratch import Scratch

MOST_POSTS = 200


class Post(NamedTuple):
    """A role held in an organisation."""

    place: Place
    role: str
    org: str
    main: bool
    grade: str


def post_of(row: Row, *, main: bool) -> Post:
    return Post(row.at("role"), row.get("role"), row.get("orgSourcedId"), main, row.get("grade"))


class Posts:
    """The posts of people by id, as roles.csv says them, on disk."""

    def __init__(self, scratch: Scratch) -> None:
        self._shelf = scratch.shelf()

    def add(self, held: Iterable[tuple[str, Post]]) -> None:
        self._shelf.put((person, post.place.row, (tuple(post.place), *post[1:])) for person, post in held)

    def refuse_crowds(self, name: str) -> None:
        """Raise ``Refused`` when one person has more posts than can be: a person's are held in memory together."""
        person, count = self._shelf.most_of_one()
        if count > MOST_POSTS:
            words = _("«\u00a0%(person)s\u00a0» y a plus de %(max)d rôles.")
            raise refuse(name, words % {"person": person[:KEY_LENGTH], "max": MOST_POSTS})

    def of(self, people: Iterable[str]) -> dict[str, list[Post]]:
        found = self._shelf.get(people)
        return {
            person: [Post(Place(*place), *rest) for place, *rest in posts.values()] for person, posts in found.items()
        }


def kinds_of(posts: list[Post], notes: Notes) -> frozenset[str]:
    """Student, guardian, adult: an unknown role is an adult's, since it opens nothing; a student is nothing else."""
    kinds: set[str] = set()
    for post in {post.role: post for post in posts}.values():
        word = post.role.lower().replace(" ", "").replace("_", "").replace("-", "")
        if word in fields.STUDENT_ROLES:
            kinds.add("student")
        elif word in fields.GUARDIAN_ROLES:
            kinds.add("guardian")
        elif word:
            kinds.add("adult")
            if word not in fields.ADULT_ROLES:
                words = _("le rôle «\u00a0%(role)s\u00a0» est inconnu; il est lu comme celui d’un adulte, sans accès.")
                notes.tolerate(post.place, "unknown_role", words % {"role": post.role})
    if "student" in kinds and len(kinds) > 1:
        words = _("la personne a un rôle d’élève et un rôle d’adulte; elle est lue comme élève.")
        notes.tolerate(posts[0].place, "mixed_roles", words)
        return frozenset({"student"})
    return frozenset(kinds)


def make_person(
    row: Row,
    posts: list[Post],
    notes: Notes,
    *,
    email: str | None,
    grade_column: str,
    birth_date: date | None,
    active: bool,
    gone: bool,
    kinds: frozenset[str] = frozenset(),
) -> Person:
    """The record of a row; ``kinds`` adds what relations say of someone who holds no post."""
    kinds |= kinds_of(posts, notes)
    if not kinds and not gone:
        notes.tolerate(row.place, "no_role", _("la personne n’a aucun rôle; elle n’est pas importée."))
    given = fields.clipped(row, "givenName", 120, notes)
    family = fields.clipped(row, "familyName", 120, notes)
    named = bool(given or family)
    if not named:
        family = (row.get("username") or row.get("sourcedId")).partition("@")[0][:120]
        notes.tolerate(row.at("familyName"), "missing_name", _("le nom manque; l’identifiant en tient lieu."))
    ordered = sorted(posts, key=lambda post: not post.main)
    orgs = tuple(dict.fromkeys(post.org for post in ordered if post.org))
    graded = _grade_row(row, ordered, grade_column)
    return Person(
        place=row.place,
        key=row.get("sourcedId"),
        given_name=given,
        family_name=family,
        kinds=kinds,
        orgs=orgs,
        main_org=orgs[0] if orgs and ordered[0].main else "",
        email=email,
        phone=(row.get("phone") or row.get("sms"))[:40],
        grade=fields.grade(graded, grade_column, notes) if "student" in kinds and not gone else None,
        grade_given=bool(graded.get(grade_column)),
        birth_date=birth_date if "student" in kinds else None,
        active=active,
        gone=gone,
        word=row.get("role"),
        named=named,
    )


def _grade_row(row: Row, posts: list[Post], column: str) -> Row:
    """Where the year is written: with the person, else with the post as a student."""
    if row.get(column):
        return row
    post = next((p for p in posts if p.grade and p.role.lower() in fields.STUDENT_ROLES), None)
    return Row(post.place, {column.lower(): post.grade}) if post else row
