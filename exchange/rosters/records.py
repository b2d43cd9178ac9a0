"""What every kind of roster is read into: records that name where they come from, and what was noted on the way."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from exchange.reading import Refused, Tolerance
from exchange.scratch import Entry, Scratch, Shelf, batches
from people.models import User

N = TypeVar("N")
CHUNK = 500
#: As many as anyone reads.
MOST_ERRORS = 1000
MOST_CHARACTERS = 400
#: As many as anyone answers.
MOST_ASKED = 200
#: Far more than a board has schools.
MOST_ORGS = 10_000
#: A list that nobody reads to the end any more, and how much of it is written to disk at a time.
MOST_SAID = 1_000_000
WAITING = 1000

FILES = {"orgs": "orgs.csv", "users": "users.csv", "academicsessions": "academicSessions.csv"}


class Place(NamedTuple):
    """A cell of a file; ``row`` is the one that a spreadsheet shows (the header is row 1)."""

    file: str
    row: int | None = None
    column: str = ""

    def at(self, column: str) -> "Place":
        return Place(self.file, self.row, column)

    def __str__(self) -> str:
        parts = [self.file]
        if self.row is not None:
            parts.append(_("ligne %(row)d") % {"row": self.row})
        if self.column:
            parts.append(_("colonne %(column)s") % {"column": self.column})
        return ", ".join(parts)


@dataclass(frozen=True)
class Note:
    """Something said about a cell: a tolerance (with its ``kind``), a dangling reference or an error."""

    place: Place
    kind: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {**self.place._asdict(), "kind": self.kind, "message": self.message}

    def __str__(self) -> str:
        return f"{self.place}\u00a0: {self.message}"


@dataclass(frozen=True)
class Dangling:
    """A reference to an id that the file does not hold; ``target`` is the file where it was looked for."""

    place: Place
    value: str
    target: str

    def as_json(self) -> dict[str, Any]:
        return {**self.place._asdict(), "value": self.value, "target": self.target}

    def __str__(self) -> str:
        words = _("la référence «\u00a0%(value)s\u00a0» ne mène nulle part (%(target)s).")
        return f"{self.place}\u00a0: {words % {'value': self.value, 'target': self.target}}"


class Log(Generic[N]):
    """Items of one kind in the order in which they were said, on disk; past ``MOST_SAID`` they are only counted."""

    def __init__(self, shelf: Shelf, make: Callable[..., N]) -> None:
        self._shelf, self._make = shelf, make
        self._waiting: list[Entry] = []
        self.said = self.more = 0

    def say(self, place: Place, *words: str, key: str = "") -> None:
        if self.said == MOST_SAID:
            self.more += 1
            return
        self.said += 1
        self._waiting.append((key, self.said, (place.file, place.row, place.column, *words)))
        if len(self._waiting) == WAITING:
            self._settle()

    def forget(self, keys: Iterable[str]) -> None:
        self._settle()
        self._shelf.drop(keys)

    def __len__(self) -> int:
        self._settle()
        return len(self._shelf) + self.more

    def __iter__(self) -> Iterator[N]:
        self._settle()
        for _key, _part, (file, row, column, *words) in self._shelf:
            yield self._make(Place(file, row, column), *words)

    def _settle(self) -> None:
        self._shelf.put(self._waiting)
        self._waiting = []


@dataclass(frozen=True)
class Question:
    """What a person decides before an import does it: ``code`` says what, ``key`` of whom, ``yes`` the deed."""

    code: str
    key: str
    sentence: str
    yes: str

    @property
    def name(self) -> str:
        return f"{self.code} {self.key}"


class Notes:
    """All that one import has to say, in the order of the files; of the errors, the first and how many more.

    ``agreed`` names the questions (``Question.name``) to which ``person`` said yes: nothing else that is asked is done.
    """

    def __init__(self, scratch: Scratch, *, agreed: frozenset[str] = frozenset(), person: User | None = None) -> None:
        self.agreed, self.person, self.questions = agreed, person, list[Question]()
        self.tolerances = Log(scratch.shelf(), Note)
        self.dangling = Log(scratch.shelf(), Dangling)
        self.errors: list[Note] = []
        self.more_errors = 0

    def tolerate(self, place: Place, kind: str, message: str) -> None:
        self.tolerances.say(place, kind, message)

    def tolerate_all(self, tolerances: Iterable[Tolerance]) -> None:
        for one in tolerances:
            self.tolerate(Place(one.file, one.row or None, one.column), one.kind, one.sentence)

    def ask(self, question: Question) -> bool:
        """Ask, and answer whether it was said yes to; the first of them are kept, for the page."""
        if len(self.questions) < MOST_ASKED:
            self.questions.append(question)
        return question.name in self.agreed

    def dangle(self, place: Place, value: str, target: str) -> None:
        self.dangling.say(place, value, target, key=f"{target} {value}")

    def refuse(self, place: Place, message: str, kind: str = "error") -> None:
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(Note(place, kind, Truncator(message).chars(MOST_CHARACTERS)))
        else:
            self.more_errors += 1

    def refuse_all(self, refused: Refused) -> None:
        for problem in refused.problems:
            self.refuse(Place(problem.file, problem.row or None, problem.column), problem.sentence)


@dataclass(frozen=True)
class Org:
    place: Place
    key: str
    name: str
    type: str
    parent: str = ""
    gone: bool = False


@dataclass(frozen=True)
class Session:
    """A school year or a part of one; ``ends_on`` is already the first day that no longer counts."""

    place: Place
    key: str
    title: str
    type: str
    starts_on: date
    ends_on: date
    parent: str = ""
    school_year: str = ""


class Person(NamedTuple):
    """Someone of the roster; ``None`` means that the file says nothing, and what is known stays."""

    place: Place
    key: str
    given_name: str
    family_name: str
    kinds: frozenset[str]  # of "student", "guardian", "adult"
    orgs: tuple[str, ...] = ()
    main_org: str = ""  # when the file names one
    email: str | None = None
    phone: str = ""
    grade: int | None = None
    grade_given: bool = False
    birth_date: date | None = None
    active: bool = True
    gone: bool = False
    word: str = ""  # the role as the file says it
    named: bool = True  # else the identifier took the place of a name that the file does not say
    homeroom: str = ""

    def lacks(self) -> list[str]:
        """What is expected of such a person and is not there, and for how many that could be."""
        if "student" in self.kinds:
            facts = {"birth_date": self.birth_date, "grade": self.grade}
            return ["students", *(name for name, value in facts.items() if value is None)]
        if "adult" in self.kinds:
            return ["adults", *([] if self.email else ["email"])]
        return []

    @property
    def is_adult(self) -> bool:
        return "adult" in self.kinds and not self.gone


class Relation(NamedTuple):
    """An adult of a student's family; ``word`` is the roster's own name of the link."""

    place: Place
    person: str
    student: str
    word: str

    @property
    def key(self) -> str:
        return f"{self.person}:{self.student}"


class Roster:
    """Few organisations and sessions, in memory; any number of people and of families, on disk."""

    def __init__(self, format: str, scratch: Scratch, *, has_orgs_file: bool = True) -> None:
        self.format, self.scratch, self.has_orgs_file = format, scratch, has_orgs_file
        self.orgs: list[Org] = []
        self.sessions: list[Session] = []
        self.peopled: set[str] = set()
        """The organisations that someone belongs to: those of the file, or without one all, up to a bound."""
        self.lacking: Counter[str] = Counter()
        """How many people want for a fact that is expected of them: "students" and "adults", then the column."""
        self._people, self._relations, self.linked, self.addresses = (scratch.shelf() for _shelf in range(4))
        self._telling = scratch.shelf()

    def add_people(self, people: Iterable[Person]) -> None:
        people = list(people)
        self._people.put((person.key, f"{person.place.row} {person.place.file}", packed(person)) for person in people)
        self.lacking.update(fact for person in people if not person.gone for fact in person.lacks())
        self.addresses.put((p.email, p.place.row, (p.key, *p.place)) for p in people if p.email and p.is_adult)
        orgs = {org for person in people if person.kinds and not person.gone for org in person.orgs}
        if self.has_orgs_file:
            self.peopled |= orgs & {org.key for org in self.orgs}
        elif len(self.peopled) < MOST_ORGS:
            self.peopled |= orgs

    def add_relations(self, relations: Iterable[Relation]) -> None:
        """Keep the families, each tie of an adult and a student once."""
        relations = list(relations)
        self._relations.put((one.key, 0, (tuple(one.place), *one[1:])) for one in relations)
        self.linked.put((one.person, 0, None) for one in relations)

    def tell_ties(self, people: Iterable[str]) -> None:
        """Remember that the rows of these people list all of their family, or of their children."""
        self._telling.put((person, 0, None) for person in people)

    def telling(self, people: Iterable[str]) -> set[str]:
        return self._telling.known(people)

    def ties(self, keys: Iterable[str]) -> set[str]:
        """Those of these ties (``Relation.key``) that the source holds."""
        return self._relations.known(keys)

    @property
    def tells_ties(self) -> bool:
        """Whether the source holds any tie of a family."""
        return len(self._relations) > 0

    @property
    def weight(self) -> int:
        """How many people and ties there are to write."""
        return len(self._people) + len(self._relations)

    def people(self) -> Iterator[list[Person]]:
        """Everyone in the order of the file, some at a time."""
        return batches((unpacked(value) for _key, _row, value in self._people), CHUNK)

    def people_of(self, keys: Iterable[str]) -> dict[str, Person]:
        return {key: unpacked(value) for key, values in self._people.get(keys).items() for value in values.values()}

    def relations(self) -> Iterator[list[Relation]]:
        values = (value for _key, _part, value in self._relations)
        return batches((Relation(Place(*place), *rest) for place, *rest in values), CHUNK)

    def top_district(self) -> str:
        """The name of the organisation that holds the others, if the file says so."""
        tops: Iterable[Org] = (
            o for o in self.orgs if not o.gone and o.type in {"district", "local", "localeducationagency"}
        )
        return next((o.name for o in tops), "")


def packed(person: Person) -> tuple[Any, ...]:
    """A person as a shelf may hold one."""
    return (
        tuple(person.place),
        person.birth_date and person.birth_date.isoformat(),
        *person._replace(birth_date=None)[1:],
    )


def unpacked(value: tuple[Any, ...]) -> Person:
    place, birth_date, *rest = value
    person = Person(Place(*place), *rest)
    return person._replace(birth_date=date.fromisoformat(birth_date)) if birth_date else person
