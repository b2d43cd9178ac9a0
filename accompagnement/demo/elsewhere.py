"""École du Boisé, of the same board; and another board, which must stay apart."""

from datetime import time

from accompagnement.demo.calendar import DemoCalendar
from accompagnement.demo.stage import Stage
from mentoring.models import Mentor
from people.access import Role
from people.models import School, SchoolBoard, User
from programs.models import Program

Kind = Mentor.Kind


def boise(stage: Stage, school: School) -> dict[str, object]:
    """Hélène leads the mentoring programme only, Lucie manages the school.

    - mia_denis: since spring, met weekly until week 5, then nothing: gap (3, critical), frequency (3, critical).
    - alice_pascal: met every week since week 10: nothing.
    - Cordée: four members: group-too-small, info.
    """
    calendar = stage.calendar
    groups = stage.program(school, "bo-groupes", "Groupes de soutien", Program.Domain.GROUP)
    mentoring = stage.program(school, "bo-mentorat", "Mentorat du Boisé", Program.Domain.MENTORING)
    pascal = stage.adult("Pascal Lemieux", "boise", Role.RESOURCE_TEACHER, Role.MENTOR, school=school)
    denis = stage.adult("Denis Turcotte", "boise", Role.MENTOR, school=school)
    mentors = stage.mentor(pascal, Kind.TEACHER, 150), stage.mentor(denis, Kind.COMMUNITY_VOLUNTEER, 120)
    mia, alice = stage.students(school, "Mia Dionne", "Alice Moreau", grade=2)

    mia_denis = stage.dyad(mentoring, mia, mentors[1], calendar.day(22, 1), committed_until=calendar.committed(22))
    stage.weekly(mia_denis, stage.slot(mia_denis, 3, time(12, 0)), range(22, 4, -1))
    alice_pascal = stage.dyad(mentoring, alice, mentors[0], calendar.day(10, 1), committed_until=calendar.committed(10))
    slot = stage.slot(alice_pascal, 2, time(12, 0))
    stage.weekly(alice_pascal, slot, range(10, 0, -1))
    stage.planned(alice_pascal, slot, (0, -1))

    cordee = stage.group(groups, "Cordée", pascal, stage.students(school, fill=4))
    group_slot = stage.slot(cordee, 4, time(9, 0))
    stage.group_meet(cordee, calendar.day(1, 4), group_slot, pascal)
    stage.planned(cordee, group_slot, (0, -1))
    return {
        "second_groups_program": groups,
        "second_mentoring": mentoring,
        "pascal": pascal,
        "denis": denis,
        "helene": stage.adult("Hélène Fortin", "boise", Role.PROGRAM_LEAD, school=school, program=mentoring),
        "lucie": stage.adult("Lucie Beaulieu", "boise", Role.SCHOOL_MANAGER, school=school),
        "pascal_mentor": mentors[0],
        "denis_mentor": mentors[1],
        "mia": mia,
        "alice": alice,
        "mia_denis": mia_denis,
        "alice_pascal": alice_pascal,
        "cordee": cordee,
    }


def hauts_vents(calendar: DemoCalendar, password: str) -> dict[str, object]:
    """The other board, one school. other_dyad: met until week 5, then nothing: critical-period, gap and
    frequency, all critical. other_group: 13 members: group-too-large, warning. The other mentor has no training:
    critical."""
    board = SchoolBoard.objects.create(key="css-hauts-vents", name="Centre de services scolaire des Hauts-Vents")
    stage = Stage(board, calendar, password)
    stage.years()
    school = stage.school("cime", "École de la Cime")
    groups = stage.program(school, "ci-groupes", "Groupes de la Cime", Program.Domain.GROUP)
    mentoring = stage.program(school, "ci-mentorat", "Mentorat de la Cime", Program.Domain.MENTORING)

    def adult(name: str, *roles: Role, at: School | None = school) -> User:
        return stage.adult(name, "cime", *roles, school=at)

    teacher = adult("Marie-Ève Tanguay", Role.RESOURCE_TEACHER)
    mentor = adult("Luc Bergeron", Role.MENTOR)
    mentor_row = stage.mentor(mentor, Kind.SCHOOL_VOLUNTEER)
    (student,) = stage.students(school, "Rosalie Ménard")
    dyad = stage.dyad(mentoring, student, mentor_row, calendar.day(10, 1), committed_until=calendar.committed(10))
    slot = stage.slot(dyad, 2, time(12, 0))
    stage.weekly(dyad, slot, range(10, 4, -1))
    stage.planned(dyad, slot, (1, 0, -1))
    group = stage.group(groups, "Sommet", teacher, stage.students(school, fill=13))
    group_slot = stage.slot(group, 1, time(14, 30))
    stage.group_meet(group, calendar.day(1, 1), group_slot, teacher)
    stage.planned(group, group_slot, (0, -1))
    parts: dict[str, object] = {
        "other_board": board,
        "other_school": school,
        "other_groups_program": groups,
        "other_mentoring": mentoring,
        "other_teacher": teacher,
        "other_mentor": mentor,
        "other_mentor_row": mentor_row,
        "other_lead": adult("Sophie Pelletier", Role.PROGRAM_LEAD),
        "other_trainer": adult("Yves Charron", Role.TRAINER, at=None),
        "other_manager": adult("Gilles Côté", Role.SCHOOL_MANAGER),
        "other_admin": adult("Diane Morin", Role.BOARD_ADMIN, at=None),
        "other_privacy": adult("Paul Rioux", Role.PRIVACY_OFFICER, at=None),
        "other_student": student,
        "other_dyad": dyad,
        "other_group": group,
    }
    stage.write()
    return parts
