"""A group of twelve with two absents: one phone screen, few taps, a count that follows without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from accompagnement.demo.cast import Cast
from programs.models import GroupMeeting
from tests.journeys.conftest import Hand

ABSENT = ("Élodie Roy", "Hugo Pelletier")
COVERS = """(element) => {
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return element.contains(top) || element.control === top;
}"""


def is_at_hand(target: Locator) -> bool:
    """Whether it is wholly within the window, and nothing lies over it."""
    box, window = target.bounding_box(), target.page.viewport_size
    assert box is not None
    assert window is not None
    inside = box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= window["width"]
    return inside and box["y"] + box["height"] <= window["height"] and target.evaluate(COVERS)


def as_read(page: Page, selector: str) -> str:
    """The text that a screen reader finds there: counters of the style sheet included, which no script can read."""
    reader = page.context.new_cdp_session(page)
    root = reader.send("DOM.getDocument")["root"]["nodeId"]
    found = reader.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    nodes = reader.send("Accessibility.queryAXTree", {"nodeId": found, "role": "StaticText"})["nodes"]
    return " ".join("".join(node["name"]["value"] for node in nodes).split())


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "without-script"])
def test_twelve_students_two_absents_on_one_screen(
    stage: Cast, new_page: Callable[..., Page], hand: Hand, javascript: bool
) -> None:
    page = new_page(width=390, javascript=javascript, user=stage.nadia)
    page.goto("/semaine/")
    hand.tap(page.get_by_role("link", name="Absences : Tremplin"))
    expect(page.get_by_role("heading", level=1, name="Groupe Tremplin")).to_be_visible()
    save = page.get_by_role("button", name="Enregistrer")
    chips = page.locator(".attendance label")
    assert chips.count() == 12
    assert as_read(page, ".count-line") == "12 présences sur 12"
    assert page.evaluate("scrollY") == 0
    hidden = [chip.inner_text() for chip in [*chips.all(), save] if not is_at_hand(chip)]
    assert not hidden
    assert min(chip.bounding_box()["height"] for chip in chips.all()) >= 44

    for name in ABSENT:
        hand.tap(page.get_by_label(name))
    assert as_read(page, ".count-line") == "10 présences sur 12"
    assert page.evaluate("scrollY") == 0
    hand.tap(save)
    expect(page.get_by_text("Groupe Tremplin : rencontre enregistrée.")).to_be_visible()
    expect(page.get_by_text("10 présences sur 12")).to_be_visible()
    assert hand.interactions <= 6

    meeting = GroupMeeting.objects.get(group=stage.tremplin, on=stage.on)
    by_status = {
        status: {str(row.student) for row in meeting.attendances.filter(status=status)}
        for status in ("present", "absent")
    }
    assert by_status["absent"] == set(ABSENT)
    assert len(by_status["present"]) == 10
