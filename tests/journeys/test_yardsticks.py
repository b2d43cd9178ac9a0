"""What each job costs in taps, in keys and in bytes: the numbers that the screens promised, in a real browser."""

import gzip
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from accompagnement.demo.cast import Cast
from mentoring.models import DyadMeeting, DyadSubstitute, Mentor, Training
from people.models import User
from programs.models import FamilyContact, GroupMeeting, GroupSubstitute
from tests.journeys.conftest import Hand

NewPage = Callable[..., Page]
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["script", "without-script"])
EITHER = pytest.mark.parametrize(
    ("width", "javascript"), [(390, False), (1280, True)], ids=["phone-without-script", "desktop"]
)
ABSENT = ("Élodie Roy", "Hugo Pelletier")
KILOBYTE = 1000
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
    # Not by DOM.querySelector: a page that has just been parsed renumbers its nodes, and the number would be of before.
    found = reader.send("Runtime.evaluate", {"expression": f"document.querySelector('{selector}')"})["result"]
    nodes = reader.send("Accessibility.queryAXTree", {"objectId": found["objectId"], "role": "StaticText"})["nodes"]
    return " ".join("".join(node["name"]["value"] for node in nodes).split())


@EITHER
def test_a_planned_meeting_is_one_tap_and_another_length_and_activity_are_four(
    stage: Cast, new_page: NewPage, hand: Hand, width: int, javascript: bool
) -> None:
    page = new_page(width=width, javascript=javascript, user=stage.nadia)
    page.goto("/semaine/")
    hand.tap(page.get_by_role("button", name="Tenue comme prévu : Maïka Awashish"))
    expect(page.get_by_text("Rencontre enregistrée.")).to_be_visible()
    assert hand.interactions == 1

    hand.interactions = 0
    hand.tap(page.get_by_role("link", name="Autrement : Thomas Lévesque"))
    hand.tap(page.get_by_role("radio", name="40", exact=True))
    hand.tap(page.get_by_role("radio", name="Activité ensemble"))
    hand.tap(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_text("Rencontre enregistrée.")).to_be_visible()
    assert hand.interactions <= 4
    meeting = DyadMeeting.objects.get(dyad=stage.thomas_nadia, on=stage.on)
    assert (meeting.status, meeting.minutes, meeting.activity) == ("held", 40, "shared_activity")


def test_another_length_and_activity_take_twelve_keys(stage: Cast, new_page: NewPage, hand: Hand) -> None:
    page = new_page(user=stage.nadia)
    page.goto(f"/rencontres/{DyadMeeting.objects.get(dyad=stage.thomas_nadia, on=stage.on).pk}/modifier/")
    expect(page.get_by_role("radio", name="Aujourd’hui")).to_be_focused()
    hand.press(page, "Tab", "Tab", "ArrowRight")
    expect(page.get_by_role("radio", name="40", exact=True)).to_be_checked()
    hand.press(page, "Tab", "Tab", "ArrowRight")
    expect(page.get_by_role("radio", name="Activité ensemble")).to_be_checked()
    hand.press(page, "Enter")
    expect(page.get_by_text("Rencontre enregistrée.")).to_be_visible()
    assert hand.keys <= 12
    meeting = DyadMeeting.objects.get(dyad=stage.thomas_nadia, on=stage.on)
    assert (meeting.minutes, meeting.activity) == (40, "shared_activity")


@BOTH
def test_twelve_students_two_absents_on_one_screen(
    stage: Cast, new_page: NewPage, hand: Hand, javascript: bool
) -> None:
    page = new_page(width=390, javascript=javascript, user=stage.nadia)
    page.goto("/semaine/")
    hand.tap(page.get_by_role("link", name="Absences : Tremplin"))
    expect(page.get_by_role("heading", level=1, name="Groupe Tremplin")).to_be_visible()
    save = page.get_by_role("button", name="Enregistrer")
    chips = page.locator(".attendance label")
    assert chips.count() == 12
    assert as_read(page, ".count-line") == "12 présences sur 12"
    hidden = [chip.inner_text() for chip in [*chips.all(), save] if not is_at_hand(chip)]
    assert not hidden
    assert min(chip.bounding_box()["height"] for chip in chips.all()) >= 44

    for name in ABSENT:
        hand.tap(page.locator(".attendance").get_by_label(name))
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


@EITHER
def test_contacts_with_a_family_a_student_and_a_teacher_are_four_taps_each(
    stage: Cast, new_page: NewPage, hand: Hand, width: int, javascript: bool
) -> None:
    page = new_page(width=width, javascript=javascript, user=stage.nadia)
    for link, who in (("Contact avec une famille", "Hugo Pelletier"), ("Contact individuel", "Élodie Roy")):
        page.goto("/semaine/")
        hand.interactions = 0
        hand.tap(page.get_by_role("link", name="Groupe Tremplin").first)
        hand.tap(page.get_by_role("link", name=link))
        hand.tap(page.get_by_role("checkbox", name=who))
        hand.tap(page.get_by_role("button", name="Enregistrer"))
        expect(page.get_by_role("button", name="Annuler")).to_be_visible()
        assert hand.interactions <= 4
    reached = FamilyContact.objects.get(group=stage.tremplin)
    assert (str(reached.student), reached.channel, reached.outcome) == ("Hugo Pelletier", "phone", "reached")
    assert str(stage.tremplin.student_contacts.get().student) == "Élodie Roy"

    page.goto("/semaine/")
    hand.interactions = 0
    hand.tap(page.get_by_role("link", name="Thomas Lévesque", exact=True).first)
    hand.tap(page.get_by_role("link", name="Échange avec le personnel enseignant", exact=True))
    hand.tap(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_text("Échange enregistré.")).to_be_visible()
    assert hand.interactions <= 4
    assert stage.thomas_nadia.liaisons.count() == 1


