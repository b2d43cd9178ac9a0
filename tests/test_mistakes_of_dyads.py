"""A dyad, a pause, an agreement, a training entered by mistake: taken back without a trace, or corrected."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines.models import Flag
from mentoring.models import Dyad, DyadMeeting, Pause, Training
from people.models import Student, User
from programs.models import Gesture

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)


def undo_in(page: Any) -> str:
    found = re.search(r'action="(/(?:saisies|gestes)/[^"]+/annuler/)"', page.content.decode())
    assert found
    return found[1]


@pytest.fixture
def matched(cast: Cast, client_of: ClientOf) -> Any:
    """The page after a match made by mistake."""
    student = Student.objects.create(board=cast.board, school=cast.school, given_name="Zoé", family_name="Beau")
    pair = {"program": cast.mentoring.pk, "student": student.pk, "mentor": cast.marc_mentor.pk}
    sent = pair | {"starts_on": cast.on.isoformat(), "entry_uuid": "0b8d6a2e-5a40-4b0b-9d8b-6f4f0f6f1c55"}
    return client_of(cast.julie).post("/dyades/nouvelle/", sent, follow=True)


def test_a_dyad_made_by_mistake_is_no_ended_relation(cast: Cast, client_of: ClientOf, matched: Any) -> None:
    client, dyad = client_of(cast.julie), Dyad.objects.latest("pk")
    loads = Flag.objects.live().filter(mentor=cast.marc_mentor).count()
    gone = client.post(undo_in(matched), follow=True)
    assert not Dyad.objects.filter(pk=dyad.pk).exists()
    assert f"/dyades/{dyad.pk}/" not in client.get("/vigilance/relations-terminees/").content.decode()
    assert Flag.objects.live().filter(mentor=cast.marc_mentor).count() <= loads
    client.post(undo_in(gone))
    assert Dyad.objects.get(pk=dyad.pk).history.count() == 3


def test_a_dyad_with_a_meeting_is_ended_rather(cast: Cast, client_of: ClientOf, matched: Any) -> None:
    dyad = Dyad.objects.latest("pk")
    DyadMeeting.objects.create(board=cast.board, dyad=dyad, on=cast.on, status="held", minutes=30)
    page = client_of(cast.julie).post(undo_in(matched), follow=True)
    assert "1 entrée y est consignée" in page.content.decode()
    assert Dyad.objects.filter(pk=dyad.pk).exists()


def test_the_start_of_a_dyad_is_corrected_unless_something_was_logged_before(cast: Cast, client_of: ClientOf) -> None:
    client, dyad = client_of(cast.julie), cast.ines_marc
    address, was = f"/dyades/{dyad.pk}/modifier/", dyad.starts_on
    assert address in client.get(f"/dyades/{dyad.pk}/").content.decode()
    assert client.post(address, {"starts_on": cast.on.isoformat()}).status_code == 422
    assert client.post(address, {"starts_on": (was - DAY).isoformat()}).status_code == 302
    dyad.refresh_from_db()
    assert dyad.starts_on == was - DAY


def test_an_ending_by_mistake_goes_on(cast: Cast, client_of: ClientOf) -> None:
    client, dyad = client_of(cast.julie), cast.ines_marc
    planned = dyad.meetings.filter(status="planned", on__gt=cast.on).count()
    sent = {"last_day": cast.on.isoformat(), "reason": "Erreur", "ended_by": "school", "end_code": "school_other_help"}
    page = client.post(
        f"/dyades/{dyad.pk}/terminer/", sent | {"closure_talk": "not_possible", "confirm": "on"}, follow=True
    )
    dyad.refresh_from_db()
    assert dyad.ends_on
    client.post(undo_in(page))
    dyad.refresh_from_db()
    assert (dyad.ends_on, dyad.end_reason, dyad.end_code) == (None, "", "")
    assert dyad.meetings.filter(status="planned", on__gt=cast.on).count() >= planned


def test_a_pause_of_the_past_is_corrected_or_taken_back(cast: Cast, client_of: ClientOf) -> None:
    client, dyad = client_of(cast.julie), cast.ines_marc
    first = dyad.starts_on + 7 * DAY
    sent = {"starts_on": first.isoformat(), "last_day": (first + 4 * DAY).isoformat()}
    undo = undo_in(client.post(f"/dyades/{dyad.pk}/pause/", sent, follow=True))
    pause = Pause.objects.get(dyad=dyad, starts_on=first)
    assert f"/pauses/{pause.pk}/modifier/" in client.get(f"/dyades/{dyad.pk}/modifier/").content.decode()
    assert client.post(f"/pauses/{pause.pk}/modifier/", sent | {"reason": "Voyage"}).status_code == 302
    assert Pause.objects.get(pk=pause.pk).reason == "Voyage"
    client.post(undo)
    assert not Pause.objects.filter(pk=pause.pk).exists()


def test_a_training_typed_wrongly_is_corrected_or_taken_back(cast: Cast, client_of: ClientOf) -> None:
    client, mentor = client_of(cast.chantal), cast.etienne_mentor
    sent = {"kind": "initial", "day": cast.on.isoformat(), "minutes": "other", "other_minutes": "1200"}
    sent |= {"entry_uuid": "0b8d6a2e-5a40-4b0b-9d8b-6f4f0f6f1c55", "title": ""}
    page = client.post(f"/mentors/{mentor.pk}/formation/", sent, follow=True)
    training = Training.objects.get(person=mentor.person, minutes=1200)
    edit = f"/formations/{training.pk}/modifier/"
    assert edit in page.content.decode()
    assert "1200" in client.get(edit).content.decode()
    assert client.post(edit, sent | {"other_minutes": "120"}).status_code == 302
    training.refresh_from_db()
    assert training.minutes == 120
    gone = client.post(f"/saisies/formation/{training.pk}/annuler/", follow=True)
    assert not Training.objects.filter(pk=training.pk).exists()
    assert "Rétablir" in client.get("/annulees/").content.decode()
    client.post(undo_in(gone))
    assert Training.objects.filter(pk=training.pk).exists()
    assert Gesture.objects.get().undone_at is not None


def test_an_agreement_is_corrected_without_signing_another(cast: Cast, client_of: ClientOf) -> None:
    client, dyad = client_of(cast.marc), cast.ines_marc
    said = {"signed_on": cast.on.isoformat(), "objectives": "Lire", "tasks": "Venir"}
    page = client.post(f"/dyades/{dyad.pk}/entente/", said, follow=True)
    agreement = dyad.agreements.get(signed_on=cast.on)
    assert client.post(f"/ententes/{agreement.pk}/modifier/", said | {"tasks": "Venir\nLire"}).status_code == 302
    assert dyad.agreements.get(signed_on=cast.on).tasks == ["Venir", "Lire"]
    client.post(undo_in(page))
    assert not dyad.agreements.filter(signed_on=cast.on).exists()
