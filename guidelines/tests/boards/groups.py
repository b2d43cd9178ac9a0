"""Random support groups, whose adults leave and return and whose members move, and their resource teachers."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from guidelines.tests.boards.days import DAY, SPAN, later, rarely, some_day
from guidelines.tests.boards.dyads import habits_of, meeting
from guidelines.tests.reference.rows import Entry, FunctionTime, Group, Lead, Slot, Teacher

SIZES = [0, 1, 3, 4, 5, 5, 6, 12, 13, 15, 16, 16, 17]
CONTENTS = ["jeux", "etude", "anniversaires", "projet"]


Years = list[tuple[date, date]]


def group_of(chance: Random, key: str, program: str, teachers: list[str], students: list[str], years: Years) -> Group:
    starts_on = some_day(chance, chance.choice([10, 120, 220]))
    group = Group(key, program, starts_on, later(chance, starts_on, SPAN, never=0.6))
    for who in chance.sample(students, chance.choice(SIZES)):
        joined = starts_on + chance.choice([0, 0, 0, 0, 30, -2]) * DAY
        left = later(chance, joined + 2 * DAY, 100, never=0.8)
        group.members.append((who, joined, left))
        if left is not None and chance.random() < 0.5:
            group.members.append((who, left + chance.choice([0, 0, 20]) * DAY, None))
    _leads(chance, group, teachers, years)
    _slots(chance, group)
    _meetings(chance, group)
    _ties(chance, group)
    return group


def _leads(chance: Random, group: Group, teachers: list[str], years: Years) -> None:
    """One adult after another, with or without days between them, some of whom come back from a leave."""
    starts = group.starts_on + chance.choice([0, 0, 0, 5, -10]) * DAY
    for _ in range(chance.choice([0, 1, 1, 2, 3, 4])):
        person = chance.choice(teachers)
        ends = later(chance, starts + 5 * DAY, 120, never=0.3)
        year_ends = [day + chance.choice([-1, 0, 5]) * DAY for _, day in years if day > starts + 5 * DAY]
        if ends and year_ends and chance.random() < 0.4:
            ends = year_ends[0]
        reason = chance.choice(["leave", "leave", "left", "reassigned", "other", ""]) if ends else ""
        group.leads.append(Lead(person, starts, ends, reason))
        following = (ends or starts + timedelta(days=chance.randint(20, 90))) + chance.choice([0, 0, 1, 12]) * DAY
        starts = following if chance.random() < 0.9 else starts + chance.choice([0, 10]) * DAY


def _slots(chance: Random, group: Group) -> None:
    if chance.random() < 0.6:
        return
    days = chance.choice([[1], [1, 3], [1, 1, 4], [2, 2]])
    for day in days:
        starts = chance.choice([None, None, some_day(chance)])
        span = (starts, later(chance, starts, 100) if starts else chance.choice([None, some_day(chance)]))
        minutes = chance.choice([None, 5, 9, 10, 25, 30, 31, 40, 60, 61])
        by_week = chance.random() < 0.6
        group.slots.append(Slot(day if by_week else None, None if by_week else day, minutes, span))


def _meetings(chance: Random, group: Group) -> None:
    habits = habits_of(chance)
    habits.minutes = chance.choice([[5, 30], [10], [None], [61, 90], [60, 60, None], [8, 10]])
    statuses = chance.choice([["held"], ["held", "held", "not_held"], ["held", "planned"], ["not_held", "planned"]])
    logged = chance.choice([[()], [("jeux",)], [("jeux",), ("etude", "projet")], [("etude",), (), ("jeux", "etude")]])
    silent_from = chance.choice([0, 30, 90, 200])
    members = sorted({who for who, _a, _b in group.members})
    absent = chance.choice(["absent", "absent", "excused", "late", "present"])
    for n in range(chance.randint(0, 9), 300, chance.choice([3, 7, 7, 7, 10])):
        status = chance.choice(statuses) if n < silent_from else chance.choice(["not_held", "planned", "planned"])
        if n >= silent_from and chance.random() < 0.5:
            continue
        reason = chance.choice(["school_closed", "adult_absent", "other", ""]) if status == "not_held" else ""
        row = meeting(chance, habits, group.starts_on + n * DAY, status, "", reason)
        row.activities = chance.choice(logged)
        if status == "held" and chance.random() < 0.9:
            row.marks = {who: chance.choice(["present"] * 5 + ["absent"]) for who in members if chance.random() < 0.97}
            for who in members[:2]:
                row.marks[who] = absent
        group.meetings.append(row)
        if rarely(chance):
            again = replace(row, minutes=chance.choice([None, 10, 30]), marks=dict.fromkeys(members[:1], "absent"))
            group.meetings.append(again)


def _ties(chance: Random, group: Group) -> None:
    def near(most: int = 250) -> date:
        return group.starts_on + timedelta(days=chance.randint(-3, most))

    members = sorted({who for who, _a, _b in group.members})
    often = chance.choice([0, 1, 3, 9])
    for who in members:
        for _ in range(often):
            group.contacts.append(Entry(near(), who, undone=rarely(chance)))
            outcome = chance.choice(["reached", "reached", "message_left", "no_answer"])
            group.families.append(Entry(near(), who, outcome=outcome, undone=rarely(chance)))
            group.reviews.append(Entry(near(), who, undone=rarely(chance)))
    for _ in range(chance.choice([0, 1, 3])):
        group.reviews.append(Entry(near(), None, undone=rarely(chance)))


def one_adult_each(chance: Random, groups: list[Group], teachers: list[str]) -> None:
    """Nobody but its first adult leads a group: only a move from one to the other changes a member's adult."""
    for group in groups:
        group.leads = [Lead(chance.choice(teachers), group.starts_on - chance.choice([0, 40]) * DAY)]


def move_some(chance: Random, groups: list[Group]) -> None:
    """Some members go from one group to another, of the same programme or not, at once or after a while."""
    often = chance.choice([0, 0.1, 0.3, 0.7])
    for group in groups:
        for who, starts, left in list(group.members):
            other = chance.choice(groups)
            if left is None and chance.random() < often and other is not group:
                moved = starts + timedelta(days=chance.randint(3, 150))
                comes = moved + chance.choice([0, 0, 0, 1, 3, 30]) * DAY
                if any(student == who for student, _a, _b in other.members):
                    continue
                if not rarely(chance):  # else in both groups at once
                    group.members.remove((who, starts, None))
                    group.members.append((who, starts, moved))
                other.members.append((who, comes, None))


def teacher_of(chance: Random, key: str, years: int) -> Teacher:
    teacher = Teacher(key)
    for number in range(years):
        for _ in range(chance.choice([0, 1, 1, 2])):
            percent = Decimal(chance.choice(["0.00", "25.00", "50.00", "50.01", "30.50", "12.25", "100.00"]))
            teacher.releases.append((number, percent))
    functions = chance.choice([["students"], ["students", "teachers"], ["students", "teachers", "services"]])
    for _ in range(chance.choice([0, 2, 6, 12])):
        on = some_day(chance)
        teacher.times.append(FunctionTime(on, chance.choice(functions), chance.choice([0, 5, 60, 60]), rarely(chance)))
    teacher.foundations = [some_day(chance, 200) for _ in range(chance.choice([0, 2, 4, 5, 5, 5]))]
    return teacher
