"""A student's file: to whom it opens and why, who opened it, and what one reader is told of that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_

from django.db.models import QuerySet
from django.utils.text import capfirst

from people.audit_verbs import (
    LOOK_FILE_OPENED,
    STUDENT_DATA_EXPORTED,
    STUDENT_OPENED,
    STUDENT_REASON_GIVEN,
    STUDENT_SHEET_EXPORTED,
)
from people.models import AuditEntry, Membership, Student, User
from people.ways import EVERY_WAY, LEAD, MANAGER, OF_GROUPS, OFFICER, TIES, Charge, Tie

CHARGES = (LEAD, MANAGER, OFFICER)
OF_ROLE = {str(charge.role): charge for charge in CHARGES}
OPENINGS = (
    STUDENT_OPENED.code, STUDENT_REASON_GIVEN.code, LOOK_FILE_OPENED.code, STUDENT_SHEET_EXPORTED.code,
    STUDENT_DATA_EXPORTED.code,
)  # fmt: skip
SHOWN = 30
"""Of who opened a file, the last so many."""


@dataclass(frozen=True)
class Opening:
    """One way by which a file opens to somebody; ``program`` is None where no programme has a say."""

    way: Tie | Charge
    program: int | None
    place: str

    @property
    def words(self) -> str:
        """« responsable de programme, Mentorat »."""
        return ", ".join(part for part in (str(self.way.words), self.place) if part)


@dataclass(frozen=True)
class Reader:
    """Somebody to whom the file opens, with all the ways by which it does."""

    person: User
    openings: Sequence[Opening]

    @property
    def codes(self) -> set[str]:
        return {opening.way.code for opening in self.openings}

    @property
    def words(self) -> str:
        return capfirst("; ".join(dict.fromkeys(opening.words for opening in self.openings)))


@dataclass(frozen=True)
class Reading:
    """One person's look at a student's file on a day.

    ``whole``: by the privacy officer who said why, who reads all that the board keeps of the student. Everyone else
    reads what the querysets give them.
    """

    student: Student
    user: User
    on: date
    why: Sequence[Opening]
    readers: Sequence[Reader]
    whole: bool

    @property
    def codes(self) -> set[str]:
        return {opening.way.code for opening in self.why}

    @property
    def answers_for(self) -> bool:
        """Whether the person answers for the file: they are told who opened it."""
        return self.whole or bool(self.codes & {LEAD.code, MANAGER.code})

    @property
    def manages(self) -> bool:
        """Whether nothing of the student's is out of their scope."""
        return self.whole or MANAGER.code in self.codes

    @property
    def says_why(self) -> bool:
        """Whether the person gives a reason for a sheet that names the student (nominal reports, rights table)."""
        return self.answers_for

    @property
    def may_print(self) -> bool:
        """A teacher, of their own groups; a lead, a manager or a privacy officer, with a reason; a mentor never."""
        return self.answers_for or bool(self.codes & OF_GROUPS)

    @cached_property
    def told(self) -> list[Reader]:
        """Those of the readers whom the person may be told of, each by the ways that they may know of.

        Of a programme that is none of theirs, nothing is said: that the student is in it is not theirs to know.
        """
        sees_all = self.manages or any(way.way is LEAD and way.program is None for way in self.why)
        mine = {way.program for way in self.why if way.program}
        led = {way.program for way in self.why if way.program and way.way is LEAD}

        def may_know(reader: Reader, way: Opening) -> bool:
            own = reader.person.pk == self.user.pk
            in_charge = isinstance(way.way, Charge) and way.program in mine
            return sees_all or own or way.program is None or in_charge or way.program in led

        shown = [
            Reader(reader.person, [way for way in reader.openings if may_know(reader, way)]) for reader in self.readers
        ]
        return [reader for reader in shown if reader.openings]

    @property
    def is_told_in_part(self) -> bool:
        """Whether others may open the file without the person being told of them, or by which way."""
        return not self.manages


def who_may_open(student: Student, on: date) -> list[Reader]:
    """Everyone to whom the file opens on a day, by name, the privacy officer included. Six queries."""
    one = Student.objects.filter(pk=student.pk)
    held = Membership.objects.active_on(on).filter(person__is_active=True)
    people: dict[int, User] = {}
    openings: dict[int, list[Opening]] = {}

    def opens(person: User, way: Opening) -> None:
        people[person.pk] = person
        known = openings.setdefault(person.pk, [])
        known += [] if way in known else [way]

    tied = [(person, Opening(tie, program, name)) for tie in TIES for person, program, name in tie.holders(one, on)]
    roles: dict[int, tuple[User, set[str]]] = {}
    for row in held.filter(person__in={person for person, _way in tied}).select_related("person").order_by("pk"):
        roles.setdefault(row.person_id, (row.person, set()))[1].add(row.role)
    for pk, way in tied:
        person, holds = roles.get(pk, (None, set()))
        if person is not None and isinstance(way.way, Tie) and holds & set(way.way.roles):
            opens(person, way)
    in_charge = reduce(or_, (charge.holders(one) for charge in CHARGES))
    for row in held.filter(in_charge).select_related("person", "program", "school").order_by("pk"):
        opens(row.person, Opening(OF_ROLE[row.role], row.program_id, str(row.program or row.school or "")))
    return [Reader(people[pk], openings[pk]) for pk in sorted(people, key=lambda pk: (people[pk].name_key, pk))]


def read(student: Student, user: User, *, reason_given: bool) -> Reading | None:
    """A look at a file that ``openable_by`` gave; None when the person says why first. Six queries."""
    on = user.local_date()
    readers = who_may_open(student, on)
    why = next((reader.openings for reader in readers if reader.person.pk == user.pk), ())
    officer = any(way.way is OFFICER for way in why)
    if officer and all(way.way is OFFICER for way in why) and not reason_given:
        return None
    return Reading(student, user, on, why, readers, officer and reason_given)


@dataclass(frozen=True)
class Visit:
    """An opening that the journal remembers, with why: in words of ours, or of whoever said it."""

    entry: AuditEntry

    @property
    def is_print(self) -> bool:
        return self.entry.verb == STUDENT_SHEET_EXPORTED.code

    @property
    def why(self) -> str:
        if self.entry.verb != STUDENT_OPENED.code:
            return self.entry.reason
        known = [EVERY_WAY[code] for code in self.entry.reason.split(",") if code in EVERY_WAY]
        return "; ".join(str(way.words) for way in known)


def entries_of(student: Student) -> QuerySet[AuditEntry]:
    """What the journal remembers of the openings of a file, the latest first."""
    of = {"subject_type": Student._meta.label_lower, "subject_id": student.pk}
    return AuditEntry.objects.filter(**of, board=student.board_id, verb__in=OPENINGS)


def visits(reading: Reading) -> list[Visit]:
    """The last openings, to whoever answers for the file; nothing to the others. One query."""
    if not reading.answers_for:
        return []
    return [Visit(entry) for entry in entries_of(reading.student).select_related("person")[:SHOWN]]
