"""A student's page: to whom it opens, who is told of that, and what the journal keeps."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring.models import Dyad
from people.access import Role
from people.files import who_may_open
from people.models import AuditEntry, Student, User
from tests.cast import Cast

ClientOf = Callable[[User], Client]
OPENED, SAID_WHY = "student.file_opened", "student.reason_given"


def page_of(client: Client, student: Student) -> str:
    return unescape(client.get(reverse("student", args=[student.pk])).content.decode())


@pytest.fixture
def mixed(cast: Cast) -> Student:
    """A student of Tremplin and of a dyad with Marc, in which Étienne stands in; Karim stands in for Nadia."""
    student = cast.tremplin.members.all()[0].student
    Dyad.objects.filter(pk=cast.ines_marc.pk).update(student=student)
    week = {"starts_on": cast.on - timedelta(days=2), "ends_on": cast.on + timedelta(days=2)}
    cast.ines_marc.substitutes.create(person=cast.etienne, **week)
    cast.tremplin.substitutes.create(person=cast.karim, **week)
    return student


@pytest.mark.on_postgresql
def test_those_who_may_see_are_those_for_whom_the_page_opens(cast: Cast, client_of: ClientOf, mixed: Student) -> None:
    for student in (mixed, cast.ines, cast.sofia, cast.mia, cast.other_student):
        told = {reader.person for reader in who_may_open(student, cast.on)}
        seen = {one for one in cast.everyone() if Student.objects.visible_to(one).filter(pk=student.pk).exists()}
        officer = cast.other_privacy if student == cast.other_student else cast.line
        assert told == seen | {officer}
    opened = set()
    for one in cast.everyone():
        reply = client_of(one).get(reverse("student", args=[mixed.pk]))
        assert reply.status_code in {200, 302, 404}
        opened |= {one} if reply.status_code != 404 else set()
        assert (reply.status_code == 302) is (one == cast.line)
    assert opened == {reader.person for reader in who_may_open(mixed, cast.on)}
    assert {cast.marc, cast.etienne, cast.nadia, cast.karim, cast.julie, cast.alain, cast.line} <= opened
    told = page_of(client_of(cast.alain), mixed)
    assert all(str(one) in told for one in opened)


def test_a_role_or_a_relation_that_ends_closes_the_page_and_leaves_the_list(
    cast: Cast, client_of: ClientOf, mixed: Student
) -> None:
    cast.marc.memberships.all().delete()
    cast.tremplin.substitutes.update(ends_on=cast.on - timedelta(days=30), starts_on=cast.on - timedelta(days=40))
    cast.etienne.is_active = False
    cast.etienne.save()
    told = {reader.person for reader in who_may_open(mixed, cast.on)}
    assert not told & {cast.marc, cast.karim, cast.etienne}
    for person in (cast.marc, cast.karim):
        assert client_of(person).get(reverse("student", args=[mixed.pk])).status_code == 404


def test_a_mentor_reads_nothing_of_another_relation(cast: Cast, client_of: ClientOf, mixed: Student) -> None:
    narrow = page_of(client_of(cast.marc), mixed)
    assert "Marc-Olivier Thériault" in narrow
    for elsewhere in ("Tremplin", "Nadia Ferhat", "Karim", cast.groups_program.name):
        assert elsewhere not in narrow
    assert "Qui a ouvert ce dossier" not in narrow
    assert "Fiche et rapport" not in narrow
    teacher = page_of(client_of(cast.nadia), mixed)
    assert "Tremplin" in teacher
    assert "Marc-Olivier" not in teacher
    assert cast.mentoring.name not in teacher


def test_a_lead_of_one_programme_is_told_nothing_of_another(cast: Cast, client_of: ClientOf, mixed: Student) -> None:
    page_of(client_of(cast.marc), mixed)
    role = {"role": Role.PROGRAM_LEAD, "board": cast.board, "school": cast.school, "program": cast.groups_program}
    cast.chantal.memberships.create(**role, starts_on=cast.on)
    led = page_of(client_of(cast.chantal), mixed)
    shown, _, visits = led.partition("Qui a ouvert ce dossier")
    assert "Tremplin" in shown
    assert "Nadia Ferhat" in shown
    assert "Marc-Olivier" not in shown
    assert cast.mentoring.name not in shown.partition('class="columns"')[2]
    assert "Marc-Olivier Thériault" in visits
    assert "mentore ou mentor" not in visits
    assert str(cast.chantal) in page_of(client_of(cast.alain), mixed)


def test_an_opening_is_kept_once_a_day_and_by_which_way(cast: Cast, client_of: ClientOf, mixed: Student) -> None:
    marc, alain = client_of(cast.marc), client_of(cast.alain)
    for client in (marc, marc, alain, alain):
        page_of(client, mixed)
    kept = AuditEntry.objects.filter(verb=OPENED, subject_type="people.student", subject_id=mixed.pk)
    assert set(kept.values_list("person", "reason")) == {(cast.marc.pk, "mentor"), (cast.alain.pk, "manager")}
    assert kept.count() == 2
    assert client_of(cast.chantal).get(reverse("student", args=[mixed.pk])).status_code == 404
    assert kept.count() == 2
    told = page_of(alain, mixed).partition("Qui a ouvert ce dossier")[2]
    assert "Marc-Olivier Thériault" in told
    assert "mentore ou mentor de l’élève" in told


def test_the_privacy_officer_says_why_first(cast: Cast, client_of: ClientOf, mixed: Student) -> None:
    line, asks = client_of(cast.line), reverse("student_reason", args=[mixed.pk])
    page = reverse("student", args=[mixed.pk])
    assert line.get(page)["Location"] == asks
    assert line.post(asks, {"reason": "pour voir"}).status_code == 422
    assert not AuditEntry.objects.filter(subject_id=mixed.pk, verb=SAID_WHY).exists()
    assert line.post(asks, {"reason": "Demande d’accès de la mère"})["Location"] == page
    whole = page_of(line, mixed)
    assert "Tremplin" in whole
    assert "Marc-Olivier Thériault" in whole
    assert "Demande d’accès de la mère" in whole
    other = reverse("student", args=[cast.ines.pk])
    assert line.get(other).status_code == 302
    assert client_of(cast.line).get(page).status_code == 302
    assert client_of(cast.alain).get(asks).status_code == 403


@pytest.mark.once
def test_queries_do_not_grow(cast: Cast, client_of: ClientOf, mixed: Student) -> None:
    client, address = client_of(cast.alain), reverse("student", args=[mixed.pk])
    client.get(address)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    before = queries()
    for group in (cast.elan, cast.passerelle):
        group.members.create(student=mixed, starts_on=group.starts_on)
    for dyad in (cast.loic_sylvie, cast.sofia_etienne, cast.maika_nadia):
        Dyad.objects.filter(pk=dyad.pk).update(student=mixed)
    for person in (cast.sylvie, cast.nadia, cast.julie):
        page_of(client_of(person), mixed)
    assert queries() == before
