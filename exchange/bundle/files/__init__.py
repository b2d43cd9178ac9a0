"""Every file of the bundle, in the order in which rows may refer to others. A new file = one declaration here."""

from exchange.bundle.files import mentoring, organisations, people, programs

FILES = (
    organisations.BOARDS,
    organisations.SCHOOLS,
    organisations.SCHOOL_YEARS,
    organisations.TERMS,
    organisations.SCHOOL_DAYS,
    people.PEOPLE,
    people.STUDENTS,
    people.GUARDIANS,
    programs.PROGRAMS,
    people.MEMBERSHIPS,
    programs.RELEASES,
    programs.GROUPS,
    programs.GROUP_LEADS,
    programs.GROUP_MEMBERS,
    programs.GROUP_MEETINGS,
    programs.ATTENDANCE,
    mentoring.MENTORS,
    mentoring.TRAININGS,
    mentoring.REFERRALS,
    mentoring.DYADS,
    mentoring.PAUSES,
    mentoring.AGREEMENTS,
    *programs.TIMETABLES,
    mentoring.DYAD_MEETINGS,
)
NAMES = tuple(dict.fromkeys(file.name for file in FILES))
