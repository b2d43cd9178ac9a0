"""A meeting of more than thirty days ago is logged with its reason; a recent one asks nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from mentoring.models import DyadMeeting
from tests.cast import Cast

Entry = Callable[..., dict[str, Any]]
WHY = "La mentore était en congé."


def test_thirty_days_ask_nothing_and_one_more_asks_why(cast: Cast, nadia: Client, entry: Entry) -> None:
    dyad, address = cast.thomas_nadia, f"/dyades/{cast.thomas_nadia.pk}/consigner/"
    edge, day = cast.on - timedelta(days=30), cast.on - timedelta(days=31)
    DyadMeeting.objects.filter(dyad=dyad, on__in=(edge, day)).delete()
    assert 'name="late_reason"' not in nadia.get(address).content.decode()
    assert nadia.post(address, entry(day=edge.isoformat())).status_code == 302
    sent = entry(day="other", other_on=day.isoformat(), note="Gardez-moi")
    refused = nadia.post(address, sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'name="late_reason"' in page
    assert "Gardez-moi" in page
    assert nadia.post(address, sent | {"late_reason": WHY}).status_code == 302
    logged = dyad.meetings.get(on=day)
    assert (logged.late_reason, logged.status) == (WHY, "held")
    assert WHY in nadia.get(f"/dyades/{dyad.pk}/").content.decode()

    # A correction that leaves the day keeps the reason, and one that leaves an ordinary meeting where it is asks none.
    stays = sent | {"late_reason": WHY, "minutes": "60", "saved_at": logged.saved_at.isoformat()}
    assert nadia.post(f"/rencontres/{logged.pk}/modifier/", stays).status_code == 302
    logged.refresh_from_db()
    assert (logged.late_reason, logged.minutes) == (WHY, 60)
    old = dyad.meetings.filter(status="held", on__lt=day).latest("on")
    sent = entry(day=old.on.isoformat(), saved_at=old.saved_at.isoformat())
    assert nadia.post(f"/rencontres/{old.pk}/modifier/", sent).status_code == 302


def test_an_old_plan_asks_why_before_it_is_held_or_not(cast: Cast, nadia: Client) -> None:
    day = cast.on - timedelta(days=40)
    DyadMeeting.objects.filter(dyad=cast.thomas_nadia, on=day).delete()
    plan = DyadMeeting.objects.create(
        board=cast.board, dyad=cast.thomas_nadia, on=day, status="planned", planned=True, minutes=25
    )
    tapped = nadia.post(f"/rencontres/{plan.pk}/tenue/", follow=True)
    assert tapped.redirect_chain[-1][0] == f"/rencontres/{plan.pk}/modifier/"
    assert 'name="late_reason"' in tapped.content.decode()
    address = f"/rencontres/{plan.pk}/non-tenue/"
    assert nadia.post(address, {"reason": "other"}).status_code == 422
    assert nadia.post(address, {"reason": "other", "late_reason": WHY}).status_code == 302
    plan.refresh_from_db()
    assert (plan.status, plan.late_reason) == ("not_held", WHY)