@EITHER
def test_from_the_sign_in_to_the_most_urgent_relation(
    stage: Cast,
    new_page: NewPage,
    sign_in: Callable[[Page, User], None],
    hand: Hand,
    width: int,
    javascript: bool,
) -> None:
    page = new_page(width=width, javascript=javascript)
    sign_in(page, stage.julie)
    urgent = page.get_by_role("region", name="À joindre cette semaine").first
    first = urgent.get_by_role("row").nth(1)
    # Of the urgent ones, that of Inès met longest ago.
    expect(first).to_contain_text("Prioritaire")
    hand.tap(first.get_by_role("link", name="Inès Benali et Marc-Olivier Thériault"))
    assert hand.interactions <= 2
    main = page.get_by_role("main")
    expect(main).to_contain_text("Inès Benali et Marc-Olivier Thériault")
    reason = "Deux semaines de suite sans rencontre consignée, pendant les premiers mois"
    expect(page.get_by_role("heading", level=1, name=reason)).to_be_visible()
    for part in ("Ce qui est observé", "La balise", "Pourquoi c’est important", "Les prochains pas", "L’historique"):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    expect(main).to_contain_text("§")


def test_what_a_first_visit_and_the_next_ones_weigh(stage: Cast, new_page: NewPage) -> None:
    """Compressed as the server's static files and its proxy do; afterwards, only the page itself is asked for."""
    page = new_page(width=390, user=stage.nadia)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/semaine/", wait_until="networkidle")
    weights = {
        (answer.request.resource_type, answer.url): len(gzip.compress(answer.body(), 9))
        for answer in answers
        if answer.ok
    }
    asked = {kind: sum(size for (one, _url), size in weights.items() if one == kind) for kind, _url in weights}
    assert len(weights) <= 15, weights
    assert sum(weights.values()) <= 60 * KILOBYTE, weights
    assert asked["script"] <= 25 * KILOBYTE, weights
    assert asked["document"] <= 10 * KILOBYTE, weights


@EITHER
def test_a_teacher_of_three_groups_and_three_dyads_is_replaced_in_six_taps(
    stage: Cast, new_page: NewPage, hand: Hand, width: int, javascript: bool
) -> None:
    page = new_page(width=width, javascript=javascript, user=stage.nadia)
    page.goto("/semaine/")
    hand.tap(page.get_by_role("link", name="Prévoir une absence"))
    hand.write(page.get_by_label("Dernier jour d’absence"), "2026-11-27")
    page.get_by_label("Qui remplace partout").select_option(label=str(stage.julie))
    hand.interactions += 1
    hand.tap(page.get_by_role("button", name="Noter les remplacements"))
    expect(page.get_by_text("dans 6 groupes et dyades")).to_be_visible()
    assert hand.interactions <= 6
    assert GroupSubstitute.objects.filter(person=stage.julie, starts_on=stage.on).count() == 3
    assert DyadSubstitute.objects.filter(person=stage.julie, starts_on=stage.on).count() == 3

    page.get_by_role("button", name="De retour plus tôt").click()
    expect(page.get_by_text("prennent fin aujourd’hui")).to_be_visible()
    assert not GroupSubstitute.objects.filter(ends_on__gt=stage.on + timedelta(days=1)).exists()


@EITHER
def test_twelve_mentors_of_one_session_are_eight_taps(
    stage: Cast, new_page: NewPage, hand: Hand, width: int, javascript: bool
) -> None:
    for n in range(12 - Mentor.objects.trainable_by(stage.julie).count()):
        person = User.objects.create_user(None, board=stage.board, school=stage.school, given_name=f"Mentor {n}")
        Mentor.objects.create(person=person, kind="teacher")
    everyone = Mentor.objects.trainable_by(stage.julie)
    page = new_page(width=width, javascript=javascript, user=stage.julie)
    page.goto("/mentors/")
    hand.tap(page.get_by_role("link", name="Inscrire une séance de formation"))
    hand.tap(page.get_by_role("radio", name="Continue"))
    hand.tap(page.get_by_role("radio", name="60", exact=True))
    hand.write(page.get_by_label("Titre"), "Écouter")
    for group in page.get_by_role("checkbox", name="Toutes et tous").all():
        hand.tap(group)
    hand.tap(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_text(f"inscrite pour {everyone.count()} personnes")).to_be_visible()
    assert everyone.count() >= 12
    assert hand.interactions <= 8
    trained = Training.objects.filter(title="Écouter", kind="ongoing", minutes=60, completed_on=stage.on)
    assert {row.person_id for row in trained} == set(everyone.values_list("person", flat=True))
