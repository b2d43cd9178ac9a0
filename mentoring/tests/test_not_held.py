"""« Non tenue » overwrites nobody's reason nor note unseen, and a note typed too late is refused, not dropped."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mentoring.models import DyadMeeting
from tests.cast import Cast

Entry = Callable[..., dict[str, Any]]
NO_NOTE = "Copiez vos mots au besoin, puis enregistrez sans note."


def stamp(reply: Any) -> dict[str, str]:
    found = re.search(r'name="saved_at" value="([^"]*)"', reply.content.decode())
    assert found
    return {"saved_at": found[1]}


def outcome(meeting: DyadMeeting) -> tuple[str, str, str]:
    meeting.refresh_from_db()
    return meeting.status, meeting.reason, meeting.note


@pytest.fixture
def address(planned: DyadMeeting) -> str:
    return f"/rencontres/{planned.pk}/non-tenue/"


def test_the_second_reason_is_compared_with_the_first(
    nadia: Client, julie: Client, planned: DyadMeeting, address: str
) -> None:
    opened, first = stamp(julie.get(address)), ("not_held", "student_absent", "Il a la grippe")
    nadia.post(address, stamp(nadia.get(address)) | {"reason": first[1], "note": first[2]})
    mine = {"reason": "school_closed", "note": "Tempête"}
    clash = julie.post(address, opened | mine)
    assert clash.status_code == 422
    beside = clash.content.decode().split('class="comparison"')[1].split("</table>")[0]
    assert all(words in beside for words in ("Il a la grippe", "Tempête", "absence de l’élève", "école fermée"))
    assert outcome(planned) == first

    assert julie.post(address, stamp(clash) | mine | {"choice": "theirs"}).status_code == 302
    assert outcome(planned) == first
    assert julie.post(address, stamp(clash) | mine).status_code == 302
    assert outcome(planned) == ("not_held", "school_closed", "Tempête")


def test_sent_twice_with_a_note_it_is_one_version_that_is_undone(
    nadia: Client, planned: DyadMeeting, address: str
) -> None:
    sent = stamp(nadia.get(address)) | {"reason": "student_absent", "note": "Il a la grippe"}
    for _time in range(2):
        banner = nadia.post(address, sent, follow=True)
    assert planned.history.filter(status="not_held").count() == 1
    undo = re.search(r'action="(/rencontres/\d+/annuler/[^"]*)"', banner.content.decode())
    assert undo
    nadia.post(undo[1].replace("&amp;", "&"))
    assert outcome(planned) == ("planned", "", "")


def test_what_was_said_is_shown_and_corrected(nadia: Client, planned: DyadMeeting, address: str) -> None:
    nadia.post(address, stamp(nadia.get(address)) | {"reason": "student_absent", "note": "Il a la grippe"})
    page = nadia.get(address)
    assert "Il a la grippe" in page.content.decode()
    assert nadia.post(address, stamp(page) | {"reason": "other", "note": ""}).status_code == 302
    assert outcome(planned) == ("not_held", "other", "")


def test_a_note_typed_while_another_was_made_confidential_is_shown_again(
    cast: Cast, nadia: Client, julie: Client, entry: Entry, planned: DyadMeeting, address: str
) -> None:
    edit = f"/rencontres/{planned.pk}/modifier/"
    opened = stamp(nadia.get(edit))
    secret = entry(note="Sous le sceau", note_level="confidential") | stamp(julie.get(edit))
    assert julie.post(edit, secret).status_code == 302
    for page, mine in ((edit, entry(note="Mes mots") | opened), (address, {"reason": "other", "note": "Mes mots"})):
        refused = nadia.post(page, mine)
        assert refused.status_code == 422
        assert all(words in refused.content.decode() for words in (NO_NOTE, "Mes mots"))
        assert outcome(planned) == ("held", "", "Sous le sceau")

    beside = nadia.post(edit, entry(note="", minutes="60") | opened)
    assert "Garder ma version" in beside.content.decode()
    assert nadia.post(edit, entry(note="Mes mots", minutes="60") | stamp(beside)).status_code == 422
    assert nadia.post(edit, entry(note="", minutes="60") | stamp(beside)).status_code == 302
    assert outcome(planned) == ("held", "", "Sous le sceau")
    assert planned.minutes == 60
