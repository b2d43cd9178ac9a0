"""Several findings in one gesture: ticked, read, done, undone; on a phone, and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accompagnement.demo.cast import Cast
from guidelines.models import Flag


@pytest.mark.parametrize(
    ("width", "javascript"), [(1280, True), (390, True), (1280, False)], ids=["desktop", "phone", "without-script"]
)
def test_a_lead_sets_a_page_aside_and_takes_it_back(
    stage: Cast, new_page: Callable[..., Page], axe: Callable[[Page], None], width: int, javascript: bool
) -> None:
    page = new_page(width=width, javascript=javascript, user=stage.julie)
    page.goto("/vigilance/")
    bar = page.get_by_role("group", name="Agir sur plusieurs points à la fois")
    if javascript:
        page.get_by_label("Choisir Inès Benali").check()
        expect(bar).to_contain_text("1 choisi")
        expect(bar).to_be_in_viewport()
        axe(page)
    page.get_by_label("Cette page").check()
    if javascript:
        expect(bar).to_contain_text("4 choisis")
    bar.get_by_role("button", name="Écarter").click()

    expect(page.get_by_role("main")).to_contain_text("de 2 relations et 2 groupes")
    page.get_by_role("button", name="Écarter").click()
    expect(page.get_by_role("alert")).to_contain_text("Il y a un problème")
    if javascript:
        axe(page)
    page.get_by_label("Connue et acceptée").check()
    page.get_by_label("Motif").fill("Semaine de sorties, annoncée en réunion.")
    page.get_by_role("button", name="Écarter").click()
    expect(page.get_by_text("points sont écartés")).to_be_visible()
    expect(page.get_by_text("Personne à joindre")).to_be_visible()

    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("sont revenus où ils en étaient")).to_be_visible()
    expect(page.get_by_role("heading", name="À joindre cette semaine")).to_contain_text("2")
    assert not Flag.objects.filter(state=Flag.State.DISMISSED).exists()
