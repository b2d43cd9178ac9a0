"""An early ending is a case: listed until one review closes it, then read again by those who answer for it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guidelines.endings import to_review
from guidelines.evaluation import evaluate_board
from guidelines.models import EndingReview, Flag
from mentoring.models import Dyad
from people.models import AuditEntry, User
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
LIST = "/vigilance/relations-terminees/"
SAID = {
    "ended_by": "family",
    "end_code": "student_left",
    "what_happened": "La famille a déménagé à la mi-session.",
    "learnt": "Demander au jumelage si un déménagement se prépare.",
}


@pytest.fixture
def ended(cast: Cast) -> Dyad:
    """Olivia and Sylvie: two months."""
    evaluate_board(cast.board, on=cast.on)
    return cast.olivia_sylvie


def address(dyad: Dyad) -> str:
    return f"/dyades/{dyad.pk}/revoir-la-fin/"


def told(reply: Any) -> str:
    text: str = reply.content.decode()
    return text.replace("\u00a0", " ")


def saved_at(page: str) -> str:
    found = re.search(r'name="saved_at" value="([^"]*)"', page)
    assert found
    return found[1]


def finding(dyad: Dyad) -> Flag:
    return Flag.objects.get(dyad=dyad, guideline="dyad-duration-short")


def test_one_review_takes_the_case_off_the_list(cast: Cast, client_of: ClientOf, ended: Dyad) -> None:
    julie = client_of(cast.julie)
    assert f'href="{LIST}"' in told(julie.get("/vigilance/"))
    listed = told(julie.get(LIST))
    for words in (
        "Olivia Caron",
        "après 2 mois",
        "famille",
        "L’élève change d’école",
        "est prévu",
    ):
        assert words in listed
    assert "Revoir la fin de la relation" in told(julie.get(f"/dyades/{ended.pk}/"))
    assert "Déménagement</textarea>" in told(julie.get(address(ended))), "it begins with the words of the ending"
    for _time in range(2):
        assert julie.post(address(ended), SAID).status_code == 302
    assert "Olivia" not in told(julie.get(LIST))
    assert "Olivia" in told(julie.get(LIST + "?etat=revues"))
    assert "Les revues des relations terminées" in told(julie.get("/vigilance/"))
    page = told(julie.get(f"/dyades/{ended.pk}/"))
    assert SAID["learnt"] in page
    assert "Revue par Julie Archambault, le 23 novembre 2026" in page
    assert AuditEntry.objects.filter(verb="ending.reviewed").count() == 1
    assert EndingReview.history.count() == 1


def test_nothing_is_lost_of_what_a_refused_review_said(cast: Cast, client_of: ClientOf, ended: Dyad) -> None:
    julie = client_of(cast.julie)
    for name, sentence in (("learnt", "Écrivez ce que vous en retenez"), ("end_code", "Choisissez ce qui a mené")):
        refused = julie.post(address(ended), SAID | {name: ""})
        assert (refused.status_code, sentence in told(refused)) == (422, True)
        assert SAID["what_happened"] in told(refused)
    assert not EndingReview.objects.exists()


def test_it_closes_for_good_and_the_evaluation_says_the_same(cast: Cast, client_of: ClientOf, ended: Dyad) -> None:
    before = evaluate_board(cast.board, on=cast.on).findings
    client_of(cast.julie).post(address(ended), SAID)
    assert evaluate_board(cast.board, on=cast.on).findings == before
    for days in (0, 60, 100):
        evaluate_board(cast.board, on=cast.on + timedelta(days=days), write=days == 0)
    found = finding(ended)
    assert (found.state, found.until) == ("dismissed", None)
    # Its dates are corrected, and corrected back: the same finding goes and returns, and the case is still closed.
    for months in (9, 0):
        Dyad.objects.filter(pk=ended.pk).update(ends_on=ended.ends_on)
        ended.meetings.all().delete()
        moved = Dyad.objects.get(pk=ended.pk)
        moved.starts_on = ended.starts_on - timedelta(days=31 * months)
        moved.save()
        moved.announce(cast.on)
        assert finding(ended).state == ("cleared" if months else "dismissed")
    assert not to_review(cast.julie).exists()


def test_a_review_that_someone_reopens_waits_for_another(cast: Cast, client_of: ClientOf, ended: Dyad) -> None:
    julie = client_of(cast.julie)
    julie.post(address(ended), SAID)
    julie.post(f"/vigilance/{finding(ended).pk}/rouvrir/")
    evaluate_board(cast.board, on=cast.on)
    assert "Olivia" in told(julie.get(LIST))
    julie.post(address(ended), SAID)
    assert "Olivia" not in told(julie.get(LIST))


def test_a_correction_is_one_persons_and_overwrites_nobody_unseen(cast: Cast, client_of: ClientOf, ended: Dyad) -> None:
    julie, alain = client_of(cast.julie), client_of(cast.alain)
    julie.post(address(ended), SAID)
    seen = saved_at(told(julie.get(address(ended))))
    assert alain.post(address(ended), SAID | {"learnt": "Rien de plus.", "saved_at": seen}).status_code == 302
    late = SAID | {"learnt": "Prévenir la famille.", "saved_at": seen}
    refused = julie.post(address(ended), late)
    assert refused.status_code == 422
    for words in ("entre-temps", "Rien de plus.", "Prévenir la famille."):
        assert words in told(refused)
    assert EndingReview.objects.get().learnt == "Rien de plus."
    assert julie.post(address(ended), late | {"saved_at": saved_at(told(refused))}).status_code == 302
    review = EndingReview.objects.get()
    assert (review.learnt, review.by, review.history.count()) == ("Prévenir la famille.", cast.julie, 3)


def test_it_completes_what_the_ending_did_not_say(cast: Cast, client_of: ClientOf, ended: Dyad) -> None:
    Dyad.objects.filter(pk=ended.pk).update(end_code="", ended_by="")  # as imported, without a version
    client_of(cast.julie).post(address(ended), SAID)
    ended.refresh_from_db()
    assert (ended.end_code, ended.ended_by) == ("student_left", "family")


def test_it_is_not_for_those_who_mentored(cast: Cast, client_of: ClientOf, ended: Dyad) -> None:
    client_of(cast.julie).post(address(ended), SAID)
    sylvie = client_of(cast.sylvie)
    assert sylvie.get(LIST).status_code == 403
    assert sylvie.get(address(ended)).status_code == 403
    assert SAID["learnt"] not in told(sylvie.get(f"/dyades/{ended.pk}/"))
    assert f'href="{LIST}"' not in told(sylvie.get("/vigilance/"))


def test_an_open_relation_has_no_review(cast: Cast, client_of: ClientOf) -> None:
    julie = client_of(cast.julie)
    assert "Revue de la fin" not in told(julie.get(f"/dyades/{cast.ines_marc.pk}/"))
    assert julie.post(address(cast.ines_marc), SAID).status_code == 302
    assert not EndingReview.objects.exists()
