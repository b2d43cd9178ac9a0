"""Logging a meeting: one tap or one page, once, and never what can't be true."""

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from mentoring import actions
from mentoring.models import Dyad, DyadMeeting
from people.models import SchoolBoard, User
from tests.cast import Cast

Entry = Callable[..., dict[str, Any]]
ClientOf = Callable[[User], Client]


def undo_address(client: Client) -> str:
    """The address that the banner's « Annuler » posts to."""
    page = client.get("/semaine/").content.decode()
    found = re.search(r'action="(/rencontres/\d+/annuler/[^"]*)"', page)
    assert found, "no undo banner"
    return found[1].replace("&amp;", "&")


def test_one_tap_logs_the_planned_meeting_and_credits_who_met(cast: Cast, nadia: Client, planned: DyadMeeting) -> None:
    reply = nadia.post(f"/rencontres/{planned.pk}/tenue/")
    assert (reply.status_code, reply["Location"]) == (302, "/semaine/")
    planned.refresh_from_db()
    assert (planned.status, planned.minutes, planned.planned) == ("held", 25, True)
    assert (planned.logged_on, planned.logged_by) == (cast.on, cast.nadia)


def test_the_hour_of_a_log_is_that_of_the_boards_clocks(cast: Cast, nadia: Client, planned: DyadMeeting) -> None:
    SchoolBoard.objects.filter(pk=cast.board.pk).update(time_zone="America/Halifax")
    nadia.post(f"/rencontres/{planned.pk}/tenue/")
    assert "Consignée à 10\u00a0h" in nadia.get("/semaine/").content.decode()


def test_a_double_tap_logs_once_and_keeps_the_first_credit(
    cast: Cast, nadia: Client, julie: Client, planned: DyadMeeting
) -> None:
    nadia.post(f"/rencontres/{planned.pk}/tenue/")
    assert julie.post(f"/rencontres/{planned.pk}/tenue/").status_code == 302
    planned.refresh_from_db()
    assert planned.logged_by == cast.nadia
    assert DyadMeeting.objects.filter(dyad=planned.dyad, on=cast.on).count() == 1


def test_a_tap_on_what_was_logged_elsewhere_changes_nothing(cast: Cast, nadia: Client) -> None:
    held = DyadMeeting.objects.filter(dyad=cast.kim_nadia, status="held").first()
    assert held is not None
    assert not held.history.exists(), "loaded in bulk: nobody has changed it here"
    assert nadia.post(f"/rencontres/{held.pk}/tenue/").status_code == 302
    assert "plus rien à annuler" in nadia.post(undo_address(nadia), follow=True).content.decode()
    assert DyadMeeting.objects.kept().filter(pk=held.pk, status="held", saved_at=held.saved_at).exists()


def test_a_meeting_to_come_is_not_held_yet(nadia: Client, planned: DyadMeeting) -> None:
    DyadMeeting.objects.filter(pk=planned.pk).update(on=planned.on + timedelta(days=1))
    page = nadia.post(f"/rencontres/{planned.pk}/tenue/", follow=True).content.decode()
    assert "ne peut pas être dans le futur" in page
    planned.refresh_from_db()
    assert planned.status == "planned"


def test_the_page_logs_what_was_said(cast: Cast, nadia: Client, entry: Entry) -> None:
    sent = entry(day="other", other_on="2026-11-19", minutes="other", other_minutes="35", topic="career", note="Oral")
    assert nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", sent).status_code == 302
    logged = DyadMeeting.objects.get(entry_uuid=sent["entry_uuid"])
    assert (logged.dyad, logged.on, logged.status, logged.minutes) == (cast.kim_nadia, date(2026, 11, 19), "held", 35)
    assert (logged.channel, logged.activity, logged.chosen_by) == ("in_person", "shared_activity", "student")
    assert (logged.topic, logged.note, logged.note_level, logged.logged_by) == (
        "career",
        "Oral",
        "ordinary",
        cast.nadia,
    )


def test_what_stands_behind_a_chip_set_aside_is_ignored(cast: Cast, nadia: Client, entry: Entry) -> None:
    sent = entry(other_on="2026-13-45", other_minutes="beaucoup")
    assert nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", sent).status_code == 302


