"""Findings on groups, teachers and programmes are raised and settled through pages alone."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from people.models import User
from programs.models import ExpectedResult, FunctionTime, GroupLead, ProgramRole, TeacherRelease, Term

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


def live(code: str, **subject: Any) -> bool:
    return Flag.objects.live().filter(guideline=code, **subject).exists()


def send(client: Client, address: str, **given: Any) -> None:
    response = client.post(address, {"entry_uuid": str(uuid.uuid4())} | given)
    assert response.status_code == 302, (address, response.context["form"].errors)


def test_ties_with_students_and_families_and_the_look_back(cast: Cast, client_of: ClientOf) -> None:
    client, group = client_of(cast.nadia), cast.tremplin
    page = f"/groupes/{group.pk}/"
    evaluate_board(cast.board, on=cast.on)
    codes = ("group-individual-contact", "group-family-contact", "group-review")
    assert [live(code, group=group) for code in codes] == [True, True, True]
    term = Term.objects.filter(school_year__board=cast.board, ends_on__lte=cast.on).latest("ends_on")
    late = {"day": "other", "other_on": (term.ends_on - timedelta(days=3)).isoformat()}
    members = list(group.members.active_on(cast.on).values_list("student", flat=True))
    send(client, f"{page}contact/", students=members, channel="in_person", **late)
    for student in members:
        send(client, f"{page}famille/", students=[student], channel="phone", outcome="reached", **late)
    for about in ("group", *members):
        send(client, f"{page}bilan/", about=about, evolution="Des progrès.", **late)
    assert [live(code, group=group) for code in codes] == [False, False, False]


def test_the_lead_and_the_timetable_of_a_group(cast: Cast, client_of: ClientOf) -> None:
    client, group = client_of(cast.julie), cast.tremplin
    page, start = f"/groupes/{group.pk}/", cast.on.isoformat()
    send(client, f"{page}responsable/", nobody="on", starts_on=start, reason="left")
    assert live("group-no-lead", group=group)
    send(client, f"{page}responsable/", lead=cast.karim.pk, starts_on=start)
    assert not live("group-no-lead", group=group)
    slot = {"weekday": "2", "starts_on": start, "replaces": "on"}
    send(client, f"{page}horaire/", minutes="75", **slot)
    assert live("group-meeting-length", group=group)
    send(client, f"{page}horaire/", minutes="25", **slot)
    assert not live("group-meeting-length", group=group)


def test_the_task_the_time_and_the_foundations_of_a_teacher(cast: Cast, client_of: ClientOf) -> None:
    lead, teacher, person = client_of(cast.julie), client_of(cast.nadia), cast.nadia
    TeacherRelease.objects.filter(person=person).delete()
    FunctionTime.objects.filter(person=person).delete()
    person.foundations.all().delete()
    evaluate_board(cast.board, on=cast.on)
    assert live("teacher-release", teacher=person)
    assert live("teacher-foundations", teacher=person)
    year = Term.objects.filter(school_year__board=cast.board, ends_on__gt=cast.on).earliest("ends_on").school_year_id
    address = f"/personnel-ressource/{person.pk}/liberation/"
    send(lead, address, seen=0, school_year=year, percent="60", base="whole_task")
    assert live("teacher-release", teacher=person, severity="critical")
    release = TeacherRelease.objects.get(person=person)
    send(lead, f"{address}?liberation={release.pk}", school_year=year, percent="40", base="whole_task")
    assert not live("teacher-release", teacher=person)
    for function, raised in (("students", True), ("teachers", True), ("services", False)):
        send(teacher, "/mon-temps/", function=function, minutes="30", day=cast.on.isoformat())
        assert live("teacher-functions", teacher=person) == raised
    topics = ("support", "crises", "meetings", "role", "needs")
    send(teacher, "/mes-fondements/", **dict.fromkeys(topics[:4], "Voici."))
    assert live("teacher-foundations", teacher=person)
    send(teacher, "/mes-fondements/", **dict.fromkeys(topics, "Voici."))
    assert not live("teacher-foundations", teacher=person)


def test_what_a_programme_says_of_itself(cast: Cast, client_of: ClientOf) -> None:
    lead, program = client_of(cast.julie), cast.groups_program
    page = f"/programmes/{program.pk}/"
    said = {"name": program.name, "cadence_unit": "week", "logging_grace_days": "7", "meetings_per_unit": "1"}
    whole = said | {"minutes": "25", "forms": ["guidance"], "intervention": "passage"}
    send(lead, f"{page}modifier/", **said)
    assert (live("program-structure", program=program), live("program-type", program=program)) == (True, True)
    assert live("program-results", program=program)
    assert live("program-roles", program=program)
    send(lead, f"{page}modifier/", **whole)
    assert (live("program-structure", program=program), live("program-type", program=program)) == (False, False)
    send(lead, f"{page}contenus/", results="Persévérer")
    result = ExpectedResult.objects.get(program=program).pk
    activity = {"name": "Jeux", "content": "game", "theme": "social", "format": "group"}
    send(lead, f"{page}contenus/ajouter/", **activity)
    assert live("program-results", program=program)
    send(lead, f"/contenus/{program.activities.get().pk}/modifier/", **activity, result=result)
    assert not live("program-results", program=program)
    send(lead, f"{page}roles/", **{"teacher-role": "Accompagne.", "teacher-limits": "Ne soigne pas."})
    role = ProgramRole.objects.get(program=program)
    assert live("program-roles", program=program)
    for person in User.objects.filter(pk__in=GroupLead.objects.active_on(cast.on).values("person")):
        if person.led_groups.active_on(cast.on).filter(group__program=program).exists():
            send(client_of(person), f"/roles/{role.pk}/prendre-connaissance/")
    assert not live("program-roles", program=program)
    mentoring = f"/programmes/{cast.mentoring.pk}/modifier/"
    for form, raised in (("remote", True), ("individual", False)):
        send(lead, mentoring, **(said | {"name": "Mentorat", "minutes": "50", "mentoring_form": form}))
        assert live("program-form", program=cast.mentoring) == raised
