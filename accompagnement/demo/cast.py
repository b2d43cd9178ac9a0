"""The named people of two boards, and their dyads and groups: used by tests and demonstration alike.

The stories count class weeks backwards from the day: « week 0 » is that of ``on`` (Monday 2026-11-23 in tests), week 1
the one before, week 2 is that of 9 November, week 3 of 2 November, week 4 of 26 October. Meetings of week 1 may still
be logged without fault (the grace), so a missed week is week 2 or older. « Today » is Monday in tests.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accompagnement.demo.calendar import DemoCalendar
from accompagnement.demo.elsewhere import boise, hauts_vents
from accompagnement.demo.rive_claire import rive_claire
from accompagnement.demo.stage import Stage
from mentoring.models import Dyad, Mentor
from people.access import Role
from people.models import School, SchoolBoard, Student, User
from programs.models import Program, SupportGroup

PASSWORD = "accompagnement-demo"  # noqa: S105 (a demonstration's, printed on purpose)

# One sign-in per role, as the demonstration prints them.
SIGN_INS = (
    (Role.RESOURCE_TEACHER, "nadia.ferhat@rive-claire.example"),
    (Role.MENTOR, "marc-olivier.theriault@rive-claire.example"),
    (Role.PROGRAM_LEAD, "julie.archambault@rive-claire.example"),
    (Role.SCHOOL_MANAGER, "alain.dore@rive-claire.example"),
    (Role.TRAINER, "chantal.roy@rives.example"),
    (Role.BOARD_ADMIN, "robert.gagne@rives.example"),
    (Role.PRIVACY_OFFICER, "line.savard@rives.example"),
)


@dataclass
class Cast:
    """Everyone, by first name. ``other_*`` are their twins of another board, for what must stay apart."""

    on: date
    calendar: DemoCalendar
    board: SchoolBoard
    school: School
    second_school: School
    groups_program: Program
    mentoring: Program
    second_groups_program: Program
    second_mentoring: Program

    nadia: User
    karim: User
    marc: User
    sylvie: User
    etienne: User
    julie: User
    alain: User
    chantal: User
    robert: User
    line: User
    pascal: User
    denis: User
    helene: User
    lucie: User

    nadia_mentor: Mentor
    marc_mentor: Mentor
    sylvie_mentor: Mentor
    etienne_mentor: Mentor
    pascal_mentor: Mentor
    denis_mentor: Mentor

    ines: Student
    loic: Student
    sofia: Student
    maika: Student
    thomas: Student
    kim: Student
    noah: Student
    olivia: Student
    mia: Student
    alice: Student

    ines_marc: Dyad
    loic_sylvie: Dyad
    sofia_etienne: Dyad
    sofia_sylvie: Dyad
    maika_nadia: Dyad
    thomas_nadia: Dyad
    kim_nadia: Dyad
    noah_sylvie: Dyad
    olivia_sylvie: Dyad
    mia_denis: Dyad
    alice_pascal: Dyad

    tremplin: SupportGroup
    elan: SupportGroup
    passerelle: SupportGroup
    boussole: SupportGroup
    horizon: SupportGroup
    cordee: SupportGroup

    other_board: SchoolBoard
    other_school: School
    other_groups_program: Program
    other_mentoring: Program
    other_teacher: User
    other_mentor: User
    other_lead: User
    other_trainer: User
    other_manager: User
    other_admin: User
    other_privacy: User
    other_mentor_row: Mentor
    other_student: Student
    other_dyad: Dyad
    other_group: SupportGroup

    def everyone(self) -> list[User]:
        """The adults of both boards, in the order above."""
        return [value for value in vars(self).values() if isinstance(value, User)]


@cache
def common_password() -> str:
    """The hash that all share: computed once, since a good hasher is slow on purpose."""
    return make_password(PASSWORD)


def make_cast(on: date) -> Cast:
    """Create both boards as they stand on ``on``, in one transaction."""
    calendar = DemoCalendar.around(on)
    with transaction.atomic():
        parts = {"on": on, "calendar": calendar, **rives(calendar), **hauts_vents(calendar, common_password())}
    return Cast(**parts)  # type: ignore[arg-type]


def rives(calendar: DemoCalendar) -> dict[str, object]:
    """The first board: two schools."""
    board = SchoolBoard.objects.create(key="css-rives", name="Centre de services scolaire des Rives")
    stage = Stage(board, calendar, common_password())
    stage.years()
    school = stage.school("rive-claire", "École Rive-Claire")
    second = stage.school("boise", "École du Boisé")
    parts: dict[str, object] = {
        "board": board,
        "school": school,
        "second_school": second,
        "chantal": stage.adult("Chantal Roy", "rives", Role.TRAINER),
        "robert": stage.adult("Robert Gagné", "rives", Role.BOARD_ADMIN),
        "line": stage.adult("Line Savard", "rives", Role.PRIVACY_OFFICER),
        **rive_claire(stage, school),
        **boise(stage, second),
    }
    stage.write()
    return parts
