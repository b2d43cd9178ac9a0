"""Numbers that others published come out of our own import and reports."""

import csv
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from people.models import Membership, School, SchoolBoard, User
from people.months import add_months
from programs.fixed_periods import Named, Period
from programs.models import Program
from reports.asking import Ask
from reports.audiences import TOTALS
from reports.classes import StatusClass, StatusClasses, shown_classes, status_classes
from reports.registry import REPORTS
from reports.scope import Scope

DAY = date(2026, 3, 1)
"""Eighteen months after the first of them."""
A_YEAR_BEFORE = date(2025, 3, 1)
# DeWit et al. (2016), 859 young people at 18 months.
PUBLISHED = {
    StatusClass.OPEN_UNDER: (131, 15.3),
    StatusClass.OPEN_OVER: (253, 29.5),
    StatusClass.ENDED_UNDER: (110, 12.8),
    StatusClass.ENDED_OVER: (70, 8.1),
    StatusClass.REMATCHED: (83, 9.7),
    StatusClass.NEVER_MATCHED: (212, 24.7),
}
Spans = list[tuple[date, date | None]]


def spans_of(kind: StatusClass, number: int) -> Spans:
    """The dyads of one student of a class: every other one on the very bound."""
    bound = number % 2 == 0
    start = date(2024, 9, 1)
    after_a_year = add_months(start, 12)
    return {
        StatusClass.OPEN_UNDER: [
            (date(2025, 3, 2) if bound else date(2025, 9, 1), date(2026, 3, 2) if bound else None)
        ],
        StatusClass.OPEN_OVER: [(A_YEAR_BEFORE if bound else start, None)],
        StatusClass.ENDED_UNDER: [(start, date(2025, 8, 31) if bound else date(2024, 12, 1))],
        StatusClass.ENDED_OVER: [(start, after_a_year if bound else DAY)],
        StatusClass.REMATCHED: [(start, after_a_year), (after_a_year, None if bound else DAY)],
        StatusClass.NEVER_MATCHED: [(date(2026, 3, 2), None)] if bound else [],
    }[kind]


def as_csv(rows: list[tuple[object, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue()


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    """A bundle of 859 students, each referred, with the dyads that put them in their class."""
    students: list[tuple[object, ...]] = [("key", "school", "given_name", "family_name")]
    referrals: list[tuple[object, ...]] = [("student", "program", "referred_on")]
    dyads: list[tuple[object, ...]] = [("key", "program", "mentor", "student", "starts_on", "ended_on")]
    for kind, (count, _percent) in PUBLISHED.items():
        for number in range(count):
            student = f"{kind}-{number}"
            students.append((student, "E", "Élève", student))
            referrals.append((student, "P", date(2024, 8, 1)))
            for position, (starts_on, ends_on) in enumerate(spans_of(kind, number)):
                dyads.append((f"{student}-{position}", "P", f"M{position}", student, starts_on, ends_on))
    path = tmp_path / "cohort.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        for name, text in {
            "boards.csv": "key,name\nB,Centre\n",
            "schools.csv": "key,board,name\nE,B,École\n",
            "people.csv": "key,board,school,given_name,family_name,roles\nM0,B,E,A,A,mentor\nM1,B,E,B,B,mentor\n",
            "mentors.csv": "person,kind\nM0,teacher\nM1,school_volunteer\n",
            "programs.csv": "key,school,name,domain\nP,E,Mentorat,mentoring\n",
            "students.csv": as_csv(students),
            "referrals.csv": as_csv(referrals),
            "dyads.csv": as_csv(dyads),
        }.items():
            bundle.writestr(name, text)
    return path


@pytest.mark.django_db
def test_the_classes_of_a_published_cohort(cohort: Path) -> None:
    call_command("import_bundle", str(cohort), skip_checks=True)
    board = SchoolBoard.objects.get(key="B")
    lead = User.objects.create(board=board, key="L", password="!")
    Membership.objects.create(person=lead, role="program_lead", board=board, school=School.objects.get(key="E"))
    programs = list(Program.objects.filter(board=board))

    classes = status_classes(lead, Scope(programs, DAY))

    assert classes.total == 859
    assert {kind: (classes.counts[kind], round(classes.percent(kind), 1)) for kind in StatusClass} == PUBLISHED
    assert [row.count for row in shown_classes(classes)] == [count for count, _percent in PUBLISHED.values()]


@pytest.mark.django_db
def test_the_report_on_durations_prints_the_same_shares(cohort: Path) -> None:
    """Each class of eighteen months, its share and of how many: what an administrator would defend."""
    call_command("import_bundle", str(cohort), skip_checks=True)
    board = SchoolBoard.objects.get(key="B")
    lead = User.objects.create(board=board, key="L", password="!")
    Membership.objects.create(person=lead, role="program_lead", board=board, school=School.objects.get(key="E"))
    edition = REPORTS["durations"].edition_for(TOTALS)
    assert edition is not None
    named = Named("dix-huit mois", Period(date(2024, 9, 1), DAY + timedelta(days=1)))
    document = edition.build(Ask(lead, board, TOTALS, named, on=DAY, read_at=timezone.now()))
    [sheet] = [sheet for sheet in document.sheets if sheet.name == "six-situations"]
    printed = [(number, share, of) for _label, number, share, of in sheet.table.cells]
    assert printed == [(count, percent, 859) for count, percent in PUBLISHED.values()]


@pytest.mark.django_db
def test_nobody_is_counted_for_who_answers_for_nothing(cohort: Path) -> None:
    call_command("import_bundle", str(cohort), skip_checks=True)
    stranger = User.objects.create(board=SchoolBoard.objects.get(key="B"), key="X", password="!")
    assert status_classes(stranger, Scope(list(Program.objects.all()), DAY)).total == 0


def test_a_small_class_is_not_shown() -> None:
    counts = dict.fromkeys(StatusClass, 20) | {StatusClass.ENDED_UNDER: 2}
    shown = [row.count for row in shown_classes(StatusClasses(counts, 12))]
    assert shown.count(None) >= 2
    assert shown[2] is None
