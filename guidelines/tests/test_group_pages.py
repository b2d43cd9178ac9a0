"""Findings on groups, teachers and programmes on the screen: a page each, and names for those who log alone."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidelines.catalogue import ENTRIES, Guideline
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from guidelines.sentences import headline, observed
from guidelines.tests.group_stage import GroupStage
from guidelines.tests.stage import week
from guidelines.tests.test_pages import follow_everything
from people.access import Role
from people.models import Membership, User
from programs.models import SupportGroup

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ClientOf = Callable[[User], Client]
THEIRS = [entry for entry in ENTRIES if entry.subject in ("group", "teacher", "program")]


@pytest.fixture
def stage(db: None) -> GroupStage:
    return GroupStage()


def with_role(stage: GroupStage, key: str, role: Role, *, of_school: bool = True) -> User:
    person = User.objects.filter(key=key).first() or stage.new_person(key)
    Membership.objects.create(person=person, role=role, board=stage.board, school=stage.school if of_school else None)
    return person


def flag_of(stage: GroupStage, entry: Guideline, group: SupportGroup, place: int) -> Flag:
    threshold = entry.thresholds[place]
    subjects = {"group": group, "teacher": stage.lead, "program": stage.program}
    return Flag.objects.create(
        board=stage.board,
        guideline=entry.code,
        severity=threshold.severity,
        value=None if threshold.bound is None else 3,
        threshold=threshold.bound,
        confidence="complete",
        catalogue_version=1,
        raised_on=date(2026, 10, 1),
        **{entry.subject: subjects[entry.subject]},
    )


@pytest.mark.parametrize("entry", THEIRS, ids=lambda entry: entry.code)
def test_every_finding_has_its_words_and_its_page(stage: GroupStage, entry: Guideline, client_of: ClientOf) -> None:
    julie = client_of(with_role(stage, "julie", Role.PROGRAM_LEAD))
    group = stage.new_group(1)
    for place in range(len(entry.thresholds)):
        flag = flag_of(stage, entry, group, place)
        assert not {"%(", "None"} & set(headline(flag).split())
        assert observed(flag).endswith(".")
        page = julie.get(reverse("flag", args=[flag.pk]))
        assert page.status_code == 200
        text = page.content.decode()
        assert "Boyer (2014)" in text
        assert 'class="step"' in text
        assert str(flag.subject) in text
        flag.delete()


def absences(stage: GroupStage) -> SupportGroup:
    """A term without contacts, then four absences of one of two pupils."""
    stage.term()
    group = stage.new_group(2)
    for meeting in stage.meets(group, *[week(n) for n in (10, 11, 12, 13)]):
        stage.marks(meeting, G0="absent", G1="present")
    return group


@pytest.mark.parametrize("code", ["group-individual-contact", "group-family-contact", "group-attendance"])
def test_the_students_are_named_to_who_logs_for_the_group(
    stage: GroupStage, code: str, client_of: ClientOf, time_machine
) -> None:
    time_machine.move_to("2026-12-07 12:00:00-05:00")
    absences(stage)
    evaluate_board(stage.board, on=date(2026, 12, 7))
    flag = Flag.objects.get(guideline=code)
    lead, teacher = (
        with_role(stage, key, role) for key, role in (("julie", Role.PROGRAM_LEAD), ("L", Role.RESOURCE_TEACHER))
    )
    for person in (lead, teacher):
        page = client_of(person).get(reverse("flag", args=[flag.pk])).content.decode()
        assert "Élèves concernés" in page
        assert "G0 G0" in page
        assert ("G1 G1" in page) == (code != "group-attendance")
    response = client_of(with_role(stage, "alain", Role.SCHOOL_MANAGER)).get(reverse("flag", args=[flag.pk]))
    assert response.status_code == (404 if code == "group-attendance" else 200)
    assert "G0 G0" not in response.content.decode()


def test_a_contact_of_the_term_takes_the_name_away(stage: GroupStage, client_of: ClientOf, time_machine) -> None:
    time_machine.move_to("2026-12-07 12:00:00-05:00")
    group = absences(stage)
    evaluate_board(stage.board, on=date(2026, 12, 7))
    student = group.members.get(student__key="G0").student
    group.student_contacts.create(board=stage.board, student=student, on=date(2026, 10, 1))
    flag = Flag.objects.get(guideline="group-individual-contact")
    page = client_of(with_role(stage, "L", Role.RESOURCE_TEACHER)).get(reverse("flag", args=[flag.pk]))
    assert "G0 G0" not in page.content.decode()
    assert "G1 G1" in page.content.decode()


def test_the_list_names_teachers_and_programmes(stage: GroupStage, client_of: ClientOf, time_machine) -> None:
    time_machine.move_to("2026-12-07 12:00:00-05:00")
    stage.lead.given_name = "Nadia"
    stage.lead.save()
    stage.new_group(1)
    follow_everything(week(0))
    evaluate_board(stage.board, on=week(5))
    page = client_of(with_role(stage, "julie", Role.PROGRAM_LEAD)).get(reverse("vigilance"), {"gravite": "warning"})
    assert "Nadia" in page.content.decode()
    assert "PG" in page.content.decode()


def test_queries_do_not_grow_with_the_groups(stage: GroupStage, django_assert_num_queries) -> None:
    absences(stage)
    evaluate_board(stage.board, on=week(13), write=False)
    with CaptureQueriesContext(connection) as few:
        evaluate_board(stage.board, on=week(13), write=False)
    for n in range(5):
        stage.new_group(3, key=f"H{n}", lead=stage.new_person(f"L{n}"), program=stage.new_program(f"P{n}"))
    with django_assert_num_queries(len(few)):
        evaluate_board(stage.board, on=week(13), write=False)
