"""What somebody else did to a group's meeting meanwhile: seen before it is replaced, never taken back unseen."""

import re
from collections.abc import Callable

from django.test import Client

from accompagnement.demo.cast import Cast
from people.models import User
from programs.log.history import history_of
from programs.models import GroupMeeting
from programs.tests.conftest import Payload
from programs.tests.test_log import stamp_of

ClientOf = Callable[[User], Client]
NOTHING_LEFT = "Il n’y a plus rien à annuler"


def undo_in(page: str) -> str:
    found = re.search(r'action="((?:/rencontres-groupe/\d+/annuler/|/entrees/)[^"]*)"', page)
    assert found
    return found[1].replace("&amp;", "&")


def test_the_second_not_held_sees_the_first_and_overwrites_nothing(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting
) -> None:
    nadia, julie, address = client_of(cast.nadia), client_of(cast.julie), f"/rencontres-groupe/{planned.pk}/non-tenue/"
    opened = stamp_of(nadia, address)
    first = {"reason": "school_closed", "note": "Panne de chauffage", "saved_at": opened}
    assert [julie.post(address, first).status_code for _click in range(2)] == [302, 302]
    assert history_of(planned).count() == 2  # the plan, and one log
    second = {"reason": "adult_absent", "note": "", "saved_at": opened}
    assert nadia.post(address, {"note": "", "saved_at": opened}).status_code == 422  # no reason: the stamp stays
    clash = nadia.post(address, second)
    page = clash.content.decode()
    assert clash.status_code == 422
    for words in ("Deux versions de la même entrée", "Panne de chauffage", "école fermée", "Julie"):
        assert words in page
    planned.refresh_from_db()
    assert (planned.reason, planned.note) == ("school_closed", "Panne de chauffage")
    assert nadia.post(address, second | {"choice": "theirs"}).status_code == 302
    planned.refresh_from_db()
    assert planned.reason == "school_closed"
    seen = re.search(r'name="saved_at" value="([^"]+)"', page)
    assert seen
    assert nadia.post(address, second | {"saved_at": seen[1]}).status_code == 302
    planned.refresh_from_db()
    assert planned.reason == "adult_absent"


def test_not_held_over_a_log_shows_who_was_away_and_can_be_taken_back(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    nadia, address = client_of(cast.nadia), f"/rencontres-groupe/{planned.pk}/non-tenue/"
    away = cast.tremplin.members.all()[0].student
    sent = {"reason": "school_closed", "saved_at": stamp_of(nadia, address)}
    client_of(cast.julie).post(f"/groupes/{cast.tremplin.pk}/consigner/", typed(absent=[away.pk]))
    clash = nadia.post(address, sent)
    lines = {line.label: (line.yours, line.theirs) for line in clash.context["comparison"].lines}
    assert lines[str(away)] == ("", "absence")
    assert "Enregistrer efface ses présences" in clash.content.decode()
    sent["saved_at"] = clash.context["saved_at"]
    undo = undo_in(nadia.post(address, sent, follow=True).content.decode())
    assert nadia.post(undo).status_code == 302
    planned.refresh_from_db()
    assert (planned.status, planned.attendances.get(student=away).status) == ("held", "absent")


def test_an_invalid_correction_keeps_the_version_that_it_saw(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    nadia, address = client_of(cast.nadia), f"/rencontres-groupe/{planned.pk}/modifier/"
    nadia.post(f"/groupes/{cast.tremplin.pk}/consigner/", typed())
    opened = stamp_of(nadia, address)
    client_of(cast.julie).post(address, typed(note="De Julie", saved_at=opened))
    refused = nadia.post(address, typed(note="De Nadia", minutes="other", other_minutes="", saved_at=opened))
    assert (refused.status_code, refused.context["saved_at"]) == (422, opened)


def test_an_old_undo_leaves_what_was_corrected_since(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    nadia, edit = client_of(cast.nadia), f"/rencontres-groupe/{planned.pk}/modifier/"
    undo = undo_in(nadia.post(f"/rencontres-groupe/{planned.pk}/tenue/", follow=True).content.decode())
    away = cast.tremplin.members.all()[0].student_id
    client_of(cast.julie).post(edit, typed(absent=[away], note="Corrigée", saved_at=stamp_of(nadia, edit)))
    assert NOTHING_LEFT in nadia.post(undo, follow=True).content.decode()
    planned.refresh_from_db()
    assert (planned.status, planned.note, planned.attendances.get(student=away).status) == (
        "held", "Corrigée", "absent",
    )  # fmt: skip


def test_an_undo_pressed_twice_takes_back_once(cast: Cast, client_of: ClientOf, planned: GroupMeeting) -> None:
    nadia = client_of(cast.nadia)
    undo = undo_in(nadia.post(f"/rencontres-groupe/{planned.pk}/tenue/", follow=True).content.decode())
    said = [nadia.post(undo, follow=True).content.decode() for _click in range(2)]
    assert ["attend de nouveau" in said[0], NOTHING_LEFT in said[1]] == [True, True]
    planned.refresh_from_db()
    assert planned.status == "planned"


def test_words_typed_for_a_note_that_became_confidential_are_kept_on_the_page(
    cast: Cast, client_of: ClientOf, planned: GroupMeeting, typed: Payload
) -> None:
    cast.tremplin.leads.create(person=cast.karim, starts_on=cast.tremplin.starts_on)
    nadia, karim, page = client_of(cast.nadia), client_of(cast.karim), f"/rencontres-groupe/{planned.pk}/"
    nadia.post(f"/groupes/{cast.tremplin.pk}/consigner/", typed())
    entries = {f"{page}modifier/": typed(minutes="40"), f"{page}non-tenue/": {"reason": "other"}}
    opened = {address: hidden_fields(karim, address) for address in entries}
    stamp = opened[f"{page}modifier/"]["saved_at"]
    nadia.post(f"{page}modifier/", typed(note="Un secret", note_level="confidential", saved_at=stamp))
    for address, sent in entries.items():
        refused = karim.post(address, opened[address] | sent | {"note": "Mes mots"})
        shown = refused.content.decode()
        assert refused.status_code == 422
        assert ("a rendu la note confidentielle" in shown, ">\nMes mots</textarea>" in shown) == (True, True)
        assert "Un secret" not in shown
        assert ">\nMes mots</textarea>" in karim.get(address).content.decode()  # the draft
        planned.refresh_from_db()
        assert (planned.minutes, planned.status, planned.note) == (25, "held", "Un secret")
    sent = entries[address] | {"note": "", "saved_at": refused.context["saved_at"]}
    assert karim.post(address, sent).status_code == 302
    planned.refresh_from_db()
    assert (planned.status, planned.note, planned.note_level) == ("not_held", "Un secret", "confidential")


def hidden_fields(client: Client, address: str) -> dict[str, str]:
    """What the open form carries unseen: the version before one's eyes, and who opened it."""
    page = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(saved_at|opened_by)" value="([^"]+)"', page))
