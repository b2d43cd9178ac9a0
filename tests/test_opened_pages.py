"""Who opens what shows a student's file is kept in the journal: every page that holds a row says so, or why not."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from people.audit_verbs import LIST_OPENED, STUDENT_OPENED
from people.models import AuditEntry, User
from people.privacy.pages import PAGES, SILENT
from tests.addresses import patterns, takes

ClientOf = Callable[[User], Client]


@pytest.mark.once
def test_every_page_that_holds_a_row_is_kept_or_says_why_not() -> None:
    holding = {one.name for one in patterns() if one.pattern.converters and takes(one.callback, "GET")}
    assert {*PAGES, *SILENT} == holding
    assert not {*PAGES} & {*SILENT}
    assert all(len(why) > 20 for why in SILENT.values())


def openings(person: User) -> list[tuple[str, int, str]]:
    kept = AuditEntry.objects.filter(person=person, verb__in=[STUDENT_OPENED.code, LIST_OPENED.code])
    return list(kept.order_by("pk").values_list("subject_type", "subject_id", "reason"))


def test_an_opening_is_kept_once_a_day_with_its_way(cast: Cast, client_of: ClientOf) -> None:
    dyad, group = cast.ines_marc, cast.tremplin
    for client in (client_of(cast.julie), client_of(cast.julie)):
        for name in ("dyad", "dyad_fidelity", "dyad_log", "dyad"):
            client.get(reverse(name, args=[dyad.pk]))
        client.get(reverse("student", args=[dyad.student_id]))
        client.get(reverse("group", args=[group.pk]))
    assert openings(cast.julie) == [
        ("people.student", dyad.student_id, "lead"),
        ("programs.supportgroup", group.pk, ""),
    ]


def test_what_is_refused_is_not_an_opening(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.chantal)
    assert client.get(reverse("dyad", args=[cast.ines_marc.pk])).status_code == 404
    assert client.get(reverse("group", args=[cast.tremplin.pk])).status_code == 404
    assert openings(cast.chantal) == []


def test_the_officer_finds_the_openings_of_a_student_and_of_their_groups(cast: Cast, client_of: ClientOf) -> None:
    student = cast.tremplin.members.all()[0].student
    client_of(cast.julie).get(reverse("group", args=[cast.tremplin.pk]))
    page = client_of(cast.line).get(f"{reverse('journal')}?eleve={student.pk}").content.decode()
    assert "Julie Archambault a ouvert une page qui nomme les élèves" in page
    assert "Tremplin" in page


def test_a_dyad_leads_to_who_may_see_it_wherever_the_student_is(cast: Cast, client_of: ClientOf) -> None:
    address = reverse("dyad_log", args=[cast.ines_marc.pk])
    readers = f'href="{reverse("student", args=[cast.ines.pk])}#readers"'
    assert readers in client_of(cast.julie).get(address).content.decode()
    cast.ines.school = cast.other_school
    cast.ines.save()
    page = client_of(cast.julie).get(address).content.decode()
    assert f'href="{reverse("confidentiality")}#who"' in page or readers in page
