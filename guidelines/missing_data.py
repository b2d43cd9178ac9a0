"""The fourth answer, « Données insuffisantes »: what can't be assessed is said, and never passes for conforming."""

from dataclasses import dataclass
from datetime import date

from guidelines.catalogue import CATALOGUE, Guideline
from guidelines.evaluation import not_assessable
from guidelines.measures import Scope
from guidelines.models import Subject
from guidelines.numbers import Numbers
from guidelines.subjects import Named, named
from mentoring.models import Mentor
from people.models import SchoolBoard, User


def lacking(subject: Subject, *, on: date, numbers: Numbers | None = None) -> list[Guideline]:
    """The guidelines that can't be assessed for a subject on a day. One statement per measure of its kind.

    ``numbers`` are those in force that day, where the page has read them.
    """
    scope = scope_of(subject, on=on, numbers=numbers)
    return lacking_in(scope) if scope else []


def scope_of(subject: Subject, *, on: date, numbers: Numbers | None = None) -> Scope | None:
    """What a subject is measured in; None for who is of no board."""
    board = subject.person.board if isinstance(subject, Mentor) else subject.board
    return Scope(board, on, subject, numbers) if board else None


def lacking_in(scope: Scope) -> list[Guideline]:
    """The same, of the scope of a subject on a day."""
    return [CATALOGUE[lack.guideline] for lack in not_assessable(scope)]


@dataclass(frozen=True)
class Lacking:
    """A guideline, and the subjects that it can't be assessed for."""

    guideline: Guideline
    subjects: list[Named]


def lacking_everywhere(board: SchoolBoard, *, user: User, on: date) -> list[Lacking]:
    """By guideline, the subjects that the person may see and whose data does not suffice. Constant queries."""
    found = not_assessable(Scope(board, on))
    names = named(found, user)
    by_code: dict[str, list[Named]] = {}
    for lack in found:
        if subject := names.get((lack.subject, lack.subject_id)):
            by_code.setdefault(lack.guideline, []).append(subject)
    return [Lacking(CATALOGUE[code], subjects) for code, subjects in by_code.items()]
