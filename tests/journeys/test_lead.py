"""The lead decides on the most urgent relation."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from accompagnement.demo.cast import Cast
from guidelines.digest import digest_letter
from guidelines.models import Flag


def test_take_in_charge_dismiss_with_a_reason_reopen(stage: Cast, new_page: Callable[..., Page]) -> None:
    flag = Flag.objects.get(dyad=stage.ines_marc, guideline="dyad-critical-period")
    page = new_page(user=stage.julie)
    page.goto(f"/vigilance/{flag.pk}/")
    page.get_by_role("button", name="Prendre en charge").click()
    expect(page.get_by_role("main")).to_contain_text("En charge : J. Archambault")

    page.get_by_role("link", name="Écarter avec un motif").click()
    kept = "2026-12-07"
    page.get_by_label("Revoir le").fill(kept)
    page.get_by_label("Connue et acceptée").check()
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.get_by_role("button", name="Écarter").click()
    assert answered.value.status == 422
    problem = page.get_by_role("alert")
    expect(problem).to_be_focused()
    problem.get_by_role("link").first.click()
    reason = page.get_by_label("Motif")
    expect(reason).to_be_focused()
    expect(page.get_by_label("Revoir le")).to_have_value(kept)
    flag.refresh_from_db()
    assert flag.state == Flag.State.TAKEN

    reason.fill("Marc-Olivier revient d’un congé annoncé.")
    page.get_by_role("button", name="Écarter").click()
    expect(page.get_by_role("main")).to_contain_text("Écarté jusqu’au 7 décembre")
    expect(page.get_by_role("region", name="L’historique")).to_contain_text("revient d’un congé annoncé")
    page.goto("/vigilance/")
    expect(page.get_by_role("main").locator(f'a[href="/vigilance/{flag.pk}/"]')).to_have_count(0)

    page.goto(f"/vigilance/{flag.pk}/")
    page.get_by_role("button", name="Rouvrir").click()
    expect(page.get_by_text("Le point de vigilance est de nouveau à examiner.")).to_be_visible()
    flag.refresh_from_db()
    assert flag.state == Flag.State.OPEN
    page.goto("/vigilance/")
    expect(page.get_by_role("main").locator(f'a[href="/vigilance/{flag.pk}/"]')).to_have_count(1)


def test_on_paper_no_figure_is_blank_nor_cut(stage: Cast, new_page: Callable[..., Page]) -> None:
    page = new_page(user=stage.julie)
    page.goto("/tableau-de-bord/")
    page.emulate_media(media="print")
    styles = "nodes => [...new Set(nodes.flatMap(node => ['contentVisibility', 'overflowX'].map(\
name => getComputedStyle(node)[name])))]"
    assert page.locator(".figure-card, .table-wrap, .figure-picture").evaluate_all(styles) == ["visible"]


def test_monday_she_reads_acts_and_the_number_falls(stage: Cast, new_page: Callable[..., Page]) -> None:
    page = new_page(user=stage.julie)
    page.goto("/tableau-de-bord/")
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_contain_text("1 relation à joindre cette semaine")
    badge = page.get_by_role("link", name="Vigilance").first
    before = int("".join(filter(str.isdigit, badge.inner_text())))
    page.get_by_role("region", name="À joindre cette semaine").get_by_role("link", name="Inès Benali").click()
    page.get_by_role("button", name="Prendre en charge").click()
    page.goto("/tableau-de-bord/")
    expect(headline).to_contain_text("Aucune relation à joindre cette semaine")
    expect(headline).to_contain_text("dont 1 en charge")
    assert int("".join(filter(str.isdigit, badge.inner_text())) or 0) == before - 1
    letter = digest_letter(stage.julie, on=stage.on + timedelta(days=7))
    assert letter is not None
    assert "Inès" not in letter.text, "in hand, it is no news next Monday"