def test_sent_twice_it_is_one_record(cast: Cast, nadia: Client, entry: Entry) -> None:
    sent = entry()
    before = DyadMeeting.objects.count()
    for _again in range(3):
        assert nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", sent).status_code == 302
    assert DyadMeeting.objects.count() <= before + 1
    assert DyadMeeting.objects.filter(entry_uuid=sent["entry_uuid"]).count() == 1


def test_another_form_saying_the_same_asks_whether_there_was_another(cast: Cast, nadia: Client, entry: Entry) -> None:
    address, that_day = f"/dyades/{cast.kim_nadia.pk}/consigner/", DyadMeeting.objects.filter(dyad=cast.kim_nadia)
    before = that_day.count()
    assert nadia.post(address, entry()).status_code == 302
    again = nadia.post(address, entry(note="gardez-moi"))
    assert again.status_code == 422
    assert 'name="second"' in again.content.decode()
    assert "gardez-moi" in again.content.decode()
    assert that_day.count() == before + 1
    assert nadia.post(address, entry(channel="phone")).status_code == 302
    assert nadia.post(address, entry(second="on")).status_code == 302
    assert that_day.count() == before + 3


def test_a_form_can_not_serve_two_dyads(cast: Cast, nadia: Client, entry: Entry) -> None:
    sent = entry()
    nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", sent)
    reply = nadia.post(f"/dyades/{cast.maika_nadia.pk}/consigner/", sent)
    assert reply.status_code == 422
    assert "autre dyade" in reply.content.decode()


def test_the_page_fulfils_the_days_plan_instead_of_adding_to_it(
    nadia: Client, planned: DyadMeeting, entry: Entry
) -> None:
    nadia.post(f"/dyades/{planned.dyad_id}/consigner/", entry())
    rows = DyadMeeting.objects.filter(dyad=planned.dyad_id, on=planned.on)
    assert [(row.pk, row.status, row.minutes) for row in rows] == [(planned.pk, "held", 40)]


def test_a_contact_fulfils_no_plan(nadia: Client, planned: DyadMeeting, entry: Entry) -> None:
    nadia.post(f"/dyades/{planned.dyad_id}/consigner/", entry(channel="phone"))
    rows = DyadMeeting.objects.filter(dyad=planned.dyad_id, on=planned.on).order_by("pk")
    assert [(row.status, row.channel) for row in rows] == [("planned", ""), ("held", "phone")]


def test_not_held_asks_why(nadia: Client, planned: DyadMeeting) -> None:
    address = f"/rencontres/{planned.pk}/non-tenue/"
    refused = nadia.post(address, {"note": "Partie tôt"})
    assert refused.status_code == 422
    assert "Choisissez le motif" in refused.content.decode()
    assert "Partie tôt" in refused.content.decode()
    assert nadia.post(address, {"reason": "student_absent"}).status_code == 302
    planned.refresh_from_db()
    assert (planned.status, planned.reason) == ("not_held", "student_absent")


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"day": "2026-11-24"}, "La date ne peut pas être dans le futur"),
    ({"day": "other", "other_on": "2027-01-04"}, "La date ne peut pas être dans le futur"),
    ({"day": "other", "other_on": "2024-01-08"}, "La dyade a commencé le"),
    ({"day": "other", "other_on": "2026-13-01"}, "Cette date n’existe pas"),
    ({"day": "other", "other_on": "0001-01-01"}, "Vérifiez l’année"),
    ({"day": "other"}, "Indiquez la date"),
    ({"day": None}, "Choisissez le jour"),
    ({"day": "demain"}, "Cette date n’existe pas"),
    ({"minutes": None}, "Choisissez la durée"),
    ({"minutes": "other"}, "Indiquez la durée en minutes"),
    ({"minutes": "other", "other_minutes": "0"}, "La durée va de 1 à 480 minutes"),
    ({"minutes": "other", "other_minutes": "-5"}, "La durée va de 1 à 480 minutes"),
    ({"minutes": "other", "other_minutes": "9" * 5000}, "en chiffres"),
    ({"minutes": "other", "other_minutes": "1200"}, "La durée va de 1 à 480 minutes"),
    ({"minutes": "12"}, "choix valide"),
    ({"channel": "pigeon"}, "choix valide"),
    ({"entry_uuid": "pas-un-uuid"}, "Ce formulaire est incomplet"),
    ({"entry_uuid": None}, "Ce formulaire est incomplet"),
    ({"note": "a\x00b"}, "nul"),
    ({"note": "x" * 20_000}, "raccourcissez-la"),
    ({"day": "\x00"}, "Cette date n’existe pas"),
]


