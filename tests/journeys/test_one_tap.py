"""A planned meeting is one tap; taking it back is another; no way of insisting makes two of one entry."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from accompagnement.demo.cast import Cast
from mentoring.models import DyadMeeting
from programs.models import GroupMeeting
from tests.journeys.conftest import Hand

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["script", "without-script"])


@BOTH
def test_as_planned_then_undone(stage: Cast, new_page: Callable[..., Page], hand: Hand, javascript: bool) -> None:
    page = new_page(width=390, javascript=javascript, user=stage.nadia)
    page.goto("/semaine/")
    meeting = DyadMeeting.objects.get(dyad=stage.thomas_nadia, on=stage.on)
    as_planned = page.get_by_role("button", name="Tenue comme prévu : Thomas Lévesque")
    hand.tap(as_planned)
    banner = page.get_by_role("status")
    expect(banner).to_contain_text("Rencontre enregistrée.")
    expect(as_planned).to_have_count(0)
    assert hand.interactions == 1
    meeting.refresh_from_db()
    assert (meeting.status, meeting.logged_by, meeting.minutes) == ("held", stage.nadia, 25)

    banner.get_by_role("button", name="Annuler").click()
    expect(as_planned).to_be_visible()
    meeting.refresh_from_db()
    assert (meeting.status, meeting.logged_by) == ("planned", None)


@BOTH
def test_two_quick_taps_are_one_meeting(stage: Cast, new_page: Callable[..., Page], javascript: bool) -> None:
    page = new_page(width=390, javascript=javascript, user=stage.marc)
    page.goto(f"/dyades/{stage.ines_marc.pk}/consigner/")
    page.get_by_role("button", name="Enregistrer").dblclick(no_wait_after=True)
    expect(page.get_by_text("Rencontre enregistrée.").first).to_be_visible()
    assert DyadMeeting.objects.filter(dyad=stage.ines_marc, on=stage.on).count() == 1


@BOTH
def test_back_and_again_is_one_meeting_unless_one_says_so(
    stage: Cast, new_page: Callable[..., Page], javascript: bool
) -> None:
    page = new_page(width=390, javascript=javascript, user=stage.marc)
    page.goto(f"/dyades/{stage.ines_marc.pk}/consigner/")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Rencontre enregistrée.")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Enregistrer").click()
    other = page.get_by_label("Oui, c’est une autre rencontre ou un autre contact du même jour.")
    expect(other).to_be_visible()
    met = DyadMeeting.objects.filter(dyad=stage.ines_marc, on=stage.on)
    assert met.count() == 1
    other.check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Rencontre enregistrée.")).to_be_visible()
    assert met.count() == 2


def test_a_form_sent_again_as_it_was_is_one_record(stage: Cast, new_page: Callable[..., Page]) -> None:
    page = new_page(width=390, user=stage.nadia)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.goto(f"/dyades/{stage.kim_nadia.pk}/consigner/")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Rencontre enregistrée.")).to_be_visible()
    page.goto(f"/groupes/{stage.horizon.pk}/consigner/")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Groupe Horizon : rencontre enregistrée.")).to_be_visible()
    assert len(sent) == 2
    before = DyadMeeting.objects.count(), GroupMeeting.objects.count()
    for request in sent:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Referer": request.url}
        answer = page.request.post(request.url, data=request.post_data or "", headers=headers)
        assert answer.ok, answer.status
    assert (DyadMeeting.objects.count(), GroupMeeting.objects.count()) == before
    assert DyadMeeting.objects.filter(dyad=stage.kim_nadia, on=stage.on).count() == 1
