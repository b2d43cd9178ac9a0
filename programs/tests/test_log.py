"""Logging a group's meeting from outside: one record, who was there, taken back, never overwritten."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from people.models import User
from programs import actions
from programs.models import Attendance, GroupMeeting
from programs.tests.conftest import Payload

ClientOf = Callable[[User], Client]
Status = GroupMeeting.Status


def test_the_planned_meeting_is_the_one_logged(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    away = list(cast.tremplin.members.values_list("student", flat=True))[:2]
    sent = typed(absent=away, minutes="other", other_minutes="35", note="Belle séance.")
    response = client_of(cast.nadia).post(f"/groupes/{cast.tremplin.pk}/consigner/", sent)
    assert (response.status_code, response["Location"]) == (302, "/semaine/")
    planned.refresh_from_db()
    assert (planned.status, planned.minutes, planned.logged_by, planned.logged_on) == (
        Status.HELD,
        35,
        cast.nadia,
        cast.on,
    )
    noted = dict(planned.attendances.values_list("student", "status"))
    assert len(noted) == 12
    assert {pk for pk, status in noted.items() if status == Attendance.Status.ABSENT} == set(away)


def test_the_same_form_sent_twice_gives_one_record(cast: Cast, client_of: ClientOf, typed: Payload) -> None:
    client, sent = client_of(cast.nadia), typed(day=(cast.on - timedelta(days=4)).isoformat())
    before = cast.tremplin.meetings.count()
    for _ in range(3):
        assert client.post(f"/groupes/{cast.tremplin.pk}/consigner/", sent).status_code == 302
    assert cast.tremplin.meetings.count() == before + 1


def test_another_form_for_the_same_day_asks_whether_it_was_another_meeting(
    cast: Cast, client_of: ClientOf, typed: Payload
) -> None:
    client, address = client_of(cast.nadia), f"/groupes/{cast.tremplin.pk}/consigner/"
    client.post(address, typed())
    before = cast.tremplin.meetings.count()
    response = client.post(address, typed())
    assert response.status_code == 422
    assert "déjà consignée ce jour-là" in response.content.decode()
    assert client.post(address, typed(second="on")).status_code == 302
    assert cast.tremplin.meetings.count() == before + 1


def test_full_group_in_one_tap_even_twice(cast: Cast, client_of: ClientOf, planned: GroupMeeting) -> None:
    client = client_of(cast.nadia)
    for _ in range(2):
        assert client.post(f"/rencontres-groupe/{planned.pk}/tenue/").status_code == 302
    planned.refresh_from_db()
    assert planned.status == Status.HELD
    assert set(planned.attendances.values_list("status", flat=True)) == {Attendance.Status.PRESENT}
    assert planned.attendances.count() == 12


def test_who_joined_later_or_had_left_does_not_appear(cast: Cast, client_of: ClientOf, planned: GroupMeeting) -> None:
    first, second = cast.tremplin.members.all()[:2]
    first.ends_on = cast.on  # the first day that no longer counts
    first.save()
    second.starts_on = cast.on + timedelta(days=1)
    second.save()
    client_of(cast.nadia).post(f"/rencontres-groupe/{planned.pk}/tenue/")
    assert not {first.student_id, second.student_id} & set(planned.attendances.values_list("student", flat=True))
    assert planned.attendances.count() == 10


def test_undo_makes_a_planned_meeting_wait_again(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    client, sent = client_of(cast.nadia), typed(minutes="60", note="Trop vite.")
    client.post(f"/groupes/{cast.tremplin.pk}/consigner/", sent)
    for _ in range(2):
        assert client.post(f"/rencontres-groupe/{planned.pk}/annuler/").status_code == 302
    planned.refresh_from_db()
    assert (planned.status, planned.minutes, planned.note, planned.logged_by) == (Status.PLANNED, 25, "", None)
    assert not planned.attendances.exists()
    client.post(f"/groupes/{cast.tremplin.pk}/consigner/", sent)  # the back button, then again
    planned.refresh_from_db()
    assert planned.status == Status.HELD


def test_undo_puts_aside_what_was_never_planned(cast: Cast, client_of: ClientOf, typed: Payload) -> None:
    client = client_of(cast.nadia)
    client.post(f"/groupes/{cast.tremplin.pk}/consigner/", typed(day=(cast.on - timedelta(days=4)).isoformat()))
    logged = cast.tremplin.meetings.latest("pk")
    for _ in range(2):
        assert client.post(f"/rencontres-groupe/{logged.pk}/annuler/").status_code == 302
    logged.refresh_from_db()
    assert logged.deleted_at is not None
    leads_to = client.get(f"/rencontres-groupe/{logged.pk}/modifier/")["Location"]
    assert leads_to == f"/entrees/rencontre-groupe/{logged.pk}/historique/"


def test_the_second_of_two_people_sees_both_and_overwrites_nothing(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    client, address = client_of(cast.nadia), f"/rencontres-groupe/{planned.pk}/modifier/"
    client.post(f"/groupes/{cast.tremplin.pk}/consigner/", typed(note="Premier jet"))
    opened = stamp_of(client, address)
    assert client_of(cast.julie).post(address, typed(note="De Julie", saved_at=opened)).status_code == 302
    response = client.post(address, typed(note="De Nadia", saved_at=opened))
    page = response.content.decode()
    assert response.status_code == 422
    assert "De Julie" in page
    assert "De Nadia" in page
    planned.refresh_from_db()
    assert planned.note == "De Julie"
    assert planned.logged_by == cast.nadia  # credit stays with whoever logged
    again = re.search(r'name="saved_at" value="([^"]+)"', page)
    assert again
    assert client.post(address, typed(note="De Nadia", saved_at=again[1])).status_code == 302
    planned.refresh_from_db()
    assert planned.note == "De Nadia"


def test_the_same_correction_sent_twice_is_one_change(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    client, address = client_of(cast.nadia), f"/rencontres-groupe/{planned.pk}/modifier/"
    client.post(f"/groupes/{cast.tremplin.pk}/consigner/", typed())
    sent = typed(minutes="40", saved_at=stamp_of(client, address))
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]


def test_late_and_excused_are_finer_words_that_a_correction_shows_and_keeps(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    client, address = client_of(cast.nadia), f"/rencontres-groupe/{planned.pk}/modifier/"
    late, excused, absent, *_others = cast.tremplin.members.active_on(cast.on).values_list("student", flat=True)
    words = {"absent": [absent, excused], "late": [late], "excused": [excused]}
    both = client.post(f"/groupes/{cast.tremplin.pk}/consigner/", typed(absent=[late], late=[late]))
    assert both.status_code == 422
    assert "Une personne est notée absente et arrivée après le début" in both.content.decode()
    assert client.post(f"/groupes/{cast.tremplin.pk}/consigner/", typed(**words)).status_code == 302
    for sent in ({}, typed(minutes="40", saved_at=stamp_of(client, address), **words)):
        if sent:
            assert client.post(address, sent).status_code == 302
        noted = dict(planned.attendances.values_list("student", "status"))
        assert (noted.pop(late), noted.pop(excused), noted.pop(absent)) == ("late", "excused", "absent")
        assert set(noted.values()) == {"present"}
    page = client.get(address).content.decode()
    for name, student in (("late", late), ("excused", excused), ("absent", excused)):
        assert re.search(rf'name="{name}" value="{student}"[^>]* checked', page), name


def test_more_than_thirty_days_later_one_says_why(cast: Cast, client_of: ClientOf, typed: Payload) -> None:
    client, address = client_of(cast.nadia), f"/groupes/{cast.tremplin.pk}/consigner/"
    cast.tremplin.meetings.filter(on__lte=cast.on - timedelta(days=30)).delete()
    edge, day = cast.on - timedelta(days=30), cast.on - timedelta(days=31)
    assert client.post(address, typed(day=edge.isoformat())).status_code == 302
    sent = typed(day="other", other_on=day.isoformat(), note="Gardez-moi")
    assert 'name="late_reason"' not in client.get(address).content.decode()
    refused = client.post(address, sent)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert 'name="late_reason"' in page
    assert "Gardez-moi" in page
    assert client.post(address, sent | {"late_reason": " Absence du bureau "}).status_code == 302
    logged = cast.tremplin.meetings.get(on=day)
    assert (logged.late_reason, logged.status) == ("Absence du bureau", "held")
    assert "Absence du bureau" in client.get(f"/groupes/{cast.tremplin.pk}/").content.decode()


def test_not_held_needs_a_reason_and_clears_attendance(cast: Cast, client_of: ClientOf, planned: GroupMeeting) -> None:
    client, address = client_of(cast.nadia), f"/rencontres-groupe/{planned.pk}/non-tenue/"
    client.post(f"/rencontres-groupe/{planned.pk}/tenue/")
    assert client.post(address, {}).status_code == 422
    stale = client.post(address, {"reason": "school_closed", "saved_at": "2026-01-01T00:00:00+00:00"})
    assert stale.status_code == 422  # it was held meanwhile: nothing is lost without being seen
    assert planned.attendances.count() == 12
    sent = {"reason": "school_closed", "saved_at": stamp_of(client, address)}
    assert client.post(address, sent).status_code == 302
    planned.refresh_from_db()
    assert (planned.status, planned.reason) == (Status.NOT_HELD, "school_closed")
    assert not planned.attendances.exists()
    assert client.post(f"/rencontres-groupe/{planned.pk}/tenue/").status_code == 422


def test_a_confidential_note_is_neither_shown_to_nor_replaced_by_another_teacher(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    cast.tremplin.leads.create(person=cast.karim, starts_on=cast.tremplin.starts_on)
    secret = typed(note="Un secret confié", note_level="confidential")
    client_of(cast.nadia).post(f"/groupes/{cast.tremplin.pk}/consigner/", secret)
    other, address = client_of(cast.karim), f"/rencontres-groupe/{planned.pk}/modifier/"
    for page in (address, f"/rencontres-groupe/{planned.pk}/non-tenue/", f"/groupes/{cast.tremplin.pk}/"):
        assert "Un secret" not in other.get(page).content.decode()
    sent = typed(minutes="40", note="", note_level="ordinary", saved_at=stamp_of(other, address))
    assert other.post(address, sent).status_code == 302
    planned.refresh_from_db()
    assert (planned.note, planned.note_level, planned.minutes) == ("Un secret confié", "confidential", 40)
    assert "Un secret" in client_of(cast.julie).get(address).content.decode()


def test_an_imported_confidential_note_opens_to_nobody_who_logs(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting
) -> None:
    GroupMeeting.objects.filter(pk=planned.pk).update(note="Confidence importée", note_level="confidential")
    client = client_of(cast.nadia)
    client.post(f"/rencontres-groupe/{planned.pk}/tenue/")
    planned.refresh_from_db()
    assert planned.status == Status.HELD
    assert "Confidence importée" not in client.get(f"/groupes/{cast.tremplin.pk}/").content.decode()


def test_a_note_that_came_with_the_plan_stays_when_nothing_is_typed(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    GroupMeeting.objects.filter(pk=planned.pk).update(note="Apporter les jeux", note_level="confidential")
    client = client_of(cast.nadia)
    client.post(f"/groupes/{cast.tremplin.pk}/consigner/", typed(note="", note_level="ordinary"))
    planned.refresh_from_db()
    assert (planned.status, planned.note, planned.note_level) == (Status.HELD, "Apporter les jeux", "confidential")
    assert "Apporter les jeux" not in client.get(f"/groupes/{cast.tremplin.pk}/").content.decode()
    client.post(f"/rencontres-groupe/{planned.pk}/annuler/")
    planned.refresh_from_db()
    assert (planned.status, planned.note, planned.note_level) == (Status.PLANNED, "Apporter les jeux", "confidential")


def test_a_move_to_a_day_that_has_a_meeting_asks_whether_it_was_another(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    client, address = client_of(cast.nadia), f"/rencontres-groupe/{planned.pk}/modifier/"
    earlier = cast.on - timedelta(days=4)
    client.post(f"/groupes/{cast.tremplin.pk}/consigner/", typed(day=earlier.isoformat()))
    client.post(f"/groupes/{cast.tremplin.pk}/consigner/", typed())
    sent = typed(day="other", other_on=earlier.isoformat(), saved_at=stamp_of(client, address))
    asked = client.post(address, sent)
    assert asked.status_code == 422
    assert 'name="second"' in asked.content.decode()
    assert client.post(address, sent | {"second": "on"}).status_code == 302
    assert cast.tremplin.meetings.kept().filter(on=earlier).count() == 2


def test_a_conflict_shows_what_was_saved_while_waiting(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = client_of(cast.nadia), f"/rencontres-groupe/{planned.pk}/modifier/"
    client.post(f"/groupes/{cast.tremplin.pk}/consigner/", typed(note="Premier jet"))
    edit, sent = actions.edit_group_meeting, typed(note="De Nadia", saved_at=stamp_of(client, address))

    def late(**given: Any) -> GroupMeeting:
        fresh = GroupMeeting.objects.get(pk=planned.pk)
        fresh.note = "De Julie"
        fresh.save()
        return edit(**given)

    monkeypatch.setattr(actions, "edit_group_meeting", late)
    page = client.post(address, sent).content.decode()
    assert "De Julie" in page
    assert GroupMeeting.objects.get(pk=planned.pk).saved_at.isoformat() in page


BAD_ENTRIES = {
    "a day to come": ({"day": "2026-11-24"}, "ne peut pas être dans le futur"),
    "a day to come, typed": ({"day": "other", "other_on": "2026-12-24"}, "ne peut pas être dans le futur"),
    "before the group": ({"day": "other", "other_on": "2019-11-04"}, "n’existait pas à cette date"),
    "a 13th month": ({"day": "other", "other_on": "2026-13-05"}, "Cette date n’existe pas"),
    "a 13th month in a chip": ({"day": "2026-13-05"}, "Cette date n’existe pas"),
    "no day": ({"day": ""}, "Choisissez le jour"),
    "no other day": ({"day": "other", "other_on": ""}, "Indiquez la date"),
    "absurd minutes": ({"minutes": "other", "other_minutes": "100000"}, "de 1 à 300 minutes"),
    "absurd minutes in a chip": ({"minutes": "99999"}, "de 1 à 300 minutes"),
    "minutes beyond any number": ({"minutes": "9" * 40}, "Choisissez la durée"),
    "no minute at all": ({"minutes": "other", "other_minutes": "0"}, "de 1 à 300 minutes"),
    "minutes in letters": ({"minutes": "other", "other_minutes": "vingt"}, "en chiffres"),
    "an unknown student": ({"absent": ["999999999999999999999"]}, "n’est pas du groupe à cette date"),
    "NUL in the note": ({"note": "a\x00b"}, ""),
    "NUL in a number": ({"other_minutes": "2\x005", "minutes": "other"}, "en chiffres"),
    "NUL in a day": ({"day": "other", "other_on": "2026-11-2\x003"}, "Cette date n’existe pas"),
    "NUL in a choice": ({"activities": ["ga\x00me"]}, ""),
    "an unknown activity": ({"activities": ["sieste"]}, ""),
    "a form without its key": ({"entry_uuid": "abc"}, ""),
}


@pytest.mark.parametrize("name", BAD_ENTRIES)
def test_bad_input_gets_its_sentence_and_keeps_what_was_typed(
    cast: Cast, client_of: ClientOf, typed: Payload, name: str
) -> None:
    given, sentence = BAD_ENTRIES[name]
    before = cast.tremplin.meetings.held().count()
    response = client_of(cast.nadia).post(f"/groupes/{cast.tremplin.pk}/consigner/", typed(note="gardez-moi") | given)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Il y a un problème" in page
    assert sentence in page
    assert "gardez-moi" in page or "note" in given
    assert cast.tremplin.meetings.held().count() == before


def test_every_error_is_said_at_once(cast: Cast, client_of: ClientOf, typed: Payload) -> None:
    sent = typed(day="2026-11-24", minutes="other", other_minutes="999")
    page = client_of(cast.nadia).post(f"/groupes/{cast.tremplin.pk}/consigner/", sent).content.decode()
    assert "ne peut pas être dans le futur" in page
    assert "de 1 à 300 minutes" in page


def test_a_planned_meeting_to_come_can_not_be_held(cast: Cast, client_of: ClientOf) -> None:
    to_come = cast.tremplin.meetings.filter(on__gt=cast.on).first()
    assert to_come
    response = client_of(cast.nadia).post(f"/rencontres-groupe/{to_come.pk}/tenue/")
    assert response.status_code == 422
    assert "dans le futur" in response.content.decode()


@pytest.mark.parametrize("asked", ["2026-13-05", "hier", "2026-11-19\x00", ""])
def test_an_odd_day_in_the_address_is_today(cast: Cast, client_of: ClientOf, asked: str) -> None:
    response = client_of(cast.nadia).get(f"/groupes/{cast.tremplin.pk}/consigner/", {"le": asked})
    assert response.status_code == 200
    assert f'value="{cast.on.isoformat()}" id="id_day_0" checked' in response.content.decode()


def test_the_edit_address_of_a_waiting_meeting_opens_the_log_page_on_its_day(cast: Cast, client_of: ClientOf) -> None:
    waiting = cast.horizon.meetings.get(status=Status.PLANNED, on__lt=cast.on)
    response = client_of(cast.nadia).get(f"/rencontres-groupe/{waiting.pk}/modifier/", follow=True)
    assert f'value="{waiting.on.isoformat()}" id="id_day_1" checked' in response.content.decode()


def stamp_of(client: Client, address: str) -> str:
    found = re.search(r'name="saved_at" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found[1]