def test_what_can_not_be_true_is_refused_in_a_sentence(cast: Cast, nadia: Client, entry: Entry) -> None:
    before = DyadMeeting.objects.count()
    for changes, sentence in REFUSED:
        sent = entry(**{"note": "Gardez ceci"} | changes)
        reply = nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", sent)
        page = reply.content.decode()
        assert reply.status_code == 422, changes
        assert "Il y a un problème" in page, changes
        assert sentence in page, changes
        assert "note" in changes or "Gardez ceci" in page, changes
    assert DyadMeeting.objects.count() == before


def test_a_meeting_after_the_end_is_refused(cast: Cast, nadia: Client, entry: Entry) -> None:
    cast.kim_nadia.ends_on = date(2026, 11, 20)
    cast.kim_nadia.save()
    reply = nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", entry(day="2026-11-20"))
    assert reply.status_code == 422
    assert "La dyade a pris fin" in reply.content.decode()


def test_undo_puts_the_plan_back_and_a_second_press_is_harmless(
    nadia: Client, planned: DyadMeeting, entry: Entry
) -> None:
    nadia.post(f"/dyades/{planned.dyad_id}/consigner/", entry(minutes="60", note="Trop vite"))
    address = undo_address(nadia)
    for _press in range(2):
        assert nadia.post(address).status_code == 302
        planned.refresh_from_db()
        assert (planned.status, planned.minutes, planned.note) == ("planned", 25, "")
        assert (planned.logged_by, planned.logged_on, planned.deleted_at) == (None, None, None)


def test_undo_of_an_unplanned_entry_sets_it_aside_until_it_is_sent_again(
    cast: Cast, nadia: Client, entry: Entry
) -> None:
    sent = entry(day="other", other_on="2026-11-19")
    nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", sent)
    address = undo_address(nadia)
    for _press in range(2):
        assert nadia.post(address).status_code == 302
        assert not DyadMeeting.objects.kept().filter(entry_uuid=sent["entry_uuid"]).exists()
    nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", sent)
    assert DyadMeeting.objects.kept().filter(entry_uuid=sent["entry_uuid"]).count() == 1


def test_undo_of_a_correction_brings_back_what_was_said(cast: Cast, nadia: Client, entry: Entry) -> None:
    sent = entry(day="other", other_on="2026-11-19", note="Avant")
    nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", sent)
    meeting = DyadMeeting.objects.get(entry_uuid=sent["entry_uuid"])
    nadia.get("/semaine/")
    corrected = sent | {"saved_at": meeting.saved_at.isoformat(), "minutes": "10", "note": "Après"}
    assert nadia.post(f"/rencontres/{meeting.pk}/modifier/", corrected).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.note) == (10, "Après")
    nadia.post(undo_address(nadia))
    meeting.refresh_from_db()
    assert (meeting.status, meeting.minutes, meeting.note) == ("held", 40, "Avant")


