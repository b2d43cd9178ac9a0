"""The named people of two boards, and their dyads and groups: used by tests and demonstration alike.

The stories count class weeks backwards from the day: « week 0 » is that of ``on`` (Monday 2026-11-23 in tests), week 1
the one before, week 2 is that of 9 November, week 3 of 2 November, week 4 of 26 October. Meetings of week 1 may still
be logged without fault (the grace), so a missed week is week 2 or older. « Today » is Monday in tests.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accompagnement.demo.calendar import DemoCalendar
from accompagnement.demo.stage import Stage
from mentoring.models import Dyad, DyadMeeting, DyadTimetable, Mentor, Pause
from people.access import Role
from people.models import School, SchoolBoard, Student, User
from programs.models import GroupTimetable, Program, SupportGroup

PASSWORD = "accompagnement-demo"  # noqa: S105 (a demonstration's, printed on purpose)
Kind = Mentor.Kind


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
        parts = {"on": on, "calendar": calendar, **rives(calendar), **hauts_vents(calendar)}
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


def rive_claire(stage: Stage, school: School) -> dict[str, object]:
    groups = stage.program(school, "rc-groupes", "Groupes d’accompagnement", Program.Domain.GROUP)
    mentoring = stage.program(school, "rc-mentorat", "Mentorat", Program.Domain.MENTORING)

    def adult(name: str, *roles: Role) -> User:
        return stage.adult(name, "rive-claire", *roles, school=school)

    nadia = adult("Nadia Ferhat", Role.RESOURCE_TEACHER, Role.MENTOR)
    karim = adult("Karim Haddad", Role.RESOURCE_TEACHER)
    marc = adult("Marc-Olivier Thériault", Role.MENTOR)
    sylvie = adult("Sylvie Marcotte", Role.MENTOR)
    etienne = adult("Étienne Parent", Role.MENTOR)
    mentors = {
        "nadia_mentor": stage.mentor(nadia, Kind.TEACHER, 120),
        "marc_mentor": stage.mentor(marc, Kind.COMMUNITY_VOLUNTEER, 90, 60),
        "sylvie_mentor": stage.mentor(sylvie, Kind.SCHOOL_VOLUNTEER, 90),
        "etienne_mentor": stage.mentor(etienne, Kind.OLDER_PEER),
    }
    others = stage.students(
        school, "Loïc Gauthier", "Sofia Mendoza", "Maïka Awashish", "Thomas Lévesque", "Noah Simard", "Olivia Caron"
    )
    tremplin = stage.students(school, *TREMPLIN)
    students = {
        "ines": tremplin[TREMPLIN.index("Inès Benali")],
        "kim": tremplin[TREMPLIN.index("Kim Nguyen")],
        **dict(zip(("loic", "sofia", "maika", "thomas", "noah", "olivia"), others, strict=True)),
    }
    return {
        "groups_program": groups,
        "mentoring": mentoring,
        "nadia": nadia,
        "karim": karim,
        "marc": marc,
        "sylvie": sylvie,
        "etienne": etienne,
        "julie": adult("Julie Archambault", Role.PROGRAM_LEAD),
        "alain": adult("Alain Doré", Role.SCHOOL_MANAGER),
        **mentors,
        **students,
        **rive_claire_dyads(stage, mentoring, students, mentors),
        **rive_claire_groups(stage, groups, nadia, karim, tremplin),
    }


TREMPLIN = (
    "Amélie Côté",
    "Bilal Haddad",
    "Chloé Gagnon",
    "David Tremblay",
    "Élodie Roy",
    "Félix Bouchard",
    "Gabrielle Morin",
    "Hugo Pelletier",
    "Inès Benali",
    "Jérémie Fortin",
    "Kim Nguyen",
    "Léa Bergeron",
)


def rive_claire_dyads(
    stage: Stage, program: Program, students: dict[str, Student], mentors: dict[str, Mentor]
) -> dict[str, Dyad]:
    """On the day of tests:

    - ines_marc: open since week 8, met weekly until week 4 (28 October), then planned meetings that nobody logged:
      critical-period, frequency (2, warning), gap (2, warning).
    - loic_sylvie: met every week since week 10: nothing (but Sylvie has 90 minutes of training: warning).
    - sofia_etienne: since week 6, met every week; committed for three months: duration-planned, warning; Sofia's
      dyad with Sylvie (sofia_sylvie) had ended early in the school year before: student-rematch. Étienne has no
      training: critical.
    - maika_nadia: since week 10; weeks 4 and 2 by phone only: frequency (2, warning), no gap but one week.
    - thomas_nadia: met every week but week 4, when he was absent: excused, nothing.
    - kim_nadia: began last week, met once, its second meeting unlogged, no committed end: duration-planned, warning;
      frequency not assessable.
    - noah_sylvie: met until week 5, paused since week 4: nothing.
    - olivia_sylvie: ended in week 2 after two months: duration-short, critical.
    """
    calendar, year = stage.calendar, stage.calendar.current
    today, wednesday, thursday = calendar.weekday(0), calendar.weekday(2), calendar.weekday(3)

    def start(name: str, mentor: str, week: int, until: date | None) -> Dyad:
        first = calendar.day(week, 1)
        return stage.dyad(program, students[name], mentors[f"{mentor}_mentor"], first, committed_until=until)

    ines = start("ines", "marc", 8, year.ends_on)
    slot = stage.slot(ines, wednesday, time(12, 10))
    weekly(stage, ines, slot, range(8, 3, -1))
    planned(stage, ines, slot, (3, 2, 1, 0, -1))

    loic = start("loic", "sylvie", 10, year.ends_on)
    slot = stage.slot(loic, thursday, time(12, 10))
    weekly(stage, loic, slot, range(10, 0, -1))
    planned(stage, loic, slot, (0, -1))

    before = calendar.class_day_from(calendar.previous.ends_on - timedelta(days=90))
    sofia_before = stage.dyad(
        program,
        students["sofia"],
        mentors["sylvie_mentor"],
        before,
        committed_until=calendar.previous.ends_on,
        ended_on=calendar.class_day_from(before + timedelta(days=40)),
        end_reason="Changement d’horaire de travail",
        ended_by=Dyad.EndedBy.MENTOR,
    )
    stage.meet(sofia_before, before)
    sofia = start("sofia", "etienne", 6, calendar.day(6, 1) + timedelta(days=91))
    slot = stage.slot(sofia, thursday, time(15, 40))
    weekly(stage, sofia, slot, range(6, 0, -1))
    planned(stage, sofia, slot, (0, -1))

    maika = start("maika", "nadia", 10, year.ends_on)
    slot = stage.slot(maika, today, time(12, 20))
    weekly(stage, maika, slot, (10, 9, 8, 7, 6, 5, 3))
    for week in (4, 2):
        stage.meet(maika, calendar.day(week, thursday), channel=DyadMeeting.Channel.PHONE, minutes=10)
    planned(stage, maika, slot, (0, -1))

    thomas = start("thomas", "nadia", 10, year.ends_on)
    slot = stage.slot(thomas, today, time(11, 50))
    weekly(stage, thomas, slot, (10, 9, 8, 7, 6, 5, 3, 2, 1))
    stage.not_held(thomas, calendar.day(4, today), DyadMeeting.Reason.STUDENT_ABSENT, slot)
    planned(stage, thomas, slot, (0, -1))
    stage.meetings[-3].note = "Thomas a présenté son exposé devant la classe."

    kim = start("kim", "nadia", 1, None)
    slot = stage.slot(kim, thursday, time(12, 10))
    stage.meet(kim, calendar.day(1, 2), note="Kim préfère en parler à deux.", confidential=True)
    planned(stage, kim, slot, (1, 0, -1))

    noah = start("noah", "sylvie", 10, year.ends_on)
    weekly(stage, noah, stage.slot(noah, wednesday, time(12, 10)), range(10, 4, -1))
    stage.pauses.append(Pause(dyad=noah, starts_on=calendar.day(4, 1), reason="Stage hors de l’école"))

    ended = calendar.day(2, 1)
    olivia = stage.dyad(
        program,
        students["olivia"],
        mentors["sylvie_mentor"],
        calendar.class_day_from(ended - timedelta(days=61)),
        committed_until=year.ends_on,
        ended_on=ended,
        end_reason="Déménagement",
        ended_by=Dyad.EndedBy.FAMILY,
    )
    stage.meet(olivia, olivia.starts_on)
    weekly(stage, olivia, None, range(6, 2, -1))
    return {
        "ines_marc": ines,
        "loic_sylvie": loic,
        "sofia_sylvie": sofia_before,
        "sofia_etienne": sofia,
        "maika_nadia": maika,
        "thomas_nadia": thomas,
        "kim_nadia": kim,
        "noah_sylvie": noah,
        "olivia_sylvie": olivia,
    }


def rive_claire_groups(
    stage: Stage, program: Program, nadia: User, karim: User, tremplin: list[Student]
) -> dict[str, SupportGroup]:
    """Tremplin (12), Boussole (12) and Horizon (9) with Nadia; Élan (16, critical) and Passerelle (14, warning) with
    Karim. All met in weeks 3, 2 and 1, but Horizon's meeting of week 1 is not logged. Boussole and Tremplin are planned
    today."""
    calendar, school = stage.calendar, program.school
    cast = {
        "tremplin": stage.group(program, "Tremplin", nadia, tremplin),
        "elan": stage.group(program, "Élan", karim, stage.students(school, fill=16)),
        "passerelle": stage.group(program, "Passerelle", karim, stage.students(school, fill=14)),
        "boussole": stage.group(program, "Boussole", nadia, stage.students(school, fill=12)),
        "horizon": stage.group(program, "Horizon", nadia, stage.students(school, fill=9, grade=2)),
    }
    times = {"tremplin": (0, 14, 30), "elan": (1, 8, 15), "passerelle": (3, 14, 30), "boussole": (0, 8, 15)}
    times["horizon"] = (2, 15, 45)
    for name, (after, hour, minute) in times.items():
        group, lead = cast[name], karim if name in ("elan", "passerelle") else nadia
        slot = stage.group_slot(group, calendar.weekday(after), time(hour, minute))
        held = (3, 2) if name == "horizon" else (3, 2, 1)
        for week in held:
            stage.group_meet(group, calendar.day(week, slot.weekday or 1), slot, lead, absent=(week, week + 3))
        group_planned(stage, group, slot, (0, -1) if len(held) == 3 else (1, 0, -1))
    return cast


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

    mia_denis = stage.dyad(mentoring, mia, mentors[1], calendar.day(22, 1), committed_until=calendar.current.ends_on)
    weekly(stage, mia_denis, stage.slot(mia_denis, 3, time(12, 0)), range(22, 4, -1))
    alice_pascal = stage.dyad(
        mentoring, alice, mentors[0], calendar.day(10, 1), committed_until=calendar.current.ends_on
    )
    slot = stage.slot(alice_pascal, 2, time(12, 0))
    weekly(stage, alice_pascal, slot, range(10, 0, -1))
    planned(stage, alice_pascal, slot, (0, -1))

    cordee = stage.group(groups, "Cordée", pascal, stage.students(school, fill=4))
    group_slot = stage.group_slot(cordee, 4, time(9, 0))
    stage.group_meet(cordee, calendar.day(1, 4), group_slot, pascal)
    group_planned(stage, cordee, group_slot, (0, -1))
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


def hauts_vents(calendar: DemoCalendar) -> dict[str, object]:
    """The other board, one school. other_dyad: met until week 5, then nothing: critical-period, gap and
    frequency, all critical. other_group: 13 members: group-too-large, warning. The other mentor has no training:
    critical."""
    board = SchoolBoard.objects.create(key="css-hauts-vents", name="Centre de services scolaire des Hauts-Vents")
    stage = Stage(board, calendar, common_password())
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
    dyad = stage.dyad(mentoring, student, mentor_row, calendar.day(10, 1), committed_until=calendar.current.ends_on)
    slot = stage.slot(dyad, 2, time(12, 0))
    weekly(stage, dyad, slot, range(10, 4, -1))
    planned(stage, dyad, slot, (1, 0, -1))
    group = stage.group(groups, "Sommet", teacher, stage.students(school, fill=13))
    group_slot = stage.group_slot(group, 1, time(14, 30))
    stage.group_meet(group, calendar.day(1, 1), group_slot, teacher)
    group_planned(stage, group, group_slot, (0, -1))
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


def weekly(stage: Stage, dyad: Dyad, slot: DyadTimetable | None, weeks: Iterable[int]) -> None:
    """Held meetings on the slot's weekday (Wednesday without one) of those weeks, never before the start."""
    for week in weeks:
        on = stage.calendar.day(week, (slot and slot.weekday) or 3)
        stage.meet(dyad, max(on, dyad.starts_on), slot=slot)


def planned(stage: Stage, dyad: Dyad, slot: DyadTimetable, weeks: Iterable[int]) -> None:
    for week in weeks:
        stage.plan(dyad, stage.calendar.day(week, slot.weekday or 1), slot)


def group_planned(stage: Stage, group: SupportGroup, slot: GroupTimetable, weeks: Iterable[int]) -> None:
    for week in weeks:
        stage.group_plan(group, stage.calendar.day(week, slot.weekday or 1), slot)
