"""Rows in bulk: what the cast and the demonstration's history are built with."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, TypeVar

from django.db.models import Model

from accompagnement.demo.calendar import DemoCalendar, Year
from accompagnement.demo.names import FAMILY, GIVEN
from mentoring.gate import JUDICIAL, VOLUNTEERS
from mentoring.models import Agreement, Dyad, DyadMeeting, DyadTimetable, Mentor, Pause, Training
from people.access import Role
from people.models import Membership, School, SchoolBoard, Student, User, Verification
from programs.models import (
    Attendance,
    GroupLead,
    GroupMeeting,
    GroupMember,
    GroupTimetable,
    Program,
    Relation,
    SchoolDay,
    SchoolYear,
    SupportGroup,
    Term,
)
from programs.models.contacts import Channel

R = TypeVar("R", bound=Model)
IN_ORDER: tuple[type[Model], ...] = (
    Membership, Verification, Training, DyadTimetable, GroupTimetable, GroupMember, GroupLead, Pause, Agreement,
    DyadMeeting, GroupMeeting, Attendance,
)  # fmt: skip
"""What waits to be written: a row after those that it refers to."""
PLACES = {"dyad": "Local B-214", "group": "Local C-108"}


def ascii_name(text: str) -> str:
    """Lower-case ASCII, for an address or a key."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "-").replace("’", "")


