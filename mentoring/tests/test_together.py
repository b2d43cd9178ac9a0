"""One gesture for what is the same: today like the last time, and one meeting of several dyads."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mentoring.models import Dyad, DyadMeeting
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql

Entry = Callable[..., dict[str, Any]]


def test_again_like_the_last_time_is_one_record_and_can_be_undone(cast: Cast, nadia: Client) -> None:
    dyad = cast.kim_nadia
    DyadMeeting.objects.filter(dyad=dyad, on=cast.on).delete()
    last = dyad.meetings.filter(status="held").latest("on")
    DyadMeeting.objects.filter(pk=last.pk).update(
        minutes=35, channel="video", activity="problem_solving", note="Secret"
    )
    week = nadia.get("/semaine/").content.decode()
    form = re.search(rf'action="/dyades/{dyad.pk}/refaire/".*?name="entry_uuid" value="([^"]+)"', week, re.DOTALL)
    assert form
    assert "35\u00a0min, par vidéo, résolution de problème" in week
    for _tap in range(2):
        assert nadia.post(f"/dyades/{dyad.pk}/refaire/", {"entry_uuid": form[1]}).status_code == 302
    today = dyad.meetings.get(on=cast.on)
    assert (today.status, today.minutes, today.channel, today.activity, today.note) == (
        "held", 35, "video", "problem_solving", "",
    )  # fmt: skip
    again = nadia.post(f"/dyades/{dyad.pk}/refaire/", {"entry_uuid": str(uuid.uuid4())}, follow=True).content.decode()
    assert "déjà consignée aujourd’hui" in again
    undo = re.search(r'action="(/rencontres/\d+/annuler/[^"]*)"', again)
    assert undo
    nadia.post(undo[1].replace("&amp;", "&"))
    assert not DyadMeeting.objects.kept().filter(dyad=dyad, on=cast.on).exists()


def test_again_on_a_planned_day_fulfils_the_plan(cast: Cast, nadia: Client, planned: DyadMeeting) -> None:
    nadia.post(f"/dyades/{planned.dyad_id}/refaire/", {"entry_uuid": str(uuid.uuid4())})
    rows = DyadMeeting.objects.filter(dyad=planned.dyad_id, on=cast.on)
    assert [(row.pk, row.status, row.channel) for row in rows] == [(planned.pk, "held", "in_person")]


def test_several_dyads_together_are_a_record_each_all_or_none(cast: Cast, nadia: Client, entry: Entry) -> None:
    met = [cast.kim_nadia, cast.thomas_nadia]
    sent = entry(dyads=[dyad.pk for dyad in met], topic="social")
    assert nadia.post("/consigner/ensemble/", sent | {"dyads": [met[0].pk]}).status_code == 422
    assert nadia.post("/consigner/ensemble/", sent | {"dyads": [met[0].pk, cast.ines_marc.pk]}).status_code == 422
    Dyad.objects.filter(pk=met[1].pk).update(starts_on=cast.on)
    early = nadia.post("/consigner/ensemble/", sent | {"day": "2026-11-20", "note": "Gardez-moi"})
    assert early.status_code == 422
    assert "Thomas Lévesque\u00a0: La dyade a commencé" in early.content.decode()
    assert "Gardez-moi" in early.content.decode()
    assert not DyadMeeting.objects.filter(dyad__in=met, on="2026-11-20", status="held").exists()
    for _again in range(2):
        assert nadia.post("/consigner/ensemble/", sent).status_code == 302
    rows = DyadMeeting.objects.kept().filter(dyad__in=met, on=cast.on, status="held")
    assert {(row.dyad_id, row.setting, row.minutes, row.topic) for row in rows} == {
        (dyad.pk, "group", 40, "social") for dyad in met
    }
    assert len(rows) == 2
    for said in ("C’est annulé", "plus rien à annuler"):
        undone = nadia.post(f"/consigner/ensemble/{sent['entry_uuid']}/annuler/", follow=True).content.decode()
        assert said in undone
    assert not DyadMeeting.objects.kept().filter(dyad__in=met, on=cast.on, status="held").exists()
