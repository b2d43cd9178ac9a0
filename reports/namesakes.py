"""People of one name told apart in a file as on the pages, although its rows come one at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet

from people.apart import tell_apart
from people.models import Student, User
from people.models.names import NamedPerson


@dataclass(frozen=True)
class Namesakes:
    """What differs between those who share a name in a file, known before its first row leaves."""

    students: Mapping[int, str]
    adults: Mapping[int, str]

    @classmethod
    def among(cls, students: QuerySet[Student], adults: QuerySet[User]) -> Self:
        """Of those that the file names. Two queries."""
        return cls(_told(students), _told(adults.select_related("school")))

    def tell(self, *people: NamedPerson) -> None:
        """Let each carry what differs (``NamedPerson.apart``)."""
        for one in people:
            known = self.students if isinstance(one, Student) else self.adults
            one.apart = known.get(one.pk, "")

    def has(self, student: int | None, adult: int | None) -> bool:
        """Whether one of the two shares a name; most rows of a file have neither."""
        return student in self.students or adult in self.adults

    def student(self, pk: int | None, name: str) -> str:
        """A name that the database said, with what differs in brackets."""
        return _with(name, self.students.get(pk or 0))

    def adult(self, pk: int | None, name: str) -> str:
        return _with(name, self.adults.get(pk or 0))


def _told(rows: "QuerySet[Any]") -> dict[int, str]:
    return {one.pk: one.apart for one in tell_apart(rows) if one.apart}


def _with(name: str, apart: str | None) -> str:
    return f"{name} ({apart})" if apart else name