def test_two_people_correct_one_meeting_the_second_sees_both(
    cast: Cast, nadia: Client, julie: Client, entry: Entry
) -> None:
    sent = entry(note="Version de Nadia")
    nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", sent)
    meeting = DyadMeeting.objects.get(entry_uuid=sent["entry_uuid"])
    opened = meeting.saved_at.isoformat()
    address = f"/rencontres/{meeting.pk}/modifier/"
    assert julie.post(address, sent | {"saved_at": opened, "note": "Version de Julie"}).status_code == 302
    late = sent | {"saved_at": opened, "note": "Deuxième version de Nadia"}
    reply = nadia.post(address, late)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "Version de Julie" in page
    assert "Deuxième version de Nadia" in page
    meeting.refresh_from_db()
    assert meeting.note == "Version de Julie"
    told = re.search(r'name="saved_at" value="([^"]+)"', page)
    assert told
    assert nadia.post(address, late | {"saved_at": told[1]}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.note == "Deuxième version de Nadia"


def test_a_refused_correction_does_not_forget_when_it_was_opened(cast: Cast, nadia: Client, entry: Entry) -> None:
    sent = entry()
    nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", sent)
    meeting = DyadMeeting.objects.get(entry_uuid=sent["entry_uuid"])
    opened = (meeting.saved_at - timedelta(minutes=5)).isoformat()
    reply = nadia.post(f"/rencontres/{meeting.pk}/modifier/", sent | {"saved_at": opened, "minutes": "12"})
    assert f'name="saved_at" value="{opened}"' in reply.content.decode()


def test_anothers_confidential_note_is_neither_shown_nor_replaced(cast: Cast, nadia: Client, entry: Entry) -> None:
    meeting = DyadMeeting.objects.create(
        board=cast.board,
        dyad=cast.kim_nadia,
        on=cast.on,
        status="held",
        minutes=25,
        logged_by=cast.julie,
        logged_on=cast.on,
        note="Confidence de Julie",
        note_level="confidential",
    )
    address = f"/rencontres/{meeting.pk}/modifier/"
    assert "Confidence de Julie" not in nadia.get(address).content.decode()
    sent = entry(saved_at=meeting.saved_at.isoformat(), note="", note_level="ordinary")
    assert nadia.post(address, sent).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.note, meeting.note_level, meeting.minutes) == ("Confidence de Julie", "confidential", 40)


def test_an_imported_confidential_note_opens_to_nobody_who_logs(cast: Cast, nadia: Client, entry: Entry) -> None:
    said = {"note": "Confidence importée", "note_level": "confidential", "board": cast.board, "dyad": cast.kim_nadia}
    planned = DyadMeeting.objects.create(on=cast.on, status="planned", planned=True, **said)
    held = DyadMeeting.objects.create(on=cast.on - timedelta(days=4), status="held", **said)
    nadia.post(f"/rencontres/{planned.pk}/tenue/")
    nadia.post(
        f"/rencontres/{held.pk}/modifier/",
        entry(day=held.on.isoformat(), saved_at=held.saved_at.isoformat(), minutes="25"),
    )
    for meeting in (planned, held):
        meeting.refresh_from_db()
        assert (meeting.status, meeting.logged_on, meeting.note) == ("held", cast.on, "Confidence importée")
    assert "Confidence importée" not in nadia.get(f"/dyades/{cast.kim_nadia.pk}/").content.decode()


def test_a_note_that_came_with_the_plan_stays_when_nothing_is_typed(
    nadia: Client, planned: DyadMeeting, entry: Entry
) -> None:
    DyadMeeting.objects.filter(pk=planned.pk).update(note="Parler du stage", note_level="confidential")
    nadia.post(f"/dyades/{planned.dyad_id}/consigner/", entry(note="", note_level="ordinary"))
    planned.refresh_from_db()
    assert (planned.status, planned.note, planned.note_level) == ("held", "Parler du stage", "confidential")
    assert "Parler du stage" not in nadia.get(f"/dyades/{planned.dyad_id}/").content.decode()


