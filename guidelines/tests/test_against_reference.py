"""Random histories: the statements and the slow reference find the same, to the last value, on any day."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidelines.evaluation import evaluate_board, reevaluate
from guidelines.management.commands.evaluate import as_lines
from guidelines.models import Flag, FlagEvent
from guidelines.tests import reference as slow
from mentoring.models import Dyad, DyadMeeting, Mentor, Pause, Training
from people.models import School, SchoolBoard, Student, User
from people.months import add_months
from programs.models import GroupMember, Program, SchoolDay, SchoolYear, SupportGroup

pytestmark = pytest.mark.django_db

FIRST = date(2024, 8, 26)
SPAN = 330
MENTORS = ["M-0", "M-1", "M-2"]
STUDENTS = ["E-0", "E-1", "E-2"]
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def histories(chance: Random) -> slow.History:
    """Two short school years around a summer, and dyads whose dates fall on and around every bound."""
    years, class_days = calendar(chance)
    cadences = chance.choices([0, 0, 0, 5, 7, 9, 10], k=2)
    pairs = [pair(chance, f"D-{n}", class_days) for n in range(chance.randint(3, 7))]
    return slow.History(years, class_days, cadences, pairs, groups(chance), trainings(chance))


def calendar(chance: Random) -> tuple[list[tuple[date, date]], list[date]]:
    """Weekdays, less some whole weeks and some days, and now and then a Saturday of class."""
    summer = FIRST + timedelta(days=chance.randint(150, 170))
    second = summer + timedelta(days=chance.randint(20, 40))
    years = [(FIRST, summer), (second, FIRST + timedelta(days=SPAN + chance.randint(0, 120)))]
    weeks_off = set(chance.choices(range(SPAN // 7), k=chance.randint(0, 6)))
    days_off = {FIRST + timedelta(days=chance.randint(0, SPAN)) for _ in range(chance.randint(0, 40))}
    days = [
        day
        for starts, ends in years
        for day in (starts + n * DAY for n in range((ends - starts).days))
        if day not in days_off and (day - FIRST).days // 7 not in weeks_off
    ]
    return years, [day for day in days if day.weekday() < 5 or chance.random() < 0.03]


def some_day(chance: Random) -> date:
    month_ends = [date(2024, 8, 31), date(2024, 9, 30), date(2024, 11, 30), date(2024, 12, 31), date(2025, 1, 31)]
    anywhere = FIRST + timedelta(days=chance.randint(0, SPAN))
    return chance.choice([anywhere, anywhere, anywhere, *month_ends])


def later(chance: Random, start: date, most: int, never: float = 0.5) -> date | None:
    """Some day from ``start`` on, often whole months after it, or none."""
    if chance.random() < never:
        return None
    months = add_months(start, chance.randint(0, 7)) + timedelta(days=chance.choice([-1, 0, 0, 1]))
    return max(start, chance.choice([months, start + timedelta(days=chance.randint(0, most))]))


def pair(chance: Random, key: str, class_days: list[date]) -> slow.Dyad:
    """Met from week to week until a silence begins, in which a few rows say why."""
    starts_on = chance.choice([some_day(chance), chance.choice(class_days[:80])])
    ended_on = later(chance, starts_on, SPAN, never=0.6)
    if ended_on is not None and chance.random() < 0.3:
        ended_on = chance.choice([day for day in class_days if day >= starts_on] or [ended_on])
    dyad = slow.Dyad(
        key,
        chance.choice(MENTORS),
        chance.choice(STUDENTS),
        starts_on,
        ended_on,
        later(chance, starts_on, SPAN, never=0.2),
        chance.random() < 0.3,
        chance.choice([0, 1]),
    )
    silent_from = chance.choice([0, 20, 60, 100, 200])
    for n in range(chance.randint(0, 12), silent_from, chance.choice([5, 7, 7, 9, 14])):
        dyad.meetings.append(slow.Meeting(starts_on + n * DAY, "held", chance.choice(["in_person", "video", ""])))
    for _ in range(chance.randint(0, 8)):
        status = chance.choice(["held", "not_held", "not_held", "planned", "planned"])
        reasons = ["student_absent", "adult_absent", "school_closed", "other", ""]
        on = starts_on + timedelta(days=silent_from + chance.randint(-5, 45))
        channel = chance.choice(["in_person", "in_person", "video", "", "phone", "email", "message"])
        reason = chance.choice(reasons) if status == "not_held" else ""
        dyad.meetings.append(slow.Meeting(on, status, channel, reason))
    for _ in range(chance.choice([0, 0, 1, 2, 3])):
        starts = starts_on + timedelta(days=silent_from + chance.randint(-10, 30))
        dyad.pauses.append((starts, later(chance, starts, 14, never=0.1)))
    return dyad


def trainings(chance: Random) -> list[tuple[str, str, date, int]]:
    return [
        (
            chance.choice(MENTORS),
            chance.choice(["initial", "initial", "ongoing"]),
            some_day(chance),
            chance.choice([0, 1, 30, 60, 90, 119, 120]),
        )
        for _ in range(chance.randint(0, 6))
    ]


def groups(chance: Random) -> list[slow.Group]:
    found = []
    for n in range(2):
        starts_on = some_day(chance)
        group = slow.Group(f"G-{n}", starts_on, later(chance, starts_on, SPAN))
        for who in range(chance.choice([0, 1, 2, 4, 5, 12, 13, 15, 16, 18])):
            joined = starts_on + chance.choice([0, 0, 0, 30]) * DAY
            left = later(chance, joined, 100, never=0.8)
            group.members.append((f"S-{who}", joined, left))
            if left is not None and left > joined and chance.random() < 0.5:
                group.members.append((f"S-{who}", left, None))
        found.append(group)
    return found


def days_to_look(chance: Random, history: slow.History, count: int) -> list[date]:
    """Days on and around the bounds of this history."""
    bounds = [day for dyad in history.dyads for day in (dyad.starts_on, dyad.ended_on, dyad.committed_until) if day]
    bounds += [add_months(dyad.starts_on, months) for dyad in history.dyads for months in (3, 6)]
    bounds += [day for year in history.years for day in year]
    bounds += [m.on for dyad in history.dyads for m in dyad.meetings[-6:]]
    bounds += [last + WEEK for _, _, (*_, last) in slow.periods(history, history.cadences[0])[:25]] * 2
    near = [chance.choice(bounds) + timedelta(days=chance.choice([-1, 0, 0, 1])) for _ in range(count)]
    return sorted(day for day in near if day >= FIRST)


def stored(history: slow.History) -> SchoolBoard:
    """The same history as rows."""
    board = SchoolBoard.objects.create(key="B0", name="B0")
    school = School.objects.create(board=board, key="S0", name="S0")
    for n, (starts_on, ends_on) in enumerate(history.years):
        SchoolYear.objects.create(board=board, key=f"Y{n}", label=str(n), starts_on=starts_on, ends_on=ends_on)
    SchoolDay.objects.bulk_create(SchoolDay(school=school, date=day, kind="class") for day in history.class_days)
    programs = [
        Program.objects.create(
            board=board,
            school=school,
            key=f"P{n}",
            name="P",
            domain="mentoring",
            cadence_unit="cycle" if cadence else "week",
            cadence_days=cadence or None,
        )
        for n, cadence in enumerate(history.cadences)
    ]
    people = User.objects.bulk_create(User(board=board, key=key, password="!") for key in MENTORS)
    mentors = dict(
        zip(MENTORS, Mentor.objects.bulk_create(Mentor(person=who, kind="teacher") for who in people), strict=True)
    )
    for who, kind, completed_on, minutes in history.trainings:
        Training.objects.create(person=mentors[who].person, kind=kind, completed_on=completed_on, minutes=minutes)
    names = STUDENTS + [f"S-{n}" for n in range(20)]
    rows = Student.objects.bulk_create(Student(board=board, school=school, key=key) for key in names)
    students = dict(zip(names, rows, strict=True))
    for pair in history.dyads:
        dyad = Dyad.objects.create(
            board=board,
            program=programs[pair.program],
            key=pair.key,
            mentor=mentors[pair.mentor],
            student=students[pair.student],
            starts_on=pair.starts_on,
            ended_on=pair.ended_on,
            committed_until=pair.committed_until,
            planned_handover=pair.planned_handover,
        )
        DyadMeeting.objects.bulk_create(
            DyadMeeting(board=board, dyad=dyad, on=m.on, status=m.status, channel=m.channel, reason=m.reason)
            for m in pair.meetings
        )
        Pause.objects.bulk_create(Pause(dyad=dyad, starts_on=a, ends_on=b) for a, b in pair.pauses)
    for circle in history.groups:
        group = SupportGroup.objects.create(
            board=board,
            program=programs[0],
            key=circle.key,
            name="G",
            starts_on=circle.starts_on,
            ends_on=circle.ends_on,
        )
        GroupMember.objects.bulk_create(
            GroupMember(group=group, student=students[who], starts_on=a, ends_on=b) for who, a, b in circle.members
        )
    return board


def as_found(board: SchoolBoard, on: date) -> set[slow.Expected]:
    lines = as_lines(board, evaluate_board(board, on=on, write=False).findings)
    names = ("guideline", "key", "severity", "value", "threshold", "confidence")
    found = [tuple(line[name] for name in names) for line in lines]
    assert len(found) == len(set(found))
    return set(found)  # type: ignore[arg-type]


TRIALS = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@settings(max_examples=60, **TRIALS)
@given(seed=st.integers(0, 2**32))
def test_a_board_is_evaluated_as_the_guidelines_say(seed: int) -> None:
    chance = Random(seed)
    history = histories(chance)
    with transaction.atomic():
        board = stored(history)
        for on in days_to_look(chance, history, 14):
            assert as_found(board, on) == slow.findings(history, on)
        transaction.set_rollback(True)


@settings(max_examples=15, **TRIALS)
@given(seed=st.integers(0, 2**32))
def test_flags_follow_the_findings_and_rest_when_nothing_changes(seed: int) -> None:
    chance = Random(seed)
    history = histories(chance)
    with transaction.atomic():
        board = stored(history)
        for on in days_to_look(chance, history, 5):
            evaluate_board(board, on=on)
            live = {
                (flag.guideline, keys_of(flag), flag.severity, flag.value, flag.threshold, flag.confidence)
                for flag in Flag.objects.live()
            }
            assert live == slow.findings(history, on)
            events = FlagEvent.objects.count()
            again = evaluate_board(board, on=on)
            assert (again.raised, again.changed, again.cleared) == (0, 0, 0)
            for dyad in Dyad.objects.all():
                alone = reevaluate(dyad, on=on)
                assert (alone.raised, alone.changed, alone.cleared) == (0, 0, 0)
            assert FlagEvent.objects.count() == events
        transaction.set_rollback(True)


def keys_of(flag: Flag) -> str:
    return flag.mentor.person.key if flag.mentor else (flag.dyad or flag.group).key  # type: ignore[union-attr]