@dataclass
class Stage:
    """One board's set: adults and students are created at once, the rest waits for ``write``."""

    board: SchoolBoard
    calendar: DemoCalendar
    password: str
    prepared: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))
    students_made: int = 0

    def keep(self, row: R) -> R:
        """A row for ``write``."""
        self.prepared[type(row)].append(row)
        return row

    def write(self) -> None:
        """Create all that was prepared, each kind in one go."""
        for model in IN_ORDER:
            model._default_manager.bulk_create(self.prepared[model])

    # Places

    def years(self) -> None:
        for year in (self.calendar.previous, self.calendar.current):
            row = SchoolYear.objects.create(
                board=self.board,
                key=f"{self.board.key}-{year.label}",
                label=year.label,
                starts_on=year.starts_on,
                ends_on=year.ends_on,
            )
            Term.objects.bulk_create(
                Term(school_year=row, name=name, starts_on=start, ends_on=end) for name, start, end in year.terms
            )

    def school(self, key: str, name: str) -> School:
        school = School.objects.create(board=self.board, key=key, name=name)
        years: Iterable[Year] = (self.calendar.previous, self.calendar.current)
        SchoolDay.objects.bulk_create(
            SchoolDay(school=school, date=day, kind=kind) for year in years for day, kind in year.days
        )
        return school

    def program(self, school: School, key: str, name: str, domain: Program.Domain) -> Program:
        group = domain == Program.Domain.GROUP
        return Program.objects.create(
            board=self.board,
            key=key,
            school=school,
            name=name,
            domain=domain,
            forms=[Program.Form.GUIDANCE, Program.Form.SCOLAIRE] if group else [],
            intervention=Program.Intervention.PASSAGE if group else "",
            mentoring_form="" if group else Program.MentoringForm.INDIVIDUAL,
            population=Program.Population.UNIVERSAL if group else Program.Population.TARGETED,
            meetings_per_unit=1,
            minutes=25,
        )

    # People

    def adult(
        self, name: str, domain: str, *roles: Role, school: School | None = None, program: Program | None = None
    ) -> User:
        """An adult who signs in; the roles are held at the school, or at the board without one."""
        given, _, family = name.partition(" ")
        person = User.objects.create(
            board=self.board,
            school=school,
            key=ascii_name(name),
            given_name=given,
            family_name=family,
            email=f"{ascii_name(given)}.{ascii_name(family)}@{domain}.example",
            password=self.password,
        )
        since = self.calendar.previous.starts_on
        where = {"board": self.board, "school": school, "program": program}
        for role in roles:
            self.keep(Membership(person=person, role=role, **where, starts_on=since))
        return person

    def mentor(self, person: User, kind: Mentor.Kind, *minutes: int) -> Mentor:
        """A mentor, verified when it is asked, and one session of initial training for each number of minutes."""
        done_on = self.calendar.previous.starts_on + timedelta(days=20)
        what = {"kind": Training.Kind.INITIAL, "title": "Accompagner un élève : les bases"}
        for place, length in enumerate(minutes):
            day = done_on + timedelta(days=14 * place)
            self.keep(Training(person=person, completed_on=day, minutes=length, **what))
        if kind in VOLUNTEERS:
            since = self.calendar.previous.starts_on
            until = since.replace(year=since.year + 4, day=1)
            self.keep(Verification(person=person, kind=JUDICIAL, verified_on=since, valid_until=until))
        return Mentor.objects.create(person=person, kind=kind)

    def students(self, school: School, *names: str, fill: int = 0, grade: int = 1) -> list[Student]:
        """The students named, then invented ones up to ``fill`` in all."""
        wanted = list(names)
        while len(wanted) < fill:
            n = self.students_made + len(wanted) - len(names)
            wanted.append(f"{GIVEN[n % len(GIVEN)]} {FAMILY[(n + n // len(GIVEN) * 7) % len(FAMILY)]}")
        self.students_made += max(0, fill - len(names))
        rows = []
        for name in wanted:
            given, _, family = name.partition(" ")
            age = 12 + (grade - 1)
            born = date(self.calendar.on.year - age, 1 + len(name) % 12, 1 + len(family) * 2)
            rows.append(
                Student(
                    board=self.board,
                    school=school,
                    key=f"{school.key}-{ascii_name(name)}",
                    given_name=given,
                    family_name=family,
                    birth_date=born,
                    grade=grade,
                )
            )
        return Student.objects.bulk_create(rows)

    # Dyads

    def dyad(
        self,
        program: Program,
        student: Student,
        mentor: Mentor,
        starts_on: date,
        *,
        committed_until: date | None,
        ends_on: date | None = None,
        end_reason: str = "",
        ended_by: str = "",
        end_code: str = "",
        closure_talk: str = "",
        planned_handover: bool = False,
    ) -> Dyad:
        """A dyad, with the agreement that it signed a week after its start."""
        dyad = Dyad.objects.create(
            board=self.board,
            key=f"{student.key}+{mentor.person.key}",
            program=program,
            student=student,
            mentor=mentor,
            starts_on=starts_on,
            committed_until=committed_until,
            ends_on=ends_on,
            end_reason=end_reason,
            ended_by=ended_by,
            end_code=end_code,
            closure_talk=closure_talk,
            planned_handover=planned_handover,
        )
        self.keep(
            Agreement(
                dyad=dyad,
                signed_on=starts_on + timedelta(days=7),
                objectives=["Prendre confiance en classe", "Remettre les travaux à temps"],
                tasks=["Se rencontrer chaque semaine", "Tenir l’agenda à jour"],
            )
        )
        return dyad

    def meet(
        self,
        dyad: Dyad,
        on: date,
        *,
        slot: DyadTimetable | None = None,
        channel: Channel = Channel.IN_PERSON,
        logged_after: int = 0,
        note: str = "",
        confidential: bool = False,
        minutes: int = 25,
    ) -> DyadMeeting:
        """A meeting held (or a contact, by its channel), logged that many days after."""
        return self.keep(
            DyadMeeting(
                board=self.board,
                key=f"{dyad.key}:{on}:{channel}",
                dyad=dyad,
                timetable=slot,
                on=on,
                status=DyadMeeting.Status.HELD,
                starts_at=slot.starts_at if slot else None,
                minutes=minutes,
                channel=channel,
                setting=DyadMeeting.Setting.INDIVIDUAL,
                activity=DyadMeeting.Activity.DISCUSSION,
                chosen_by=DyadMeeting.ChosenBy.TOGETHER,
                topic=DyadMeeting.Topic.SCHOOL,
                planned=slot is not None,
                logged_on=on + timedelta(days=logged_after),
                logged_by=dyad.mentor.person,
                note=note,
                note_level=DyadMeeting.NoteLevel.CONFIDENTIAL if confidential else DyadMeeting.NoteLevel.ORDINARY,
            )
        )

    def plan(self, dyad: Dyad, on: date, slot: DyadTimetable | None) -> DyadMeeting:
        """A meeting planned that nobody has logged."""
        return self.keep(
            DyadMeeting(
                board=self.board,
                key=f"{dyad.key}:{on}:plan",
                dyad=dyad,
                timetable=slot,
                on=on,
                status=DyadMeeting.Status.PLANNED,
                starts_at=slot.starts_at if slot else None,
                minutes=slot.minutes if slot else None,
                channel=Channel.IN_PERSON,
                planned=True,
            )
        )

    def not_held(self, dyad: Dyad, on: date, reason: DyadMeeting.Reason, slot: DyadTimetable | None) -> DyadMeeting:
        meeting = self.plan(dyad, on, slot)
        meeting.status, meeting.reason = DyadMeeting.Status.NOT_HELD, reason
        meeting.logged_on, meeting.logged_by = on, dyad.mentor.person
        return meeting

    def weekly(self, dyad: Dyad, slot: DyadTimetable | None, weeks: Iterable[int]) -> None:
        """Held meetings on the slot's weekday (Wednesday without one) of those weeks, never before the start."""
        for week in weeks:
            on = self.calendar.day(week, (slot and slot.weekday) or 3)
            self.meet(dyad, max(on, dyad.starts_on), slot=slot)

    # Groups

    def group(self, program: Program, name: str, lead: User, students: list[Student]) -> SupportGroup:
        """A group of this school year with its lead and members."""
        group = SupportGroup.objects.create(
            board=self.board,
            key=f"groupe-{ascii_name(name)}",
            program=program,
            name=name,
            starts_on=self.calendar.current.starts_on,
            ends_on=self.calendar.current.ends_on,
        )
        self.keep(GroupLead(group=group, person=lead, starts_on=group.starts_on))
        for student in students:
            self.keep(GroupMember(group=group, student=student, starts_on=group.starts_on))
        return group

    def group_meet(
        self, group: SupportGroup, on: date, slot: GroupTimetable, lead: User, absent: Iterable[int] = ()
    ) -> GroupMeeting:
        """A group meeting held; ``absent`` are places in the list of members."""
        meeting = self.group_plan(group, on, slot)
        meeting.status = GroupMeeting.Status.HELD
        meeting.logged_on, meeting.logged_by = on, lead
        away = set(absent)
        for place, row in enumerate(self.members_of(group)):
            if row.starts_on <= on and (row.ends_on is None or row.ends_on > on):
                status = Attendance.Status.ABSENT if place in away else Attendance.Status.PRESENT
                self.keep(Attendance(meeting=meeting, student=row.student, status=status))
        return meeting

    def group_plan(self, group: SupportGroup, on: date, slot: GroupTimetable) -> GroupMeeting:
        return self.keep(
            GroupMeeting(
                board=self.board,
                key=f"{group.key}:{on}:{slot.starts_at}",
                group=group,
                timetable=slot,
                on=on,
                status=GroupMeeting.Status.PLANNED,
                starts_at=slot.starts_at,
                minutes=slot.minutes,
                slot=GroupMeeting.Slot.MORNING if slot.starts_at and slot.starts_at.hour < 11 else "",
                planned=True,
            )
        )

    def members_of(self, group: SupportGroup) -> list[GroupMember]:
        """Those prepared, in their order."""
        return [row for row in self.prepared[GroupMember] if row.group_id == group.pk]

    # Both

    def slot(self, relation: Relation, weekday: int, at: time) -> Any:
        """When a dyad or a group meets every week, from its start on."""
        when = {"weekday": weekday, "starts_at": at, "minutes": 25, "starts_on": relation.starts_on}
        place = PLACES[relation.NOUN]
        return self.keep(relation.slot_model()(**{relation.NOUN: relation}, **when, place=place))

    def planned(self, relation: Dyad | SupportGroup, slot: Any, weeks: Iterable[int]) -> None:
        """Its meetings of those weeks that nobody has logged."""
        for week in weeks:
            on = self.calendar.day(week, slot.weekday or 1)
            if isinstance(relation, Dyad):
                self.plan(relation, on, slot)
            else:
                self.group_plan(relation, on, slot)
