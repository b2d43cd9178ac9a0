"""The rows behind the summary: who was accompanied, by whom, in which programme, from when to when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from mentoring.models import Dyad
from people.models import Student
from people.models.students import FormerGrade
from programs.models import GroupLead, GroupMember, Program, SchoolYear, SupportGroup
from reports.asking import Ask, programs_of
from reports.scope import Period

DAY = timedelta(days=1)
YEARS = 5
"""School years told of, the latest ones begun by the last day."""


class Form(StrEnum):
    DYAD = "dyad"
    GROUP = "group"


@dataclass(frozen=True)
class Stay:
    """Somebody in a programme for a time: a student in a relation or a group, an adult who answers for one."""

    person: int
    program: int
    starts_on: date
    ends_on: date | None
    form: Form
    adult: int = 0
    """The mentor of a relation."""

    @property
    def of_adult(self) -> "Stay":
        return replace(self, person=self.adult)

    def is_open(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or self.ends_on > on)

    def meets(self, since: date, last: date) -> bool:
        """Whether it lasted on a day of these, both included; never, where its end was said before it began."""
        return self.starts_on <= last and (self.ends_on is None or self.ends_on > max(since, self.starts_on))

    def begun_in(self, since: date, last: date) -> bool:
        return since <= self.starts_on <= last

    def ended_in(self, since: date, last: date) -> bool:
        """Whether the first day that no longer counts falls after ``since``, and is known on ``last``."""
        return self.ends_on is not None and since < self.ends_on <= last


@dataclass(frozen=True)
class Year:
    """A school year, from its first day to its last one; the last year, as far as the report goes."""

    label: str
    since: date
    last: date


@dataclass(frozen=True)
class Facts:
    """All that a person's audience may tell of, whatever the file is narrowed to."""

    programs: Sequence[Program]
    period: Period
    last: date
    years: Sequence[Year]
    stays: Sequence[Stay]
    """Of students, in the years told of."""
    leads: Sequence[Stay]
    groups: Sequence[Stay]
    """The groups themselves."""
    grades: dict[int, int | None]

    @classmethod
    def read(cls, ask: Ask) -> "Facts":
        """Seven queries."""
        programs, last = programs_of(ask.user, ask.audience, on=ask.on), ask.last_day
        years = list(_years(ask, last))
        since = min([ask.period.since, *(year.since for year in years)])
        dyads = Dyad.objects.filter(program__in=programs, starts_on__lte=last).exclude(ends_on__lte=since).order_by()
        members = GroupMember.objects.filter(group__program__in=programs, starts_on__lte=last).order_by()
        groups = SupportGroup.objects.filter(program__in=programs, starts_on__lte=last).exclude(ends_on__lte=since)
        leads = GroupLead.objects.filter(group__program__in=programs, starts_on__lte=last).order_by()
        stays = [
            Stay(student, program, starts_on, ends_on, Form.DYAD, mentor)
            for student, program, starts_on, ends_on, mentor in dyads.values_list(
                "student", "program", "starts_on", "ends_on", "mentor__person"
            )
        ]
        in_groups = members.exclude(ends_on__lte=since).values_list("student", *_OF_GROUP)
        stays += [_within_group(*row) for row in in_groups]
        return cls(
            programs,
            ask.period,
            last,
            years,
            stays,
            [_within_group(*row) for row in leads.exclude(ends_on__lte=since).values_list("person", *_OF_GROUP)],
            [
                Stay(pk, program, starts_on, ends_on, Form.GROUP)
                for pk, program, starts_on, ends_on in groups.values_list("pk", "program", "starts_on", "ends_on")
            ],
            _grades({stay.person for stay in stays if stay.meets(ask.period.since, last)}, last),
        )

    @cached_property
    def school_of(self) -> dict[int, int]:
        return {program.pk: program.school_id for program in self.programs}

    @cached_property
    def present(self) -> list[Stay]:
        """The stays of students that lasted on a day of the period; relations first, in an order that stays."""
        found = [stay for stay in self.stays if stay.meets(self.period.since, self.last)]
        return sorted(found, key=lambda stay: (stay.form, stay.program, stay.starts_on, stay.person))

    @cached_property
    def grades_told(self) -> list[int | str]:
        """The grades of those who are accompanied on the last day, and that one is not said."""
        there = {stay.person for stay in self.present if stay.is_open(self.last)}
        return sorted({self.grades.get(student) or "-" for student in there}, key=str)

    def first_in(self, stays: Iterable[Stay]) -> list[tuple[Stay, str]]:
        """Each stay, with the widest place in which it is the first of its person; empty where it is in none."""
        seen: defaultdict[int, set[tuple[str, int]]] = defaultdict(set)
        found = []
        for stay in stays:
            places = (("whole", 0), ("school", self.school_of[stay.program]), ("program", stay.program))
            found.append((stay, next((name for name, pk in places if (name, pk) not in seen[stay.person]), "")))
            seen[stay.person].update(places)
        return found


_OF_GROUP = ("group__program", "starts_on", "ends_on", "group__ends_on")


def _within_group(person: int, program: int, starts_on: date, ends_on: date | None, group_ends_on: date | None) -> Stay:
    """A stay ends with its group at the latest."""
    known = [day for day in (ends_on, group_ends_on) if day is not None]
    return Stay(person, program, starts_on, min(known, default=None), Form.GROUP)


def _years(ask: Ask, last: date) -> Iterator[Year]:
    """The oldest first. One query."""
    rows = SchoolYear.objects.filter(board=ask.board, starts_on__lte=last).order_by("-starts_on")
    begun = list(rows.values_list("label", "starts_on", "ends_on")[:YEARS])[::-1]
    for label, starts_on, ends_on in begun:
        yield Year(label, starts_on, min(last, ends_on - DAY))


def _grades(students: set[int], on: date) -> dict[int, int | None]:
    """The grade of each on a day: what it was until a later one, else what it is. Two queries."""
    found = dict(Student.objects.filter(pk__in=students).values_list("pk", "grade"))
    former = FormerGrade.objects.filter(until__gt=on, student__in=students).order_by("-until")
    return found | dict(former.values_list("student", "grade"))