def test_moving_a_meeting_onto_its_double_asks_whether_it_was_another(cast: Cast, nadia: Client, entry: Entry) -> None:
    log, kept = f"/dyades/{cast.kim_nadia.pk}/consigner/", DyadMeeting.objects.kept().filter(dyad=cast.kim_nadia)
    assert nadia.post(log, entry(day="2026-11-19")).status_code == 302
    assert nadia.post(log, entry()).status_code == 302
    meeting = kept.get(on=cast.on)
    address, sent = f"/rencontres/{meeting.pk}/modifier/", entry(saved_at=meeting.saved_at.isoformat())
    asked = nadia.post(address, sent | {"day": "2026-11-19"})
    assert asked.status_code == 422
    assert 'name="second"' in asked.content.decode()
    assert nadia.post(address, sent | {"day": "2026-11-19", "second": "on"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.on == date(2026, 11, 19)
    stays = sent | {"day": "2026-11-19", "minutes": "10", "saved_at": meeting.saved_at.isoformat()}
    assert nadia.post(address, stays).status_code == 302  # neither day nor channel changed: nothing to ask


def test_moving_a_meeting_onto_a_day_a_day_of_its_own_timetable_does_not_clash(
    cast: Cast, nadia: Client, planned: DyadMeeting, entry: Entry
) -> None:
    earlier = cast.on - timedelta(days=7)
    DyadMeeting.objects.filter(dyad=planned.dyad, on=earlier).delete()
    DyadMeeting.objects.create(
        board=cast.board, dyad=planned.dyad, timetable=planned.timetable, on=earlier, status="held", planned=True
    )
    sent = entry(day=earlier.isoformat(), saved_at=planned.saved_at.isoformat())
    assert nadia.post(f"/rencontres/{planned.pk}/modifier/", sent).status_code == 302
    planned.refresh_from_db()
    assert (planned.on, planned.status) == (earlier, "held")
    actions.plan_ahead(board=cast.board, on=cast.on)
    assert nadia.post(undo_address(nadia)).status_code == 302
    today = DyadMeeting.objects.kept().filter(dyad=planned.dyad, on=cast.on)
    assert [row.status for row in today] == ["planned"]


def test_what_is_ticked_of_today_is_held_and_ones_own_only(cast: Cast, nadia: Client, planned: DyadMeeting) -> None:
    someone_elses = DyadMeeting.objects.create(
        board=cast.board, dyad=cast.ines_marc, on=cast.on, status="planned", planned=True
    )
    kept_back = cast.tremplin.meetings.get(on=cast.on)
    listed = re.findall(r'name="rencontre" value="(\w+)"', nadia.get("/semaine/confirmer/").content.decode())
    assert {f"d{planned.pk}", f"g{kept_back.pk}"} <= set(listed)
    assert f"d{someone_elses.pk}" not in listed
    ticked = [f"d{planned.pk}", f"d{someone_elses.pk}"]
    assert nadia.post("/semaine/confirmer/", {"rencontre": ticked}).status_code == 302
    for row, status in ((planned, "held"), (someone_elses, "planned"), (kept_back, "planned")):
        row.refresh_from_db()
        assert row.status == status


def test_one_that_cannot_be_logged_keeps_no_other_from_it(cast: Cast, nadia: Client, planned: DyadMeeting) -> None:
    DyadMeeting.objects.filter(dyad=cast.maika_nadia, on=cast.on).delete()
    over = DyadMeeting.objects.create(
        board=cast.board, dyad=cast.maika_nadia, on=cast.on, status="planned", planned=True
    )
    Dyad.objects.filter(pk=cast.maika_nadia.pk).update(ends_on=cast.on)
    listed = re.findall(r'name="rencontre" value="(\w+)"', nadia.get("/semaine/confirmer/").content.decode())
    page = nadia.post("/semaine/confirmer/", {"rencontre": listed}, follow=True).content.decode()
    assert "La dyade a pris fin" in page
    left = DyadMeeting.objects.filter(on=cast.on, status="planned", dyad__mentor=cast.nadia_mentor)
    assert [*left] == [over]
    assert not cast.tremplin.meetings.filter(on=cast.on, status="planned").exists()


def test_saving_tells_those_who_listen_within_the_transaction(cast: Cast, planned: DyadMeeting) -> None:
    from mentoring.signals import dyad_changed

    heard: list[tuple[Any, date]] = []

    def listen(sender: Any, dyad: Any, on: date, **kwargs: Any) -> None:
        heard.append((dyad.pk, on))

    dyad_changed.connect(listen)
    try:
        actions.hold_as_planned(meeting=planned, person=cast.nadia, on=cast.on)
    finally:
        dyad_changed.disconnect(listen)
    assert heard == [(planned.dyad_id, cast.on)]


def test_the_same_key_from_eight_clients_in_turn_is_one_record(cast: Cast) -> None:
    key = uuid.uuid4()
    said = actions.Entry(date(2026, 11, 19), minutes=25, channel="in_person")
    rows = {
        actions.log_meeting(dyad=cast.kim_nadia, entry=said, person=cast.nadia, on=cast.on, entry_uuid=key).pk
        for _client in range(8)
    }
    assert len(rows) == 1
    assert DyadMeeting.objects.get(entry_uuid=key).saved_at <= timezone.now()
