"""The administrator brings home files that say nothing of anyone, nor of another board."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from accompagnement.demo.cast import Cast
from guidelines.models import Flag
from people.models import SchoolBoard, Student, User
from programs.models import Program, SupportGroup
from tests.journeys.conftest import Hand


def names_not_to_be_said(stage: Cast) -> set[str]:
    """Whoever is a person, and whatever belongs to the other board."""
    of_board = {"school__board": stage.other_board}
    names = {board.name for board in SchoolBoard.objects.filter(pk=stage.other_board.pk)} | {stage.other_school.name}
    names |= {program.name for program in Program.objects.filter(**of_board)}
    names |= {group.name for group in SupportGroup.objects.filter(program__school__board=stage.other_board)}
    return names | {row.family_name for model in (User, Student) for row in model.objects.all()}


def test_two_files_are_taken_home(
    stage: Cast, new_page: Callable[..., Page], sign_in: Callable[[Page, User], None], hand: Hand
) -> None:
    Flag.objects.update(raised_on=stage.on - timedelta(days=30))
    page = new_page()
    sign_in(page, stage.robert)
    expect(page.get_by_role("heading", level=1, name="Vos écoles et leurs programmes")).to_be_visible()
    said = page.inner_text("main")
    assert not {name for name in names_not_to_be_said(stage) - {stage.robert.family_name} if name in said}
    hand.tap(page.get_by_role("link", name="Rapports").first)
    section = page.get_by_role("region", name="Préparer un rapport").first
    for report in ("Rencontres", "Points de vigilance"):
        hand.tap(section.get_by_text(report, exact=True))
        with page.expect_download() as downloading:
            hand.tap(section.get_by_role("button", name="CSV tout de suite"))
        assert downloading.value.suggested_filename.endswith(".csv")
        content = Path(downloading.value.path()).read_text(encoding="utf-8-sig")
        rows = list(csv.reader(content.splitlines(), delimiter=";" if ";" in content.splitlines()[0] else ","))
        assert len(rows) > 1
        assert stage.school.name in content
        assert not {name for name in names_not_to_be_said(stage) if name in content}
    assert hand.interactions <= 3 * 2
    section.get_by_text("Bilan chiffré", exact=True).click()
    expect(section.get_by_role("button", name="CSV tout de suite")).to_be_hidden()  # it isn't one table
