"""Whose rows a person may see and be offered: the rights table again, slow and obvious, row by row.

Written from the table of rights alone, never from a queryset of the product: each sentence of the table is a line
here. A model that no line names belongs to what it points at.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Model

from exchange.models import ImportRun
from guidelines.models import EndingReview, Flag, FlagEvent, GuidelineSetting, ProgramGuideline
from mentoring.models import (
    Doubt,
    Dyad,
    DyadSubstitute,
    MatchingRound,
    Mentor,
    MinuteItem,
    MinuteTally,
    Outcome,
    Parting,
    Proposal,
    Referral,
    StyleSelfAssessment,
    SupportCall,
    TalkRequest,
    Training,
)
from people.access import Role
from people.models import (
    Guardian,
    Membership,
    Message,
    Notification,
    School,
    SchoolBoard,
    Student,
    User,
)
from programs.models import (
    Foundation,
    FunctionTime,
    Gesture,
    GroupLead,
    GroupMember,
    GroupSubstitute,
    Program,
    SchoolDay,
    SchoolYear,
    SupportGroup,
    Term,
)
from tests.rights_of_privacy import REGISTERS
from tests.rights_of_reports import SEEN
from tests.rows import Rows, lasts

LEAD, MANAGER, TEACHER, MENTOR = Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, Role.RESOURCE_TEACHER, Role.MENTOR
TRAINER, ADMIN, PRIVACY = Role.TRAINER, Role.BOARD_ADMIN, Role.PRIVACY_OFFICER
RUN = (LEAD, MANAGER)
STANDING_IN_ENDS = timedelta(days=7)
ON_TRAINING = {"mentor-training", "mentor-training-late", "mentor-style"}
OF_CHILDREN = {"group-attendance"}


class Reach:
    """What one person may see (``sees``) and be offered to choose (``offered``) on a day."""

    def __init__(self, person: User, on: date, rows: Rows) -> None:
        self.me, self.on, self.rows = person.pk, on, rows
        self.own_school = person.school_id
        self.held = [m for m in rows.all(Membership) if m.person_id == self.me and lasts(m, on)]
        self.sees = cache(self._sees)
        self.boards = {m.board_id for m in self.held}

    # A role within a scope: the programme when one is named, else the school, else the board

    def holds(self, *roles: Role) -> bool:
        return any(m.role in roles for m in self.held)

    def at_school(self, board: int | None, school: int | None, *roles: Role) -> bool:
        """In a role held at the school or for its whole board."""
        return any(
            m.school_id == school if m.school_id else m.board_id == board
            for m in self.held
            if m.role in roles and not m.program_id
        )

    def in_board(self, board: int | None, *roles: Role) -> bool:
        return any(m.board_id == board for m in self.held if m.role in roles and not m.school_id and not m.program_id)

    def in_program(self, program: Program, *roles: Role) -> bool:
        named = any(m.program_id == program.pk for m in self.held if m.role in roles)
        return named or self.at_school(program.board_id, program.school_id, *roles)

    def runs(self, program: Program) -> bool:
        """« Programmes, groupes, dyades, jumelages » : its lead, its school's manager."""
        return self.in_program(program, *RUN)

    def answers_for(self, row: Any) -> bool:
        """« Support calls, doubts » : the programme's lead, the school's manager, nobody else; not the mentor."""
        return self.runs(self.rows.parent(self.rows.parent(row, "dyad"), "program"))

    def sees_tally(self, row: Any) -> bool:
        """What may be told of a month that is over: who runs the programme; of the board together, who administers."""
        program = self.rows.parent(row, "program")
        return row.is_closed and (self.runs(program) if program else self.in_board(row.board_id, ADMIN))

    def runs_at(self, school: int | None) -> bool:
        """Whether the person runs something at a school."""
        programs = [program for program in self.rows.all(Program) if program.school_id == school]
        at = self.rows.get(School, school) if school else None
        return any(self.runs(program) for program in programs) or bool(at and self.at_school(at.board_id, at.pk, *RUN))

    # « Own dyads », « own groups and dyads (leads, mentors, substitutes) »

    def mentors_in(self, dyad: Dyad) -> bool:
        return self.holds(MENTOR, TEACHER) and self.rows.parent(dyad, "mentor").person_id == self.me

    def leads(self, group: SupportGroup) -> bool:
        """From taking a group over to handing it over."""
        mine = [row for row in self.rows.all(GroupLead) if row.group_id == group.pk and row.person_id == self.me]
        return self.holds(TEACHER) and any(
            (row.starts_on <= self.on or row.starts_on == group.starts_on)
            and (row.ends_on is None or row.ends_on > self.on or (group.ends_on and row.ends_on >= group.ends_on))
            for row in mine
        )

    def stands_in(self, model: type[Model], of: str, pk: int, *roles: Role) -> bool:
        """During the days of a substitute, and seven more."""
        mine = [row for row in self.rows.all(model) if getattr(row, f"{of}_id") == pk and row.person_id == self.me]
        return self.holds(*roles) and any(
            row.starts_on <= self.on < row.ends_on + STANDING_IN_ENDS and row.starts_on < row.ends_on for row in mine
        )

    def owns_dyad(self, dyad: Dyad) -> bool:
        return self.mentors_in(dyad) or self.stands_in(DyadSubstitute, "dyad", dyad.pk, MENTOR, TEACHER, LEAD)

    def owns_group(self, group: SupportGroup) -> bool:
        return self.leads(group) or self.stands_in(GroupSubstitute, "group", group.pk, TEACHER, LEAD)

    def may_undo(self, gesture: Gesture) -> bool:
        """Who did it, while they serve there; the programme's lead and manager; of a training, who trains too."""
        program = self.rows.parent(gesture, "program")
        mine = gesture.person_id == self.me and self.holds(*RUN, TRAINER, TEACHER, MENTOR, ADMIN)
        if program is not None:
            return self.runs(program) or (mine and bool(self.sees(program)))
        roles = (*RUN, TRAINER) if gesture.trained_id else RUN
        return mine or self.at_school(gesture.board_id, gesture.school_id, *roles)

    # Rows

    def _sees(self, row: Any) -> bool:
        if rule := RULES.get(type(row)):
            return bool(rule(self, row))
        if getattr(row, "deleted_at", None) and not hasattr(row, "history_id"):
            return False
        owner = self.rows.owner(row)
        if owner is None:
            raise LookupError(f"No line of the rights says who may see a {type(row).__name__}.")
        return self.sees(owner)

    def programs_of(self, student: int) -> list[Program]:
        """Those that a student is or was accompanied in."""
        mine = [row for model in (Dyad, GroupMember) for row in self.rows.all(model) if row.student_id == student]
        return [self.rows.parent(self.rows.parent(row, "group") or row, "program") for row in mine]

    def sees_student(self, student: Student) -> bool:
        """« Own »; « programme's »; « school's »."""
        managed = self.at_school(student.board_id, student.school_id, *RUN)
        dyads = [dyad for dyad in self.rows.all(Dyad) if dyad.student_id == student.pk]
        groups = [self.rows.parent(m, "group") for m in self.rows.all(GroupMember) if m.student_id == student.pk]
        own = any(map(self.owns_dyad, dyads)) or any(map(self.owns_group, groups))
        return managed or own or any(self.in_program(program, LEAD) for program in self.programs_of(student.pk))

    def sees_program(self, program: Program) -> bool:
        """Those that one runs, the board's for its administrator, that of an own dyad or group; not as substitute."""
        dyads = [dyad for dyad in self.rows.all(Dyad) if dyad.program_id == program.pk]
        groups = [group for group in self.rows.all(SupportGroup) if group.program_id == program.pk]
        own = any(map(self.mentors_in, dyads)) or any(map(self.leads, groups))
        return own or self.runs(program) or self.in_board(program.board_id, ADMIN)

    def sees_adult(self, adult: User) -> bool:
        """Oneself; the board's; those of the school where one runs something."""
        if adult.pk == self.me or self.in_board(adult.board_id, TRAINER, ADMIN, PRIVACY):
            return True
        named = [self.rows.parent(m, "program") for m in self.held if m.role == LEAD and m.program_id]
        return self.at_school(adult.board_id, adult.school_id, *RUN) or any(
            program.school_id == adult.school_id for program in named
        )

    def keeps(self, adult: User) -> bool:
        """« Import, calendar, people » : the school's manager, the board's administration."""
        return self.at_school(adult.board_id, adult.school_id, MANAGER) or self.in_board(adult.board_id, ADMIN)

    def keeps_people(self, adult: User) -> bool:
        """Who may have verified somebody."""
        posts = [m for m in self.rows.all(Membership) if m.person_id == adult.pk and lasts(m, self.on)]
        return adult.is_active and any(m.role in (MANAGER, ADMIN) for m in posts)

    def advises(self, mentor: Mentor) -> bool:
        person = self.rows.parent(mentor, "person")
        return self.in_board(person.board_id, TRAINER)

    def sees_mentor(self, mentor: Mentor) -> bool:
        """Oneself; « mentors and teachers of the board » for a trainer; the adults, and the dyads, that one runs."""
        own = mentor.person_id == self.me and self.holds(MENTOR, TEACHER)
        if own or self.advises(mentor):
            return True
        dyads = [dyad for dyad in self.rows.all(Dyad) if dyad.mentor_id == mentor.pk]
        person = self.rows.parent(mentor, "person")
        return self.runs_at(person.school_id) or any(self.runs(self.rows.parent(dyad, "program")) for dyad in dyads)

    def answers_for_teacher(self, teacher: User) -> bool:
        """Who serves as a resource teacher, or leads a group, where one runs something."""
        posts = [m for m in self.rows.all(Membership) if m.person_id == teacher.pk and lasts(m, self.on)]
        staff = any(m.role == TEACHER and self.at_school(m.board_id, m.school_id, *RUN) for m in posts)
        led = [self.rows.parent(row, "group") for row in self.rows.all(GroupLead) if row.person_id == teacher.pk]
        return staff or any(self.runs(self.rows.parent(group, "program")) for group in led)

    def sees_of_teacher(self, row: Any) -> bool:
        own = row.person_id == self.me and self.holds(TEACHER)
        return not getattr(row, "deleted_at", None) and (
            own or self.answers_for_teacher(self.rows.parent(row, "person"))
        )

    def sees_finding(self, flag: Flag) -> bool:
        """« Own dyads »; « own »; « programme's »; « on training and style »; « school's »."""
        dyad, group, program = (self.rows.parent(flag, name) for name in ("dyad", "group", "program"))
        mentor, teacher = self.rows.parent(flag, "mentor"), self.rows.parent(flag, "teacher")
        if flag.guideline in OF_CHILDREN:
            return self.owns_group(group) or self.in_program(self.rows.parent(group, "program"), LEAD)
        if mentor is not None:
            own = mentor.person_id == self.me and self.holds(MENTOR, TEACHER)
            return own or (flag.guideline in ON_TRAINING and self.advises(mentor)) or self.decides(flag)
        if teacher is not None:
            return (teacher.pk == self.me and self.holds(TEACHER)) or self.decides(flag)
        if dyad is not None:
            return self.owns_dyad(dyad) or self.decides(flag)
        return self.decides(flag) if program is not None else self.owns_group(group) or self.decides(flag)

    def decides(self, flag: Flag) -> bool:
        """« Take in charge, dismiss, snooze » : the programme's lead, the school's manager."""
        rows = self.rows
        if flag.mentor_id:
            dyads = [dyad for dyad in rows.all(Dyad) if dyad.mentor_id == flag.mentor_id]
            return any(self.runs(rows.parent(dyad, "program")) for dyad in dyads)
        if flag.teacher_id:
            teacher = rows.parent(flag, "teacher")
            led = [rows.parent(row, "group") for row in rows.all(GroupLead) if row.person_id == teacher.pk]
            managed = self.at_school(teacher.board_id, teacher.school_id, MANAGER)
            return managed or any(self.runs(rows.parent(group, "program")) for group in led)
        subject = rows.parent(flag, "program") or rows.parent(flag, "dyad") or rows.parent(flag, "group")
        return self.runs(subject if isinstance(subject, Program) else rows.parent(subject, "program"))

    def takes(self, flag: Flag) -> bool:
        """Whose history one reads: « no history » for a mentor."""
        dyad, group = self.rows.parent(flag, "dyad"), self.rows.parent(flag, "group")
        own = flag.teacher_id == self.me or (dyad and self.owns_dyad(dyad)) or (group and self.sees(group))
        return self.decides(flag) or bool(self.holds(TEACHER) and own)

    def watches(self, message: Message) -> bool:
        person = self.rows.parent(message, "person")
        school = self.at_school(message.board_id, person.school_id, *RUN) or self.runs_at(person.school_id)
        return message.person_id == self.me or self.in_board(message.board_id, ADMIN) or school

    def school_of(self, about: Any) -> int | None:
        """The school that a page is about, else the person's own."""
        return (self.rows.school_id(about) if about is not None else None) or self.own_school

    def finds(self, row: Any) -> bool:
        """Whether a page may lead to it: what one sees, and what is undone where one may put it back."""
        if getattr(row, "deleted_at", None):
            return bool(self.sees(self.rows.owner(row)))
        doubts = isinstance(row, Doubt) and row.raised_by_id == self.me  # to take it back; not what came of it
        with_reason = isinstance(row, Student) and self.in_board(row.board_id, PRIVACY)  # once they have said why
        return doubts or with_reason or bool(self.sees(row))

    # What a page may offer to choose

    def offered(self, row: Any, about: Any = None, *, keeping: bool = False) -> bool:
        """Whether the row may stand in a list of choices, on a page about something (a group, a dyad, a programme).

        What one sees; where one runs something, any student of the school, to be brought in, and the adults who serve
        there; on the page of one's own group or dyad, the adults who may stand in. Never what is of another school
        than the page's, nor, to who only logs a group, a student who is not of it. Where people are kept, whoever one
        keeps; for one of them, who else keeps people; of what somebody leaves behind, who serves there alone.
        """
        if isinstance(row, School) and self.in_board(row.board_id, ADMIN):
            return True  # where people of the board serve, they say
        if about is not None and not self.belongs(row, about):
            return False
        if isinstance(row, Student) and self.runs_at(row.school_id):
            return True
        if keeping and isinstance(row, User) and (about is None or about == row or self.keeps_people(row)):
            return self.keeps(row)
        if isinstance(row, User) and about is not None:
            return row.pk == self.me or self.serves(row, self.rows.school_id(about))
        if isinstance(row, User) and self.trains(row):
            return True
        if isinstance(row, User):
            return any(self.runs_at(school.pk) and self.serves(row, school.pk) for school in self.rows.all(School))
        if isinstance(row, SchoolYear) and isinstance(about, User):
            return row.board_id == about.board_id
        return self.sees(row)

    def trains(self, adult: User) -> bool:
        """« Mentors and teachers of the board: training », for a trainer."""
        mentors = any(row.person_id == adult.pk for row in self.rows.all(Mentor))
        posts = [m for m in self.rows.all(Membership) if m.person_id == adult.pk and lasts(m, self.on)]
        return self.in_board(adult.board_id, TRAINER) and (mentors or any(m.role == TEACHER for m in posts))

    def belongs(self, row: Any, about: Any) -> bool:
        """Whether a row has to do with what a page is about."""
        here, its = self.rows.school_id(about), self.rows.school_id(row)
        if here is not None and its is not None and here != its and not isinstance(row, User):
            return False
        relation = self.relation(about)
        if relation is None or isinstance(row, (SchoolYear, School, User, Program)):
            return True
        program = relation if isinstance(relation, Program) else self.rows.parent(relation, "program")
        if isinstance(row, Student) and isinstance(relation, SupportGroup):
            return self.runs(program) or self.is_member(row.pk, relation)
        if isinstance(row, Guardian) and isinstance(relation, SupportGroup):
            return self.is_member(row.student_id, relation)
        of = self.relation(row)
        return of is None or of.pk == relation.pk or isinstance(relation, Program)

    def relation(self, row: Any) -> Any:
        """The group, the dyad or the programme that a row is of."""
        while row is not None and not isinstance(row, (SupportGroup, Dyad, Program)):
            row = self.rows.owner(row)
        return row

    def is_member(self, student: int, group: SupportGroup) -> bool:
        members = self.rows.all(GroupMember)
        return any(row.group_id == group.pk and row.student_id == student for row in members)

    def serves(self, adult: User, school: int | None) -> bool:
        """Whether an adult accompanies, or leads, at a school: mentor, resource teacher, programme's lead."""
        posts = [m for m in self.rows.all(Membership) if m.person_id == adult.pk and lasts(m, self.on)]
        return adult.is_active and any(m.school_id == school and m.role in (MENTOR, TEACHER, LEAD) for m in posts)


