"""What only a dyad's follow-up has: the routine's two records, the support after an event, agreement, commitment."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mentoring.models import Agreement, DifficultEvent, FollowUp, TeacherLiaison
from people.models import AuditEntry, User
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


@pytest.fixture
def marc(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.marc)


def sent(**said: Any) -> dict[str, Any]:
    return {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23", **said}


def page(cast: Cast, name: str) -> str:
    return f"/dyades/{cast.ines_marc.pk}/{name}/"


def test_the_routine_is_one_screen_and_one_record_of_each_kind(cast: Cast, marc: Client) -> None:
    form = sent(achievement_heard="on", recognised="on", skill="notes", lates_reviewed="on", note="On a relu.")
    for _time in range(2):
        assert marc.post(page(cast, "routine"), form).status_code == 302
    liaison, followup = TeacherLiaison.objects.get(), FollowUp.objects.get()
    assert (liaison.on, liaison.achievement_heard, liaison.work_heard, liaison.note) == (cast.on, True, False, "")
    assert (followup.recognised, followup.skill, followup.lates_reviewed) == (True, "notes", True)
    assert (followup.results_reviewed, followup.note, followup.logged_by) == (False, "On a relu.", cast.marc)


def test_last_weeks_ticks_are_a_tap_away_and_never_unasked(cast: Cast, marc: Client) -> None:
    form = sent(day="other", other_on="2026-11-16", work_heard="on", results_reviewed="on")
    marc.post(page(cast, "routine"), form)
    plain = marc.get(page(cast, "routine"))
    assert "Cocher comme le 16 novembre" in plain.content.decode()
    assert not plain.context["form"]["results_reviewed"].value()
    again = marc.get(page(cast, "routine") + "?reprendre=1").context["form"]
    assert again["results_reviewed"].value()
    assert again["work_heard"].value()
    assert not again["recognised"].value()


def test_support_follows_an_event_and_never_precedes_it(cast: Cast, marc: Client) -> None:
    marc.post(page(cast, "evenement"), sent(kind="failure", day="other", other_on="2026-11-18"))
    event = DifficultEvent.objects.get()
    address = f"/evenements/{event.pk}/soutien/"
    early = marc.post(address, sent(day="other", other_on="2026-11-17"))
    assert early.status_code == 422
    assert "L’événement date du" in early.content.decode()
    assert marc.post(address, sent(day="2026-12-01")).status_code == 422
    for _time in range(2):
        assert marc.post(address, sent(support="Écoute")).status_code == 302
    event.refresh_from_db()
    assert (event.supported_on, event.support) == (cast.on, "Écoute")
    assert DifficultEvent.history.filter(id=event.pk).count() == 2


def test_a_stale_page_does_not_overwrite_the_support_that_another_wrote(
    cast: Cast, marc: Client, julie: Client
) -> None:
    marc.post(page(cast, "evenement"), sent(kind="failure"))
    event = DifficultEvent.objects.get()
    address = f"/evenements/{event.pk}/soutien/"

    def seen(reply: Any) -> str:
        return str(reply.context["saved_at"])

    stale = seen(julie.get(address))
    assert marc.post(address, sent(support="Écoute", saved_at=seen(marc.get(address)))).status_code == 302
    clash = julie.post(address, sent(support="", saved_at=stale))
    assert clash.status_code == 422
    assert all(words in clash.content.decode() for words in ("Deux versions", "Écoute", "Marc"))
    event.refresh_from_db()
    assert event.support == "Écoute"
    assert julie.post(address, sent(choice="theirs")).status_code == 302
    assert julie.post(address, sent(support="Les deux", saved_at=seen(clash))).status_code == 302
    event.refresh_from_db()
    assert event.support == "Les deux"


def test_the_panel_shows_the_last_ones_then_all(cast: Cast, marc: Client) -> None:
    for n in range(9):
        said = {"channel": "phone", "subject": f"Matière {n}", "logged_on": cast.on, "logged_by": cast.marc}
        TeacherLiaison.objects.create(board=cast.board, dyad=cast.ines_marc, on=cast.on, **said)
    address = f"/dyades/{cast.ines_marc.pk}/"
    shown = marc.get(address).content.decode()
    assert shown.count("Matière") == 6
    assert "?suivi=tout" in shown
    assert marc.get(address + "?suivi=tout").content.decode().count("Matière") == 9


def test_an_agreement_is_signed_once_and_the_earlier_ones_stay(cast: Cast, marc: Client) -> None:
    before = list(Agreement.objects.filter(dyad=cast.ines_marc))
    form = {"signed_on": "2026-11-20", "objectives": "- Oser\r\n\r\n• Choisir", "tasks": "Se voir le mardi"}
    for _time in range(2):
        assert marc.post(page(cast, "entente"), form).status_code == 302
    new = Agreement.objects.filter(dyad=cast.ines_marc).exclude(pk__in=[one.pk for one in before])
    assert [(one.objectives, one.tasks) for one in new] == [(["Oser", "Choisir"], ["Se voir le mardi"])]
    assert AuditEntry.objects.filter(verb="dyad.agreement_signed").count() == 1
    shown = marc.get(page(cast, "entente")).content.decode()
    assert "vendredi 20 novembre 2026" in shown
    assert all(one.objectives[0] in shown for one in before)
    for change in ({"objectives": " \n-"}, {"tasks": ""}, {"signed_on": "2026-12-01"}, {"signed_on": ""}):
        assert marc.post(page(cast, "entente"), form | change).status_code == 422, change


def test_a_commitment_says_its_last_day(cast: Cast, julie: Client, marc: Client) -> None:
    assert marc.get(page(cast, "engagement")).status_code == 403
    year_end = cast.calendar.current.ends_on
    last = year_end - timedelta(days=1)
    assert f'value="{last.isoformat()}"' in julie.get(page(cast, "engagement")).content.decode()
    for _time in range(2):
        assert julie.post(page(cast, "engagement"), {"day": "other", "other_on": "2027-05-31"}).status_code == 302
    cast.ines_marc.refresh_from_db()
    assert str(cast.ines_marc.committed_until) == "2027-06-01"
    julie.post(page(cast, "engagement"), {"day": last.isoformat()})
    cast.ines_marc.refresh_from_db()
    assert cast.ines_marc.committed_until == year_end
    assert AuditEntry.objects.filter(verb="dyad.committed").count() == 2
    for change in ({}, {"day": "other"}, {"day": "other", "other_on": "2026-11-22"}, {"day": "2026-01-01"}):
        assert julie.post(page(cast, "engagement"), change).status_code == 422, change


def test_each_line_of_the_panel_can_be_corrected_and_taken_back_by_who_logs_it(
    cast: Cast, marc: Client, client_of: ClientOf
) -> None:
    for name, said in {
        "routine": {"recognised": "on"},
        "liaison": {"channel": "phone"},
        "evenement": {"kind": "other"},
    }.items():
        assert marc.post(page(cast, name), sent(**said)).status_code == 302
    home = f"/dyades/{cast.ines_marc.pk}/"
    rows = {"routine": FollowUp, "echange": TeacherLiaison, "evenement": DifficultEvent}
    undo = [f'action="/suivis/{kind}/{model.objects.get().pk}/annuler/"' for kind, model in rows.items()]
    assert all(address in marc.get(home).content.decode() for address in undo)
    assert not any(address in client_of(cast.alain).get(home).content.decode() for address in undo)
