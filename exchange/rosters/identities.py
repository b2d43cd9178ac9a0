"""What a roster's row says that somebody is, against who is known under its number."""

from collections.abc import Mapping
from typing import Any

from exchange.rosters.records import Notes, Person
from people.identity import (
    Identity,
    is_double,
    known_elsewhere,
    perhaps_the_same,
    refusal,
    refusal_of_double,
    same_person,
)
from people.models import Guardian, SchoolBoard, Student, User

ANOTHER, PERHAPS = "another_identity", "perhaps_the_same"


def told(person: Person) -> Identity:
    """What the row says: an identifier that stands for a name says nothing."""
    return Identity.of(person) if person.named else Identity("", "", person.birth_date)


def names_of(person: Person, known: object) -> dict[str, Any]:
    """The names to write; those of somebody known stay when the row gives none."""
    if known is not None and not person.named:
        return {}
    return {"given_name": person.given_name, "family_name": person.family_name}


def is_same(person: Person, known: User | Student | Guardian | None, notes: Notes) -> bool:
    """Whether the row may be written on whom its number names; an error of its place when it may not."""
    if known is None or same_person(before := Identity.of(known), told(person)):
        return True
    notes.refuse(person.place, refusal(before, told(person)), ANOTHER)
    return False


def without_doubles(
    people: list[Person], board: SchoolBoard, known: Mapping[str, Student], notes: Notes
) -> list[Person]:
    """The students to write: who has the name and birth date of another number is said, and one who would take them
    is refused. One query."""
    elsewhere = known_elsewhere(board, {person.key: told(person) for person in people})
    kept = []
    for person in people:
        before = Identity.of(known[person.key]) if person.key in known else None
        other = elsewhere.get(person.key)
        if other and before and not is_double(before, told(person)):
            notes.refuse(person.place, refusal_of_double(before, told(person), other), ANOTHER)
            continue
        if other:
            notes.tolerate(person.place, PERHAPS, perhaps_the_same(other))
        kept.append(person)
    return kept