RULES: dict[type[Model], Callable[[Reach, Any], bool]] = {
    SchoolBoard: lambda me, row: any(m.board_id == row.pk for m in me.held),
    School: lambda me, row: (
        row.pk == me.own_school
        or any(m.school_id == row.pk if m.school_id else m.board_id == row.board_id for m in me.held)
    ),
    SchoolYear: lambda me, row: any(m.board_id == row.board_id for m in me.held),
    SchoolDay: lambda me, row: me.sees(me.rows.parent(row, "school")),
    Term: lambda me, row: me.sees(me.rows.parent(row, "school_year")),
    GuidelineSetting: lambda me, row: any(m.board_id == row.board_id for m in me.held),
    ProgramGuideline: lambda me, row: me.sees(me.rows.parent(row, "program")),
    Program: Reach.sees_program,
    SupportGroup: lambda me, row: me.owns_group(row) or me.runs(me.rows.parent(row, "program")),
    Dyad: lambda me, row: me.owns_dyad(row) or me.runs(me.rows.parent(row, "program")),
    Student: Reach.sees_student,
    Guardian: lambda me, row: me.sees(me.rows.parent(row, "student")),
    User: Reach.sees_adult,
    Membership: lambda me, row: me.sees(me.rows.parent(row, "person")),
    Mentor: Reach.sees_mentor,
    Training: lambda me, row: (
        row.person_id == me.me
        or me.in_board(me.rows.parent(row, "person").board_id, TRAINER)
        or any(me.sees(mentor) for mentor in me.rows.all(Mentor) if mentor.person_id == row.person_id)
    ),
    StyleSelfAssessment: lambda me, row: (of := me.rows.parent(row, "mentor")).person_id == me.me or me.advises(of),
    MatchingRound: lambda me, row: me.runs(me.rows.parent(row, "program")),
    Proposal: lambda me, row: me.runs(me.rows.parent(me.rows.parent(row, "round"), "program")),
    Referral: lambda me, row: (
        me.runs(me.rows.parent(row, "program"))
        or (row.referred_by_id == me.me and me.holds(TEACHER) and me.sees(me.rows.parent(row, "student")))
    ),
    Outcome: lambda me, row: any(me.runs(program) for program in me.programs_of(row.student_id)),
    SupportCall: lambda me, row: not row.deleted_at and me.answers_for(row),
    Doubt: Reach.answers_for,
    MinuteItem: lambda me, row: me.in_board(row.board_id, ADMIN),
    MinuteTally: Reach.sees_tally,
    TalkRequest: lambda me, row: row.adult_id == me.me,
    FunctionTime: Reach.sees_of_teacher,
    Foundation: Reach.sees_of_teacher,
    ImportRun: lambda me, row: (
        row.person_id == me.me
        and (me.at_school(row.board_id, row.school_id, MANAGER) or me.in_board(row.board_id, ADMIN))
    ),
    **REGISTERS,
    Notification: lambda me, row: row.person_id == me.me,
    Message: Reach.watches,
    Flag: Reach.sees_finding,
    Parting: lambda me, row: me.runs(me.rows.parent(me.rows.parent(row, "dyad"), "program")),
    **SEEN,
    EndingReview: lambda me, row: me.runs(me.rows.parent(me.rows.parent(row, "dyad"), "program")),
    FlagEvent: lambda me, row: me.takes(me.rows.parent(row, "flag")),
    Gesture: Reach.may_undo,
}
