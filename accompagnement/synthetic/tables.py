"""Every table that the synthetic boards fill, in an order in which no row names one that is not there yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model

from accompagnement.synthetic.sheets import Sheet, number_on
from mentoring.models import Agreement, Dyad, DyadMeeting, DyadTimetable, Mentor, Pause, Referral, Training
from people.models import Membership, School, SchoolBoard, Student, User, Verification
from programs.models import (
    Attendance,
    GroupLead,
    GroupMeeting,
    GroupMember,
    GroupTimetable,
    Program,
    SchoolDay,
    SchoolYear,
    SupportGroup,
    TeacherRelease,
    Term,
)

MEETING = (
    "board_id key on status reason starts_at minutes planned logged_on logged_by_id note note_level saved_at "
    "timetable_id"
)
SLOT = "weekday cycle_day starts_at minutes starts_on ends_on"


@dataclass(frozen=True)
class Silence:
    """An open dyad of which nothing is heard any more: the first days of its silent beats, the current one included."""

    dyad: int
    beats: tuple[str, ...]


class Tables:
    def __init__(self, seed: int) -> None:
        self.silences: list[Silence] = []
        seed &= 0xFFFFFFFF
        self.boards = Sheet(SchoolBoard, "key name kind")
        self.years = Sheet(SchoolYear, "board_id key label starts_on ends_on")
        self.terms = Sheet(Term, "school_year_id name starts_on ends_on")
        self.schools = Sheet(School, "board_id key name")
        self.days = Sheet(SchoolDay, "school_id date kind")
        self.programs = Sheet(
            Program,
            "board_id key school_id name domain forms intervention mentoring_form population prevents_dropout "
            "cadence_unit cadence_days meetings_per_unit minutes",
        )
        self.people = Sheet(User, "board_id school_id key given_name family_name email password")
        self.memberships = Sheet(Membership, "person_id role board_id school_id program_id starts_on")
        self.releases = Sheet(TeacherRelease, "person_id school_year_id percent base")
        self.students = Sheet(Student, "board_id key school_id given_name family_name birth_date grade")
        self.mentors = Sheet(Mentor, "person_id kind birth_date interests times")
        self.trainings = Sheet(Training, "person_id kind completed_on minutes title")
        self.verifications = Sheet(Verification, "person_id kind verified_on")
        self.referrals = Sheet(Referral, "student_id program_id referred_on closed_on interests times")
        self.dyads = Sheet(
            Dyad,
            "board_id key program_id mentor_id student_id starts_on committed_until ends_on end_reason ended_by "
            "planned_handover",
        )
        self.dyad_timetables = Sheet(DyadTimetable, f"dyad_id {SLOT}")
        self.pauses = Sheet(Pause, "dyad_id starts_on ends_on reason")
        self.agreements = Sheet(Agreement, "dyad_id signed_on objectives tasks")
        self.dyad_meetings = Sheet(
            DyadMeeting,
            f"{MEETING} dyad_id channel setting activity structured chosen_by topic activity_kind problem_kind",
            seed=seed,
        )
        self.groups = Sheet(SupportGroup, "board_id key program_id name starts_on ends_on")
        self.leads = Sheet(GroupLead, "group_id person_id starts_on ends_on reason")
        self.members = Sheet(GroupMember, "group_id student_id starts_on ends_on reason")
        self.group_timetables = Sheet(GroupTimetable, f"group_id {SLOT}")
        self.group_meetings = Sheet(GroupMeeting, f"{MEETING} group_id slot activities", seed=seed)
        self.attendance = Sheet(Attendance, "meeting_id student_id status")

    def __iter__(self) -> Iterator[Sheet]:
        return (sheet for sheet in vars(self).values() if isinstance(sheet, Sheet))

    def numerous(self) -> list[type[Model]]:
        """The models of the largest tables."""
        sheets = (self.days, self.students, self.dyads, self.dyad_meetings, self.members, self.group_meetings)
        return [sheet.model for sheet in (*sheets, self.attendance)]

    def flush(self) -> None:
        for sheet in self:
            sheet.flush()

    def close(self) -> None:
        self.flush()
        number_on(self)
