"""Random histories: the statements and the slow reference find the same, to the last value, on any day."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidelines.evaluation import evaluate_board, reevaluate_dyad
from guidelines.management.commands.evaluate import as_lines
from guidelines.models import Flag, FlagEvent
from guidelines.tests import reference as slow
from mentoring.models import Dyad, DyadMeeting, Mentor, Pause, Training
from people.models import School, SchoolBoard, Student, User
from programs.models import GroupMember, Program, SchoolDay, SchoolYear, SupportGroup

pytestmark = pytest.mark.django_db

FIRST = date(2024, 8, 26)
SPAN = 620  # two school years and the summer between them
MENTORS = ["M-0", "M-1", "M-2"]
STUDENTS = ["E-0", "E-1"]

days = st.integers(0, SPAN).map(lambda n: FIRST + timedelta(days=n))
month_ends = st.sampled_from([date(2024, 8, 31), date(2024, 11, 30), date(2025, 1, 31), date(2025, 2, 28)])


@st.composite
def calendars(draw: st.DrawFn) -> tuple[list[tuple[date, date]], list[date]]:
    """Two school years of weekdays, with holiday weeks, single days off, and now and then a Saturday of class."""
    second = date(2025, 8, 25) + timedelta(days=draw(st.integers(0, 9)))
    years = [(FIRST, date(2025, 7, 1)), (second, date(2026, 7, 1))]
    weeks_off = draw(st.sets(st.integers(0, 84), max_size=8))
    days_off = draw(st.sets(days, max_size=12))
    extra = draw(st.sets(days, max_size=2))
    open_days = [
        day
        for starts, ends in years
        for day in (starts + timedelta(days=n) for n in range((ends - starts).days - draw(st.integers(5, 14))))
        if day.weekday() < 5 and (day - FIRST).days // 7 not in weeks_off and day not in days_off
    ]
    return years, sorted({*open_days, *extra})


def later(draw: st.DrawFn, start: date, most: int = 400) -> date | None:
    gap = draw(st.one_of(st.none(), st.integers(0, most)))
    return None if gap is None else start + timedelta(days=gap)


@st.composite
def dyads(draw: st.DrawFn, key: str, programs: int) -> slow.Dyad:
    starts_on = draw(st.one_of(days, month_ends))
    dyad = slow.Dyad(
        key,
        draw(st.sampled_from(MENTORS)),
        draw(st.sampled_from(STUDENTS)),
        starts_on,
        later(draw, starts_on),
        later(draw, starts_on),
        draw(st.booleans()),
        draw(st.integers(0, programs - 1)),
    )
    # Most weeks are met; what interests us is the holes, so silence begins somewhere and a few rows say why.
    rhythm = draw(st.sampled_from([7, 7, 7, 9, 14, 40]))
    silent_from = draw(st.integers(0, 420))
    for n in range(draw(st.integers(0, 12)), silent_from, rhythm):
        dyad.meetings.append(
            slow.Meeting(starts_on + timedelta(days=n), "held", draw(st.sampled_from(["in_person", "video", ""])))
        )
    for offset in draw(st.lists(st.integers(0, 60), max_size=8)):
        status = draw(st.sampled_from(["held", "not_held", "not_held", "planned"]))
        reason = draw(st.sampled_from(["student_absent", "adult_absent", "school_closed", "other", ""]))
        dyad.meetings.append(
            slow.Meeting(
                starts_on + timedelta(days=silent_from + offset),
                status,
                draw(st.sampled_from(["in_person", "in_person", "video", "", "phone", "email", "message"])),
                reason if status == "not_held" else "",
            )
        )
    for offset in draw(st.lists(st.integers(0, 420), max_size=3)):
        starts = starts_on + timedelta(days=offset)
        dyad.pauses.append((starts, later(draw, starts, 30)))
    return dyad


@st.composite
def histories(draw: st.DrawFn) -> slow.History:
    years, class_days = draw(calendars())
    cadences = draw(st.lists(st.sampled_from([0, 0, 0, 5, 9, 10]), min_size=1, max_size=2))
    pairs = [draw(dyads(f"D-{n}", len(cadences))) for n in range(draw(st.integers(1, 4)))]
    trainings = draw(
        st.lists(
            st.tuples(
                st.sampled_from(MENTORS),
                st.sampled_from(["initial", "initial", "ongoing"]),
                days,
                st.sampled_from([0, 1, 30, 60, 119, 120]),
            ),
            max_size=5,
        )
    )
    return slow.History(years, class_days, cadences, pairs, draw(groups()), trainings)


@st.composite
def groups(draw: st.DrawFn) -> list[slow.Group]:
    found = []
    for n in range(draw(st.integers(0, 2))):
        starts_on = draw(days)
        group = slow.Group(f"G-{n}", starts_on, later(draw, starts_on))
        for who in range(draw(st.sampled_from([0, 1, 4, 5, 12, 13, 15, 16, 18]))):
            joined = starts_on + timedelta(days=draw(st.sampled_from([0, 0, 0, 30])))
            left = later(draw, joined) if draw(st.integers(0, 5)) == 0 else None
            group.members.append((f"S-{who}", joined, left))
            if left is not None and draw(st.booleans()):
                group.members.append((f"S-{who}", left, None))
        found.append(group)
    return found


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


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories(), looked_on=st.lists(days, min_size=2, max_size=4))
def test_a_board_is_evaluated_as_the_guidelines_say(history: slow.History, looked_on: list[date]) -> None:
    with transaction.atomic():
        board = stored(history)
        for on in looked_on:
            assert as_found(board, on) == slow.findings(history, on)
        transaction.set_rollback(True)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories(), looked_on=st.lists(days, min_size=3, max_size=5))
def test_flags_follow_the_findings_and_rest_when_nothing_changes(history: slow.History, looked_on: list[date]) -> None:
    with transaction.atomic():
        board = stored(history)
        for on in sorted(looked_on):
            evaluate_board(board, on=on)
            live = {(flag.guideline, flag.subject.pk) for flag in Flag.objects.live()}
            expected = slow.findings(history, on)
            assert len(live) == len(expected)
            events = FlagEvent.objects.count()
            again = evaluate_board(board, on=on)
            assert (again.raised, again.changed, again.cleared) == (0, 0, 0)
            assert FlagEvent.objects.count() == events
            for dyad in Dyad.objects.all():
                alone = reevaluate_dyad(dyad, on=on)
                assert (alone.raised, alone.changed, alone.cleared) == (0, 0, 0)
        transaction.set_rollback(True)
