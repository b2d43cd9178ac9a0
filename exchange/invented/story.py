"""The invented set itself, as the files of an exchange bundle: twelve students, three adults, a group, two dyads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from exchange.invented.keys import Days, prefix, with_days
from people.models import School
from programs.models import SchoolDay, SchoolYear

Table = list[Sequence[object]]
WEEK = timedelta(days=7)
WEEKS = 6
STUDENTS = (
    ("Alix", "Beaulieu"), ("Billie", "Caron"), ("Camille", "Demers"), ("Charlie", "Émond"), ("Dominique", "Fiset"),
    ("Eden", "Gravel"), ("Lou", "Hamelin"), ("Maxime", "Imbeault"), ("Noa", "Jolicœur"), ("Océane", "Khoury"),
    ("Sacha", "Lemay"), ("Yaël", "Mercier"),
)  # fmt: skip
ADULTS = (
    ("Claude", "Nadeau", "resource_teacher"),
    ("Frédérique", "Ouellet", "mentor"),
    ("Pascale", "Quirion", "mentor"),
)
TUESDAY, WEDNESDAY, THURSDAY = 2, 3, 4
SILENT_FOR = 3
"""The last weeks of the second dyad, in which nothing was logged: there is something to look at."""


@dataclass(frozen=True)
class Setting:
    """Where the story takes place: the days of class around it, and the year and the calendar that come along."""

    school: School
    on: date
    class_days: frozenset[date]
    year: SchoolYear | None
    """Not saved yet: the one to bring."""
    days: dict[date, SchoolDay.Kind]
    """Those to bring."""

    @property
    def brought(self) -> Days | None:
        return (min(self.days), max(self.days)) if self.days else None

    @property
    def begins(self) -> date:
        return self.on - timedelta(days=self.on.weekday()) - WEEKS * WEEK

    def meetings(self, weekday: int, *, until: int = 0) -> Iterator[tuple[int, date]]:
        """The days of class met on, one a week at most, but in the last ``until`` weeks."""
        for week in range(WEEKS - until):
            day = self.begins + week * WEEK + timedelta(days=weekday - 1)
            if day in self.class_days:
                yield week, day


def story(at: Setting) -> dict[str, Table]:
    """The rows of each file, its header first."""
    own, board, school = prefix(at.school), at.school.board, at.school
    group_program, mentoring = with_days(f"{own}entraide", at.brought), f"{own}mentorat"
    group, dyads = f"{own}groupe", [f"{own}dyade-{n}" for n in (1, 2)]
    students = [f"{own}eleve-{n}" for n in range(1, len(STUDENTS) + 1)]
    adults = [f"{own}adulte-{n}" for n in range(1, len(ADULTS) + 1)]
    until = at.begins + timedelta(days=300)
    tables: dict[str, Table] = {
        "boards.csv": [
            ("key", "name", "kind", "language", "time_zone"),
            (board.key, board.name, board.kind, board.language, board.time_zone),
        ],
        "schools.csv": [("key", "board", "name"), (school.key, board.key, school.name)],
        "people.csv": [
            ("key", "board", "school", "given_name", "family_name", "email", "roles"),
            *(
                (key, board.key, school.key, *named[:2], "", named[2])
                for key, named in zip(adults, ADULTS, strict=True)
            ),
        ],
        "students.csv": [
            ("key", "school", "given_name", "family_name", "grade"),
            *(
                (key, school.key, *named, 1 + n % 2)
                for n, (key, named) in enumerate(zip(students, STUDENTS, strict=True))
            ),
        ],
        "programs.csv": [
            ("key", "school", "name", "domain", "cadence_unit", "meetings_per_unit", "minutes"),
            (group_program, school.key, _("Entraide (exemple)"), "group", "week", 1, 40),
            (mentoring, school.key, _("Mentorat (exemple)"), "mentoring", "week", 1, 30),
        ],
        "groups.csv": [
            ("key", "program", "name", "starts_on"),
            (group, group_program, _("Mardi (exemple)"), at.begins),
        ],
        "group_leads.csv": [("group", "person", "starts_on"), (group, adults[0], at.begins)],
        "group_members.csv": [
            ("group", "student", "starts_on"),
            *((group, student, at.begins) for student in students[:8]),
        ],
        "mentors.csv": [("person", "kind"), *((adult, "teacher") for adult in adults[1:])],
        "trainings.csv": [
            ("person", "kind", "completed_on", "minutes"),
            *((adult, "initial", at.begins, 120) for adult in adults[1:]),
        ],
        "dyads.csv": [
            ("key", "program", "mentor", "student", "starts_on", "committed_until"),
            *(
                (dyad, mentoring, adult, student, at.begins, until)
                for dyad, adult, student in zip(dyads, adults[1:], students[8:10], strict=True)
            ),
        ],
        "timetables.csv": [
            ("group", "dyad", "weekday", "starts_at", "minutes", "starts_on"),
            (group, "", TUESDAY, "12:10", 40, at.begins),
            ("", dyads[0], WEDNESDAY, "15:30", 30, at.begins),
            ("", dyads[1], THURSDAY, "15:30", 30, at.begins),
        ],
    }
    return tables | _met(at, group, students[:8], dyads, adults) | _calendar(at)


def _met(
    at: Setting, group: str, members: Sequence[str], dyads: Sequence[str], adults: Sequence[str]
) -> dict[str, Table]:
    of_group: Table = [("key", "group", "on", "status", "minutes", "slot", "logged_on", "logged_by")]
    attendance: Table = [("meeting", "student", "status")]
    of_dyads: Table = [("key", "dyad", "on", "status", "minutes", "channel", "logged_on", "logged_by")]
    for week, day in at.meetings(TUESDAY):
        meeting = f"{group}:{week}"
        of_group.append((meeting, group, day, "held", 40, "midday", day, adults[0]))
        for n, student in enumerate(members):
            attendance.append((meeting, student, "excused" if (n + week) % 7 == 0 else "present"))
    for dyad, adult, weekday, until in (
        (dyads[0], adults[1], WEDNESDAY, 0),
        (dyads[1], adults[2], THURSDAY, SILENT_FOR),
    ):
        for week, day in at.meetings(weekday, until=until):
            of_dyads.append((f"{dyad}:{week}", dyad, day, "held", 30, "in_person", day, adult))
    return {"group_meetings.csv": of_group, "attendance.csv": attendance, "dyad_meetings.csv": of_dyads}


def _calendar(at: Setting) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    if (year := at.year) is not None:
        tables["school_years.csv"] = [
            ("key", "board", "label", "starts_on", "ends_on"),
            (year.key, at.school.board.key, year.label, year.starts_on, year.ends_on),
        ]
    if at.days:
        days = ((at.school.key, day, kind) for day, kind in at.days.items())
        tables["school_days.csv"] = [("school", "date", "kind"), *days]
    return tables
