"""Thirty dyads go on to the next year: read, done and undone in a few gestures, on a desktop and on a phone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from accompagnement.demo.cast import Cast
from mentoring.models import Dyad
from people.models import Student
from tests.journeys.conftest import Hand
from tests.test_turn_of_a_year import JUNE, NEXT, noon, open_next

THIRTY = 30
MOST = 20
"""Interactions that the turn of thirty dyads may cost, exceptions included."""


def thirty(cast: Cast) -> list[Dyad]:
    """As many open dyads as the measure speaks of, one of them with a student who has left."""
    here = Dyad.objects.filter(program=cast.mentoring).open_on(JUNE).count()
    for number in range(THIRTY - here):
        student = Student.objects.create(
            board=cast.board, school=cast.school, given_name=f"Prénom{number}", family_name="Nom", grade=2
        )
        begun = {"starts_on": date(2026, 9, 14), "committed_until": date(2027, 6, 15)}
        said = {"board": cast.board, "program": cast.mentoring, "mentor": cast.marc_mentor}
        Dyad.objects.create(student=student, **said, **begun)
    Student.objects.filter(pk=cast.loic.pk).update(left_on=date(2027, 5, 3))
    return list(Dyad.objects.filter(program=cast.mentoring).open_on(JUNE))


@pytest.mark.parametrize(
    ("width", "javascript"), [(1280, True), (390, True), (1280, False)], ids=["desktop", "phone", "without-script"]
)
def test_thirty_dyads_in_a_few_gestures(
    stage: Cast, new_page: Callable[..., Page], axe: Callable[[Page], None], hand: Hand, width: int, javascript: bool
) -> None:
    open_next(stage)
    assert len(thirty(stage)) == THIRTY
    with noon(JUNE):
        page = new_page(width=width, javascript=javascript, user=stage.julie)
        page.goto("/tableau-de-bord/")
        hand.tap(page.get_by_role("region", name="À décider : l’année suivante").get_by_role("link", name="Mentorat"))
        expect(page.get_by_label("Loïc")).to_have_value("end")
        if javascript:
            axe(page)
        page.get_by_label("Maïka Awashish").select_option("later")
        hand.interactions += 2
        hand.tap(page.get_by_role("button", name="Lire le résumé"))
        told = page.get_by_role("region", name="Ce que cela donnera")
        expect(told).to_contain_text("28 dyades gardées")
        expect(told).to_contain_text("1 dyade terminée")
        if javascript:
            axe(page)
        hand.tap(told.get_by_role("button", name="Appliquer"))
        expect(page.get_by_text("Le passage à l’année suivante est fait")).to_be_visible()
        assert hand.interactions <= MOST, hand.interactions
        kept = Dyad.objects.filter(program=stage.mentoring, committed_until__gte=NEXT.ends_on, ends_on=None)
        assert kept.count() == THIRTY - 2
        page.get_by_role("button", name="Annuler le passage").click()
        expect(page.get_by_text("Le passage est annulé")).to_be_visible()
        assert not kept.exists()


def test_relations_at_their_end_are_ticked_where_they_are_read(
    stage: Cast, new_page: Callable[..., Page], axe: Callable[[Page], None], hand: Hand
) -> None:
    past = stage.on - timedelta(days=3)
    Dyad.objects.filter(program=stage.mentoring, ends_on=None).update(committed_until=past)
    page = new_page(user=stage.julie)
    page.goto("/vigilance/")
    resting = page.get_by_role("region", name="À clore ou à renouveler")
    hand.tap(resting.get_by_label("Choisir Inès Benali"))
    hand.tap(resting.get_by_role("button", name="Clore ou renouveler"))
    axe(page)
    hand.tap(page.get_by_role("button", name="Lire le résumé"))
    expect(page.get_by_role("region", name="Ce que cela donnera")).to_contain_text("1 relation renouvelée")
    axe(page)
    hand.tap(page.get_by_role("button", name="Appliquer"))
    expect(page.get_by_text("C’est fait : 1 relation renouvelée")).to_be_visible()
    assert hand.interactions == 4
    assert not Dyad.objects.get(pk=stage.ines_marc.pk).is_past_its_end(stage.on)
