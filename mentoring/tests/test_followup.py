"""What surrounds the meetings of a dyad is logged once, by those who may, and can be taken back."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mentoring.models import Agreement, DifficultEvent, FollowUp, RelationshipReview, TeacherLiaison
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


def test_the_back_button_makes_no_second_record(cast: Cast, marc: Client) -> None:
    for _time in range(2):
        assert marc.post(page(cast, "liaison"), sent(channel="phone", subject="Anglais")).status_code == 302
    assert TeacherLiaison.objects.count() == 1
    assert marc.post(page(cast, "liaison"), sent(channel="phone", subject="Histoire")).status_code == 302
    assert TeacherLiaison.objects.count() == 2


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


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("routine", {}, "Cochez au moins un élément"),
        ("liaison", {"channel": ""}, "Choisissez le moyen"),
        ("liaison", {"channel": "phone", "day": "2026-12-01"}, "ne peut pas être dans le futur"),
        ("liaison", {"channel": "phone", "day": "other", "other_on": "2020-01-06"}, "La dyade a commencé le"),
        ("liaison", {"channel": "phone", "day": "other"}, "Indiquez la date"),
        ("evenement", {}, "Choisissez la nature"),
        ("evenement", {"kind": "conflict", "entry_uuid": "x"}, "Ce formulaire est incomplet"),
    ],
)
def test_bad_input_is_kept_and_told(cast: Cast, marc: Client, name: str, change: dict[str, str], sentence: str) -> None:
    reply = marc.post(page(cast, name), sent(note="À garder") | change)
    assert reply.status_code == 422
    assert sentence in reply.content.decode()
    assert "À garder" in reply.content.decode()
    assert not any(model.objects.exists() for model in (TeacherLiaison, FollowUp, DifficultEvent))


def test_a_form_serves_one_dyad(cast: Cast, julie: Client) -> None:
    form = sent(channel="phone")
    julie.post(page(cast, "liaison"), form)
    reply = julie.post(f"/dyades/{cast.kim_nadia.pk}/liaison/", form)
    assert (reply.status_code, TeacherLiaison.objects.count()) == (422, 1)


def test_an_events_note_is_confidential_unless_said_otherwise(cast: Cast, marc: Client, client_of: ClientOf) -> None:
    assert marc.post(page(cast, "evenement"), sent(kind="family", note="Séparation")).status_code == 302
    assert DifficultEvent.objects.get().note_level == "confidential"
    address = f"/dyades/{cast.ines_marc.pk}/"
    manager = client_of(cast.alain).get(address).content.decode()
    assert "Séparation" not in manager
    assert "Événement difficile" in manager
    assert "Séparation" in client_of(cast.julie).get(address).content.decode()


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


def test_a_review_is_held_by_who_runs_the_programme(cast: Cast, julie: Client, marc: Client) -> None:
    form = sent(redefined="on", agreed="Plus court, le midi")
    assert marc.post(page(cast, "bilan"), form).status_code == 403
    for _time in range(2):
        assert julie.post(page(cast, "bilan"), form).status_code == 302
    review = RelationshipReview.objects.get()
    assert (review.redefined, review.agreed, review.logged_by) == (True, "Plus court, le midi", cast.julie)
    assert "Plus court, le midi" in marc.get(f"/dyades/{cast.ines_marc.pk}/").content.decode()


def test_a_record_is_taken_back_whole_within_thirty_days(cast: Cast, marc: Client) -> None:
    form = sent(work_heard="on", recognised="on")
    banner = marc.post(page(cast, "routine"), form, follow=True).content.decode()
    followup = FollowUp.objects.get()
    address = f"/suivis/routine/{followup.pk}/annuler/"
    assert f'action="{address}"' in banner
    FollowUp.objects.update(logged_on=cast.on - timedelta(days=31))
    assert "Plus de 30 jours" in marc.post(address, follow=True).content.decode()
    assert FollowUp.objects.kept().exists()
    FollowUp.objects.update(logged_on=cast.on - timedelta(days=30))
    for said in ("cette entrée est retirée", "déjà retirée"):
        assert said in marc.post(address, follow=True).content.decode()
    assert not FollowUp.objects.kept().exists()
    assert not TeacherLiaison.objects.kept().exists()
    marc.post(page(cast, "routine"), form)
    assert (FollowUp.objects.kept().count(), FollowUp.objects.count()) == (1, 1), "sent again, it is back"


def test_a_review_is_not_the_mentors_to_take_back(cast: Cast, julie: Client, marc: Client) -> None:
    julie.post(page(cast, "bilan"), sent(agreed="Oui"))
    review = RelationshipReview.objects.get()
    assert marc.post(f"/suivis/bilan/{review.pk}/annuler/").status_code == 403
    assert marc.post(f"/suivis/autre/{review.pk}/annuler/").status_code == 404
    assert f"/suivis/bilan/{review.pk}/annuler/" not in marc.get(f"/dyades/{cast.ines_marc.pk}/").content.decode()


def test_the_panel_shows_the_last_ones_then_all(cast: Cast, marc: Client) -> None:
    for n in range(9):
        marc.post(page(cast, "liaison"), sent(channel="phone", subject=f"Matière {n}"))
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
