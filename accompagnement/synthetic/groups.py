"""A school's support groups of every year: their members, leads, meetings and presences."""

from datetime import timedelta

from accompagnement.synthetic.beats import Beats, Day
from accompagnement.synthetic.meetings import AHEAD
from accompagnement.synthetic.school import Programme, School

# Members at the beginning of the year: within the balise for most, a few over it.
SIZES = (4, 6, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 12, 13, 14, 15, 17)
NO_LEAD, OTHER_LEAD = 0.03, 0.08
PRESENCES = ("present",) * 17 + ("late", "absent", "excused")
ACTIVITIES = ('["discussion"]', '["problem_solving"]', '["shared_activity"]', "[]")
SLOTS = ("morning", "midday", "midday", "end_of_day")
TIMES = ("08:05:00", "12:05:00", "12:15:00", "15:40:00")
Members = list[tuple[int, str, str | None]]


def make_groups(school: School, attendance_weeks: int | None) -> None:
    since = "" if attendance_weeks is None else (school.on - timedelta(weeks=attendance_weeks)).isoformat()
    for year in range(school.board.years.count):
        for n in range(school.shape.groups):
            other = len(school.grouping) > 1 and n % 5 == 4
            make_group(school, year, n, school.grouping[1 if other else 0], since)


def make_group(school: School, year: int, n: int, programme: Programme, since: str) -> None:
    """One group of one year; presences from ``since`` on."""
    chance, tables, beats = school.chance, school.tables, programme.beats
    begin, end = beats.first_of_year[year], beats.first_of_year[year + 1]
    starts_on, ends_on = beats.starts_on(begin), school.years[year].ends_on.isoformat()
    key = f"{school.key}-g{year + 1}-{n + 1}"
    group = tables.groups.add(school.board.pk, key, programme.pk, f"Groupe {n + 1}", starts_on, ends_on)
    lead = make_leads(school, group, n, beats, begin, end)
    members = make_members(school, group, year, beats, begin, end)
    moment, slot = int(chance.random() * len(SLOTS)), int(chance.random() * beats.slots)
    minutes = chance.choice((20, 30, 30, 45, 60, 75))
    weekday, cycle_day = (None, slot + 1) if beats.cadence else (slot + 1, None)
    timetable = tables.group_timetables.add(group, weekday, cycle_day, TIMES[moment], minutes, starts_on, ends_on)
    reliability = chance.choice((0.98, 0.95, 0.95, 0.9, 0.85, 0.6, 0.4))
    today, ahead = school.on.isoformat(), (school.on + AHEAD).isoformat()

    def write(day: Day, status: str, reason: str = "") -> int:
        logged = status != "planned"
        return tables.group_meetings.add(
            school.board.pk,
            f"{school.key}-s{tables.group_meetings.made + 1}",
            day.on,
            status,
            reason,
            TIMES[moment],
            minutes,
            1,
            day.logged[0] if logged else None,
            lead if logged else None,
            "",
            "ordinary",
            day.saved[0],
            timetable,
            group,
            SLOTS[moment],
            ACTIVITIES[int(chance.random() * len(ACTIVITIES))] if status == "held" else "[]",
        )

    for beat in range(begin, end):
        day = beats.days[beat][slot]
        if day.on > ahead:
            break
        draw = chance.random()
        if day.on > today or draw > 0.5 + reliability / 2:
            write(day, "planned")
        elif draw > reliability:
            write(day, "not_held", chance.choice(("adult_absent", "school_closed", "other")))
        else:
            meeting = write(day, "held")
            if day.on >= since:
                attend(school, meeting, day, members)


def make_leads(school: School, group: int, n: int, beats: Beats, begin: int, end: int) -> int:
    """The teacher in charge; some groups change hands, a few have nobody. Gives who logs."""
    chance, add, teachers = school.chance, school.tables.leads.add, school.teachers
    lead, starts_on, draw = teachers[n % len(teachers)], beats.starts_on(begin), chance.random()
    if draw < NO_LEAD:
        return lead
    if draw < NO_LEAD + OTHER_LEAD:
        change = beats.starts_on(chance.randrange(begin + 4, end - 4))
        add(group, lead, starts_on, change, chance.choice(("leave", "left", "reassigned")))
        add(group, teachers[(n + 1) % len(teachers)], change, None, "")
    else:
        add(group, lead, starts_on, None, "")
    return lead


def make_members(school: School, group: int, year: int, beats: Beats, begin: int, end: int) -> Members:
    """Mostly first-year students, from the beginning; some come later, some leave."""
    chance, found = school.chance, []
    for _n in range(chance.choice(SIZES)):
        late, gone = chance.random() < 0.08, chance.random() < 0.06
        starts_on = beats.starts_on(begin + (chance.randrange(2, 10) if late else 0))
        ends_on = beats.starts_on(chance.randrange(begin + 10, end - 1)) if gone else None
        student = school.student(year - 1 if year and chance.random() < 0.03 else year)
        school.tables.members.add(group, student, starts_on, ends_on, "Changement d’école" if gone else "")
        found.append((student, starts_on, ends_on))
    return found


def attend(school: School, meeting: int, day: Day, members: Members) -> None:
    rnd, add = school.chance.random, school.tables.attendance.add
    for student, starts_on, ends_on in members:
        if starts_on <= day.on and (ends_on is None or day.on < ends_on):
            add(meeting, student, PRESENCES[int(rnd() * len(PRESENCES))])
