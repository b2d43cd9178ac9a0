"""The pages of groups: who may, what they say, how many queries they cost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accompagnement.demo.cast import Cast
from people.models import AuditEntry, Membership, Student, User
from programs.actions.arrivals import add_member
from programs.actions.structure import change_lead, start_group
from programs.models import GroupMeeting, SupportGroup

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


READ, LOG, STRUCTURE = "", "consigner/", "membres/ajouter/"
RIGHTS = {
    "nadia": {READ: 200, LOG: 200, STRUCTURE: 403},
    "julie": {READ: 200, LOG: 200, STRUCTURE: 200},
    "alain": {READ: 200, LOG: 403, STRUCTURE: 200},
    "karim": {READ: 404, LOG: 404, STRUCTURE: 404},
    "marc": {READ: 404, LOG: 404, STRUCTURE: 404},
    "robert": {READ: 404, LOG: 404, STRUCTURE: 404},
    "line": {READ: 404, LOG: 404, STRUCTURE: 404},
    "chantal": {READ: 404, LOG: 404, STRUCTURE: 404},
    "other_lead": {READ: 404, LOG: 404, STRUCTURE: 404},
    "other_teacher": {READ: 404, LOG: 404, STRUCTURE: 404},
}


@pytest.mark.parametrize("name", RIGHTS)
def test_who_may_read_log_and_structure(cast: Cast, client_of: ClientOf, name: str, planned: GroupMeeting) -> None:
    client, rights = client_of(getattr(cast, name)), RIGHTS[name]
    member = cast.tremplin.members.first()
    assert member
    for end, status in rights.items():
        assert client.get(f"/groupes/{cast.tremplin.pk}/{end}").status_code == status, end
    assert client.get(f"/groupes/{cast.tremplin.pk}/responsable/").status_code == rights[STRUCTURE]
    assert client.get(f"/membres/{member.pk}/retirer/").status_code == rights[STRUCTURE]
    assert client.get(f"/rencontres-groupe/{planned.pk}/non-tenue/").status_code == rights[LOG]
    for verb in ("tenue", "annuler"):
        response = client.post(f"/rencontres-groupe/{planned.pk}/{verb}/")
        assert response.status_code == (302 if rights[LOG] == 200 else rights[LOG]), verb


def test_the_list_holds_ones_own_groups(cast: Cast, client_of: ClientOf) -> None:
    def listed(person: User) -> set[str]:
        page = client_of(person).get("/groupes/").content.decode()
        return {group.name for group in SupportGroup.objects.all() if f"/groupes/{group.pk}/" in page}

    assert listed(cast.nadia) == {"Tremplin", "Boussole", "Horizon"}
    assert listed(cast.julie) == {"Tremplin", "Boussole", "Horizon", "Élan", "Passerelle"}
    assert listed(cast.robert) == set()
    assert cast.tremplin.name not in listed(cast.other_lead)


def test_open_and_ended_groups_are_two_lists_a_page_at_a_time(cast: Cast, client_of: ClientOf) -> None:
    def names(**query: str | int) -> list[str]:
        return [group.name for group in julie.get("/groupes/", query).context["listed"]]

    julie = client_of(cast.julie)
    SupportGroup.objects.filter(pk=cast.horizon.pk).update(ends_on=cast.on)
    assert names() == ["Boussole", "Élan", "Passerelle", "Tremplin"]
    assert names(etat="terminees") == ["Horizon"]
    more = [
        SupportGroup(board=cast.board, program=cast.groups_program, name=f"G{n}", starts_on=date(2026, 9, 1))
        for n in range(30)
    ]
    SupportGroup.objects.bulk_create(more)
    assert [len(names(page=page)) for page in (1, 2)] == [25, 9]
    assert names(page=2)[-1] == "Tremplin"
    SupportGroup.objects.filter(name__startswith="G").update(ends_on=cast.on)
    assert [len(names(page=page, etat="terminees")) for page in (1, 2)] == [25, 6]


def test_a_groups_meetings_come_a_page_at_a_time(cast: Cast, client_of: ClientOf) -> None:
    def shown(page: int) -> list[GroupMeeting]:
        return list(client_of(cast.nadia).get(f"/groupes/{cast.tremplin.pk}/", {"page": page}).context["past"])

    GroupMeeting.objects.bulk_create(
        GroupMeeting(board=cast.board, group=cast.tremplin, on=cast.on - timedelta(days=n), status="planned")
        for n in range(100, 120)
    )
    first, second = shown(1), shown(2)
    assert (len(first), len(second)) == (8, 8)
    assert first[-1].on > second[0].on


def test_an_empty_note_is_no_confidence(cast: Cast, client_of: ClientOf) -> None:
    def page() -> str:
        return client_of(cast.alain).get(f"/groupes/{cast.tremplin.pk}/").content.decode()

    GroupMeeting.objects.filter(group=cast.tremplin).update(note="", note_level="confidential", logged_by=cast.nadia)
    assert "Note confidentielle" not in page()
    GroupMeeting.objects.filter(group=cast.tremplin).update(note="Cela reste entre nous")
    assert "Note confidentielle" in page()
    assert "Cela reste entre nous" not in page()


def test_only_who_answers_for_a_group_programme_opens_one(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.nadia).get("/groupes/nouveau/").status_code == 403
    client = client_of(cast.julie)
    sent = {
        "name": "Cap",
        "program": cast.groups_program.pk,
        "lead": cast.karim.pk,
        "starts_on": "2026-11-23",
        "weekday": "2",
        "starts_at": "12:10",
    }
    assert client.post("/groupes/nouveau/", sent | {"program": cast.other_groups_program.pk}).status_code == 422
    assert client.post("/groupes/nouveau/", sent | {"lead": cast.other_teacher.pk}).status_code == 422
    assert client.post("/groupes/nouveau/", sent | {"starts_at": "25:00", "starts_on": "2026-13-01"}).status_code == 422
    sent["entry_uuid"] = "0b8d6a2e-5a40-4b0b-9d8b-6f4f0f6f1c55"
    assert [client.post("/groupes/nouveau/", sent).status_code for _click in range(2)] == [302, 302]
    cap = SupportGroup.objects.get(name="Cap")
    assert cap.leads.get().person == cast.karim
    assert {day.isoweekday() for day in cap.meetings.values_list("on", flat=True)} == {2}
    assert AuditEntry.objects.filter(verb="group.started", subject_id=cap.pk, person=cast.julie).exists()


@pytest.mark.parametrize(("name", "sentence"), [("boussole", "zone de 13 à 15"), ("elan", "Au-delà de 15")])
def test_a_large_group_takes_a_confirmation_and_a_reason(
    cast: Cast, client_of: ClientOf, name: str, sentence: str
) -> None:
    group = getattr(cast, name)
    client, address = client_of(cast.julie), f"/groupes/{group.pk}/membres/ajouter/"
    sent = {"student": newcomer(cast).pk, "starts_on": "2026-11-23"}
    before = group.members.count()
    first = client.post(address, sent)
    assert first.status_code == 422
    assert sentence in first.content.decode()
    assert client.post(address, sent | {"reason": "Demande de la famille"}).status_code == 422
    assert client.post(address, sent | {"confirm": "on"}).status_code == 422
    assert group.members.count() == before
    assert client.post(address, sent | {"confirm": "on", "reason": "Demande de la famille"}).status_code == 302
    assert group.members.count() == before + 1
    assert AuditEntry.objects.get(verb="group.member_added").reason == "Demande de la famille"


def test_a_small_group_takes_a_student_at_once(cast: Cast, client_of: ClientOf) -> None:
    sent = {"student": newcomer(cast).pk, "starts_on": "2026-11-23"}
    response = client_of(cast.alain).post(f"/groupes/{cast.horizon.pk}/membres/ajouter/", sent)
    assert response.status_code == 302


def test_who_cannot_come_in(cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast.julie), f"/groupes/{cast.horizon.pk}/membres/ajouter/"
    already = cast.horizon.members.first()
    assert already
    for given, sentence in (
        ({"student": already.student_id}, "déjà dans le groupe"),
        ({"student": cast.other_student.pk}, "n’est pas de l’école du groupe"),
        ({"student": cast.mia.pk}, "n’est pas de l’école du groupe"),
        ({"student": "9" * 30}, "n’est pas de l’école du groupe"),
        ({"student": "1\x00"}, "nul"),
        ({"starts_on": "2019-09-01"}, "n’existe pas à cette date"),
        ({"starts_on": "9999-09-01"}, "Vérifiez l’année"),
        ({"starts_on": "2026-13-01"}, "Cette date n’existe pas"),
        ({"starts_on": ""}, "Indiquez la date"),
    ):
        sent = {"student": newcomer(cast).pk, "starts_on": "2026-11-23"} | given
        response = client.post(address, sent)
        assert response.status_code == 422, given
        assert sentence in response.content.decode(), given


def test_the_last_day_counts_and_the_next_one_may_start_again(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.julie)
    member = cast.horizon.members.first()
    assert member
    address = f"/membres/{member.pk}/retirer/"
    for given in ({"last_on": "2019-01-01"}, {"last_on": "2026-13-01"}, {"reason": ""}, {"reason": "\x00"}):
        assert client.post(address, {"last_on": "2026-11-23", "reason": "Déménagement"} | given).status_code == 422
    assert client.post(address, {"last_on": "2026-11-23", "reason": "Déménagement"}).status_code == 302
    member.refresh_from_db()
    assert member.ends_on == cast.on + timedelta(days=1)
    assert client.post(address, {"last_on": "2026-11-23", "reason": "Déménagement"}).status_code == 302  # once more
    assert client.post(address, {"last_on": "2026-11-20", "reason": "Autre"}).status_code == 422  # a page opened before
    back = {"student": member.student_id}
    assert (
        client.post(f"/groupes/{cast.horizon.pk}/membres/ajouter/", back | {"starts_on": "2026-11-23"}).status_code
        == 422
    )
    assert (
        client.post(f"/groupes/{cast.horizon.pk}/membres/ajouter/", back | {"starts_on": "2026-11-24"}).status_code
        == 302
    )


def test_a_wrong_end_is_corrected_or_removed_without_overlap(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.julie)
    member = cast.horizon.members.first()
    assert member
    address, group = f"/membres/{member.pk}/retirer/", f"/groupes/{cast.horizon.pk}/"
    client.post(address, {"last_on": "2026-11-20", "reason": "Déménagement"})
    assert address in client.get(group).content.decode()
    assert address not in client_of(cast.nadia).get(group).content.decode()
    assert 'value="2026-11-20"' in client.get(address).content.decode()
    sent = {"seen": "2026-11-21", "last_on": "2026-11-18", "reason": "Déménagement"}
    assert [client.post(address, sent).status_code for _click in range(2)] == [302, 302]
    assert client.post(address, sent | {"last_on": "2026-11-10"}).status_code == 422  # changed meanwhile
    client.post(f"{group}membres/ajouter/", {"student": member.student_id, "starts_on": "2026-11-20"})
    sent["seen"] = "2026-11-19"
    for given in ({"last_on": "2026-11-20"}, {"stays": "on", "last_on": ""}):
        assert "de nouveau dans le groupe" in client.post(address, sent | given).content.decode(), given
    assert client.post(address, sent | {"last_on": "2026-11-19"}).status_code == 302
    cast.horizon.members.filter(student=member.student_id).exclude(pk=member.pk).delete()
    assert client.post(address, sent | {"seen": "2026-11-20", "stays": "on", "last_on": "?"}).status_code == 302
    member.refresh_from_db()
    assert (member.ends_on, member.reason) == (None, "")
    verbs = AuditEntry.objects.filter(subject_id=member.pk, person=cast.julie).order_by("pk")
    ended, corrected, removed = "group.member_ended", "group.member_end_corrected", "group.member_end_removed"
    assert [row.verb for row in verbs] == [ended, corrected, corrected, removed]


def test_a_group_is_entrusted_to_an_adult_of_its_own_school(cast: Cast) -> None:
    def entrust(lead: User) -> SupportGroup:
        return start_group(
            program=cast.groups_program, name="Cap", lead=lead, starts_on=cast.on, person=None, on=cast.on
        )

    elsewhere = Membership.objects.filter(board=cast.board, school=cast.second_school).first()
    assert elsewhere
    with pytest.raises(ValidationError, match="ne travaille pas à l’école du groupe"):
        entrust(elsewhere.person)
    assert entrust(cast.karim).leads.get().person == cast.karim
    assert entrust(cast.chantal).leads.get().person == cast.chantal  # a role for the whole board


def test_a_change_of_lead_is_dated_and_has_a_reason(cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast.julie), f"/groupes/{cast.tremplin.pk}/responsable/"
    sent = {"lead": cast.karim.pk, "starts_on": "2026-11-23", "reason": "leave"}
    for given in (
        {"reason": ""},
        {"lead": cast.nadia.pk},
        {"lead": cast.other_teacher.pk},
        {"starts_on": "2019-01-01"},
    ):
        assert client.post(address, sent | given).status_code == 422, given
    assert client.post(address, sent).status_code == 302
    before, now = cast.tremplin.leads.all()
    assert (before.ends_on, before.reason, now.person) == (cast.on, "leave", cast.karim)
    assert client_of(cast.nadia).get(f"/groupes/{cast.tremplin.pk}/").status_code == 404
    amelie = Student.objects.filter(given_name="Amélie")
    assert [amelie.visible_to(User.objects.get(pk=p.pk)).exists() for p in (cast.nadia, cast.karim)] == [False, True]
    assert client_of(cast.karim).get(f"/groupes/{cast.tremplin.pk}/consigner/").status_code == 200


def test_who_takes_over_later_reads_nothing_before(cast: Cast, client_of: ClientOf) -> None:
    change_lead(
        group=cast.tremplin, lead=cast.karim, starts_on=cast.on + timedelta(days=1), reason="leave", person=None,
        on=cast.on,
    )  # fmt: skip
    assert client_of(cast.karim).get(f"/groupes/{cast.tremplin.pk}/").status_code == 404
    assert client_of(cast.nadia).get(f"/groupes/{cast.tremplin.pk}/").status_code == 200


def test_the_page_says_size_members_and_attendance(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.nadia).get(f"/groupes/{cast.tremplin.pk}/").content.decode()
    assert "12 élèves : de 5 à 12." in page
    assert "Amélie Côté" in page
    assert "<title>Groupe – " in page
    page = client_of(cast.karim).get(f"/groupes/{cast.elan.pk}/").content.decode()
    assert "16 élèves : au-delà de 15." in page


PAGES = ("/groupes/", "/groupes/{pk}/", "/groupes/{pk}/consigner/", "/groupes/{pk}/membres/ajouter/")


@pytest.mark.parametrize("page", PAGES)
def test_the_number_of_queries_does_not_grow(cast: Cast, client_of: ClientOf, page: str) -> None:
    client, address = client_of(cast.julie), page.format(pk=cast.horizon.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    enrich(cast)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def enrich(cast: Cast) -> None:
    """Thirty groups, thirty members and thirty meetings more."""
    for place in range(30):
        start_group(
            program=cast.groups_program, name=f"G{place}", lead=cast.karim, starts_on=cast.on, person=None, on=cast.on
        )
        add_member(
            group=cast.horizon,
            student=newcomer(cast, place),
            starts_on=cast.on,
            person=None,
            on=cast.on,
            reason="essai",
        )
        cast.horizon.meetings.create(
            board=cast.board, on=cast.on - timedelta(days=place), status=GroupMeeting.Status.HELD, note="x"
        )


def newcomer(cast: Cast, place: int = 0) -> Student:
    return Student.objects.create(
        board=cast.board, school=cast.school, given_name="Zoé", family_name=f"Nouvelle {place}", grade=1
    )
