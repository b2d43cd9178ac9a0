"""The main job: sign in, see the silence, log the meeting, and the finding is gone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accompagnement.demo.cast import Cast
from guidelines.models import Flag
from mentoring.models import DyadMeeting
from people.models import User

FINDINGS = re.compile("Points de vigilance|À joindre, à garder à l’œil")
"""On the page of the dyad, and on the week."""
SILENCE = "Deux semaines de suite sans rencontre consignée"
INFREQUENT = "Deux semaines de classe manquées parmi les dernières"


@pytest.mark.parametrize(
    ("width", "javascript"), [(1280, True), (390, True), (1280, False)], ids=["desktop", "phone", "without-script"]
)
def test_the_finding_of_a_silence_disappears_with_it(
    stage: Cast, new_page: Callable[..., Page], sign_in: Callable[[Page, User], None], width: int, javascript: bool
) -> None:
    page = new_page(width=width, javascript=javascript)
    sign_in(page, stage.marc)
    expect(page.get_by_role("heading", level=1, name="Ma semaine")).to_be_visible()
    findings = page.get_by_role("region", name=FINDINGS)
    expect(findings).to_contain_text(SILENCE)

    page.get_by_role("main").get_by_role("link", name="Inès Benali", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Inès Benali et Marc-Olivier Thériault")).to_be_visible()
    expect(findings).to_contain_text(SILENCE)
    page.get_by_role("main").get_by_role("link", name="Consigner", exact=True).first.click()
    expect(page.get_by_label("Aujourd’hui")).to_be_checked()
    page.get_by_role("button", name="Enregistrer").click()

    expect(page.get_by_text("Rencontre enregistrée.")).to_be_visible()
    # The silence is over, in its three guises; two weeks without a meeting stay two weeks of the last four.
    expect(findings).to_contain_text(INFREQUENT)
    expect(findings).not_to_contain_text(SILENCE)
    page.reload()
    expect(findings).to_contain_text(INFREQUENT)
    expect(findings).not_to_contain_text(SILENCE)
    page.goto("/vigilance/")
    expect(page.get_by_role("main")).to_contain_text(INFREQUENT)
    expect(page.get_by_role("main")).not_to_contain_text(SILENCE)
    page.goto("/semaine/")
    expect(findings).not_to_contain_text(SILENCE)

    logged = DyadMeeting.objects.get(dyad=stage.ines_marc, on=stage.on)
    assert (logged.status, logged.logged_by, logged.channel) == ("held", stage.marc, "in_person")
    cleared = Flag.objects.filter(dyad=stage.ines_marc, state=Flag.State.CLEARED)
    assert {flag.guideline for flag in cleared} == {"dyad-gap", "dyad-critical-period", "dyad-no-contact"}
