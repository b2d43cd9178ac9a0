"""École Rive-Claire: where the story is told. Weeks are counted backwards, as ``cast`` says."""

from datetime import date, time, timedelta

from accompagnement.demo.stage import Stage
from mentoring.models import Dyad, DyadMeeting, Mentor, Pause
from mentoring.models.endings import ClosureTalk, EndCode, EndedBy
from people.access import Role
from people.models import School, Student, User
from programs.models import Program, SupportGroup
from programs.models.contacts import Channel

Kind = Mentor.Kind


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

    ines = start("ines", "marc", 8, calendar.committed(8))
    slot = stage.slot(ines, wednesday, time(12, 10))
    stage.weekly(ines, slot, range(8, 3, -1))
    stage.planned(ines, slot, (3, 2, 1, 0, -1))

    loic = start("loic", "sylvie", 10, calendar.committed(10))
    slot = stage.slot(loic, thursday, time(12, 10))
    stage.weekly(loic, slot, range(10, 0, -1))
    stage.planned(loic, slot, (0, -1))

    before = calendar.class_day_from(calendar.previous.ends_on - timedelta(days=90))
    sofia_before = stage.dyad(
        program,
        students["sofia"],
        mentors["sylvie_mentor"],
        before,
        committed_until=calendar.previous.ends_on,
        ends_on=calendar.class_day_from(before + timedelta(days=40)),
        end_reason="Changement d’horaire de travail",
        ended_by=EndedBy.MENTOR,
        end_code=EndCode.MENTOR_TIME,
    )
    stage.meet(sofia_before, before)
    sofia = start("sofia", "etienne", 6, calendar.day(6, 1) + timedelta(days=91))
    slot = stage.slot(sofia, thursday, time(15, 40))
    stage.weekly(sofia, slot, range(6, 0, -1))
    stage.planned(sofia, slot, (0, -1))

    maika = start("maika", "nadia", 10, calendar.committed(10))
    slot = stage.slot(maika, today, time(12, 20))
    stage.weekly(maika, slot, (10, 9, 8, 7, 6, 5, 3))
    for week in (4, 2):
        stage.meet(maika, calendar.day(week, thursday), channel=Channel.PHONE, minutes=10)
    stage.planned(maika, slot, (0, -1))

    thomas = start("thomas", "nadia", 10, calendar.committed(10))
    slot = stage.slot(thomas, today, time(11, 50))
    stage.weekly(thomas, slot, (10, 9, 8, 7, 6, 5, 3, 2, 1))
    stage.not_held(thomas, calendar.day(4, today), DyadMeeting.Reason.STUDENT_ABSENT, slot)
    stage.planned(thomas, slot, (0, -1))
    stage.prepared[DyadMeeting][-3].note = "Thomas a présenté son exposé devant la classe."

    kim = start("kim", "nadia", 1, None)
    slot = stage.slot(kim, thursday, time(12, 10))
    stage.meet(kim, calendar.day(1, 2), note="Kim préfère en parler à deux.", confidential=True)
    stage.planned(kim, slot, (1, 0, -1))

    noah = start("noah", "sylvie", 10, calendar.committed(10))
    stage.weekly(noah, stage.slot(noah, wednesday, time(12, 10)), range(10, 4, -1))
    stage.keep(Pause(dyad=noah, starts_on=calendar.day(4, 1), reason="Stage hors de l’école"))

    ended = calendar.day(2, 1)
    olivia = stage.dyad(
        program,
        students["olivia"],
        mentors["sylvie_mentor"],
        calendar.class_day_from(ended - timedelta(days=61)),
        committed_until=year.ends_on,
        ends_on=ended,
        end_reason="Déménagement",
        ended_by=EndedBy.FAMILY,
        end_code=EndCode.STUDENT_LEFT,
        closure_talk=ClosureTalk.PLANNED,
    )
    stage.meet(olivia, olivia.starts_on)
    stage.weekly(olivia, None, range(6, 2, -1))
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
        slot = stage.slot(group, calendar.weekday(after), time(hour, minute))
        held = (3, 2) if name == "horizon" else (3, 2, 1)
        for week in held:
            stage.group_meet(group, calendar.day(week, slot.weekday or 1), slot, lead, absent=(week, week + 3))
        stage.planned(group, slot, (0, -1) if len(held) == 3 else (1, 0, -1))
    return cast
