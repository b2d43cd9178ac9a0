"""A number of a guideline set by mistake, and a request for a mentor: taken back, the findings are those of before."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from guidelines.decisions import Decision, Kind, decide
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, FlagEvent, GuidelineSetting
from mentoring.models import Referral
from people.access import Role
from people.models import AuditEntry, Membership, User
from programs.models import Gesture
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
LARGE, SMALL = "group-too-large", "group-too-small"
REASON = "Une seconde salle est prête"


def undo_in(page: Any) -> str:
    found = re.search(r'action="(/(?:saisies/balise|gestes)/[^"]+/annuler/)"', page.content.decode())
    assert found
    return found[1]


def press(client: Client, cast: Cast, code: str, place: object, days: int = 0, **numbers: int) -> Any:
    sent = {"place": place, "on": cast.on, "starts_on": cast.on + timedelta(days=days), "reason": REASON}
    return client.post(reverse("guideline_set", args=[code]), sent | numbers, follow=True)


def told(code: str) -> list[tuple[Any, ...]]:
    """Each finding and its whole life."""
    rows = Flag.objects.filter(guideline=code).order_by("pk")
    said = rows.values_list("pk", "state", "severity", "threshold", "taken_by", "until", "raised_on", "cleared_on")
    lives = FlagEvent.objects.filter(flag__guideline=code).order_by("pk").values_list("flag", "kind", "on", "person")
    return [*said, *lives]


@pytest.fixture
def charged(cast: Cast) -> Flag:
    """The large group's finding, in somebody's charge since before the mistake."""
    evaluate_board(cast.board, on=cast.on)
    flag = Flag.objects.get(group=cast.elan, guideline=LARGE)
    decide([flag.pk], Decision(Kind.TAKEN), person=cast.julie, on=cast.on)
    return flag


def test_numbers_set_by_mistake_go_together_and_leave_the_findings_as_they_were(
    cast: Cast, client_of: ClientOf, charged: Flag
) -> None:
    client, before = client_of(cast.julie), told(LARGE)
    page = press(client, cast, LARGE, cast.elan.program_id, n_critical=20, n_warning=17)
    assert not Flag.objects.live().filter(pk=charged.pk).exists()
    facts = ["pk", "key", "program", "name", "value", "starts_on", "reason", "set_by"]
    rows = list(GuidelineSetting.objects.values(*facts))
    assert len(rows) == 2

    gone = client.post(undo_in(page), follow=True)
    assert not GuidelineSetting.objects.exists()
    assert told(LARGE) == before
    assert "Annulation par Julie" in gone.content.decode()
    assert REASON in gone.content.decode()
    verbs = AuditEntry.objects.filter(verb__startswith="number.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["number.set", "number.set", "number.cancelled"]

    client.post(undo_in(gone))
    assert list(GuidelineSetting.objects.values(*facts)) == rows
    assert not Flag.objects.live().filter(pk=charged.pk).exists()


def test_a_finding_that_only_the_mistake_raised_leaves_nothing(cast: Cast, client_of: ClientOf) -> None:
    evaluate_board(cast.board, on=cast.on)
    client, before = client_of(cast.julie), told(SMALL)
    page = press(client, cast, SMALL, cast.elan.program_id, n_info=14)
    assert told(SMALL) != before
    client.post(undo_in(page))
    assert told(SMALL) == before


def test_what_people_decided_meanwhile_is_kept(cast: Cast, client_of: ClientOf) -> None:
    evaluate_board(cast.board, on=cast.on)
    client, before = client_of(cast.julie), {flag.pk for flag in Flag.objects.filter(guideline=SMALL)}
    page = press(client, cast, SMALL, cast.elan.program_id, n_info=14)
    raised = Flag.objects.filter(guideline=SMALL).exclude(pk__in=before).order_by("pk")[0]
    decide([raised.pk], Decision(Kind.DISMISSED, reason="Petit par choix"), person=cast.julie, on=cast.on)
    client.post(undo_in(page))
    raised.refresh_from_db()
    assert raised.cleared_on == cast.on
    assert raised.events.filter(kind=Kind.DISMISSED, reason="Petit par choix").exists()


def test_it_is_offered_on_the_page_for_thirty_days_to_who_may(cast: Cast, client_of: ClientOf) -> None:
    evaluate_board(cast.board, on=cast.on)
    press(client_of(cast.julie), cast, LARGE, cast.elan.program_id, n_critical=20, n_warning=17)
    row = GuidelineSetting.objects.latest("pk")
    page = reverse("guideline", args=[LARGE])
    address = reverse("made_undo", args=["balise", row.pk])
    assert client_of(cast.julie).get(page).content.decode().count("/saisies/balise/") == 1
    assert "/saisies/balise/" not in client_of(cast.nadia).get(page).content.decode()
    assert client_of(cast.nadia).post(address).status_code == 403
    with time_machine.travel(row.set_at + timedelta(days=31)):
        assert "/saisies/balise/" not in client_of(cast.julie).get(page).content.decode()
        client_of(cast.julie).post(address)
    assert GuidelineSetting.objects.count() == 2


def test_a_number_that_another_was_set_by_stays(cast: Cast, client_of: ClientOf) -> None:
    evaluate_board(cast.board, on=cast.on)
    client = client_of(cast.julie)
    first = press(client, cast, LARGE, cast.elan.program_id, n_critical=20, n_warning=12)
    press(client, cast, LARGE, cast.elan.program_id, days=3, n_critical=20, n_warning=17)
    refused = client.post(undo_in(first), follow=True)
    assert "Les autres valeurs ont été réglées d’après celle-ci" in refused.content.decode()
    assert GuidelineSetting.objects.count() == 2


def test_of_the_whole_board_it_is_for_the_administrator(cast: Cast, client_of: ClientOf) -> None:
    Membership.objects.create(person=cast.karim, role=Role.BOARD_ADMIN, board=cast.board)
    page = press(client_of(cast.karim), cast, LARGE, "organisme", n_critical=20, n_warning=17)
    assert client_of(cast.julie).post(undo_in(page)).status_code == 403
    client_of(cast.karim).post(undo_in(page))
    assert not GuidelineSetting.objects.exists()


def test_a_request_for_a_mentor_is_taken_back_whole_and_put_back(cast: Cast, client_of: ClientOf) -> None:
    of = {"student": cast.ines_marc.student, "program": cast.mentoring, "needs": "Maths"}
    referral = Referral.objects.create(**of, referred_on=cast.on)
    rows = list(Referral.objects.values())
    address = reverse("made_undo", args=["demande", referral.pk])
    assert client_of(cast.nadia).post(address).status_code == 404
    page = client_of(cast.julie).post(address, follow=True)
    assert "La demande est annulée" in page.content.decode()
    assert not Referral.objects.exists()
    assert AuditEntry.objects.filter(verb="referral.cancelled", person=cast.julie).count() == 1
    client_of(cast.julie).post(reverse("gesture_undo", args=[Gesture.objects.get().pk]))
    assert list(Referral.objects.values()) == rows
