"""The lists of Vigilance: what deserves attention first, with the headline's own numbers; the rest by guideline."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines import actions, listing
from guidelines.badges import to_reach_count
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, ProgramGuideline
from guidelines.tests.test_pages import follow_everything
from mentoring.models import Dyad
from people.models import User
from programs.models import SchoolDay

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
INES, MAIKA, ELAN = "Inès Benali et Marc", "Maïka Awashish et Nadia", "Groupe Élan"


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    return cast


def shown(response: object) -> str:
    """The words of the page's main part."""
    page = response.content.decode().partition("<main")[2].partition("</main>")[0]  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).replace(" ,", ",")


def test_the_page_opens_on_whom_to_reach_then_to_watch_with_the_badges_number(
    evaluated: Cast, client_of: ClientOf
) -> None:
    julie = client_of(evaluated.julie)
    page = shown(julie.get("/vigilance/"))
    places = [page.index(words) for words in ("À joindre cette semaine 2", INES, ELAN, "À garder à l’œil 2", MAIKA)]
    assert places == sorted(places)
    assert to_reach_count(evaluated.julie) == 2
    assert "1 relation à joindre cette semaine, 1 à garder à l’œil, sur 7." in page
    assert "Mise en place 2 fiches à compléter" in page
    assert "Sylvie Marcotte" not in page, "what is to complete is a line, not a row"

    actions.take_in_charge(
        flag=Flag.objects.filter(dyad=evaluated.ines_marc)[0], person=evaluated.julie, on=evaluated.on
    )
    page = shown(julie.get("/vigilance/"))
    assert "À joindre cette semaine 1" in page
    assert "À garder à l’œil 3" in page


def test_a_concern_is_read_by_guideline_and_a_persons_fact_is_one_row(evaluated: Cast, client_of: ClientOf) -> None:
    page = shown(client_of(evaluated.julie).get("/vigilance/", {"preoccupation": "setup"}))
    assert "Formation initiale à compléter 2" in page
    assert page.count("Sylvie Marcotte, 2 dyades") == 1
    assert INES not in page
    assert "Formation initiale à compléter 2" in shown(client_of(evaluated.chantal).get("/vigilance/"))


def test_what_is_not_followed_is_in_no_list(evaluated: Cast, client_of: ClientOf) -> None:
    julie, asked = client_of(evaluated.julie), {"balise": "dyad-shared-activity"}
    assert "Aucun résultat" in shown(julie.get("/vigilance/", asked))
    follow_everything(evaluated.on)
    assert INES in shown(julie.get("/vigilance/", asked))
    ProgramGuideline.objects.filter(guideline="dyad-gap").delete()
    assert "Aucun résultat" in shown(julie.get("/vigilance/", {"balise": "dyad-gap"}))


def test_past_its_committed_end_a_relation_rests_in_a_list_of_its_own(evaluated: Cast, client_of: ClientOf) -> None:
    Dyad.objects.filter(pk=evaluated.ines_marc.pk).update(committed_until=evaluated.on)
    julie = client_of(evaluated.julie)
    before, resting = shown(julie.get("/vigilance/")).split("À clore ou à renouveler")
    assert INES not in before
    assert INES in resting
    assert "À joindre cette semaine 1" in before
    assert INES in shown(julie.get("/vigilance/", {"etat": "resting"}))
    assert "Aucun résultat" in shown(julie.get("/vigilance/", {"balise": "dyad-critical-period"}))


def test_filters_by_programme_adult_and_what_is_new(evaluated: Cast, client_of: ClientOf) -> None:
    julie = client_of(evaluated.julie)

    def asked(**query: object) -> set[str]:
        page = shown(julie.get("/vigilance/", query))
        return {words for words in (INES, MAIKA, ELAN, "Sylvie Marcotte") if words in page}

    assert asked(programme=evaluated.groups_program.pk) == {ELAN}
    assert asked(adulte=evaluated.marc.pk) == {INES}
    assert asked(adulte=evaluated.karim.pk) == {ELAN}
    assert asked(adulte=evaluated.sylvie.pk, preoccupation="setup") == {"Sylvie Marcotte"}
    assert asked(adulte=evaluated.other_lead.pk, programme="abc") == {INES, MAIKA, ELAN}, "understood, or left out"
    assert asked(nouveau="on") == {INES, MAIKA, ELAN}
    Flag.objects.filter(dyad=evaluated.ines_marc, guideline="dyad-gap").update(
        raised_on=evaluated.on - timedelta(days=30)
    )
    assert asked(nouveau="on") == {MAIKA, ELAN}
    assert "adulte" not in julie.get("/vigilance/").content.decode(), "choices are asked for with the form"
    assert 'name="adulte"' not in client_of(evaluated.nadia).get("/vigilance/?filtrer=1").content.decode()


def test_a_name_is_kept_from_page_to_page_and_out_of_every_address(
    evaluated: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PER_PAGE", 1)
    julie = client_of(evaluated.julie)
    sent = julie.post("/vigilance/filtrer/", {"q": "  nadia FERHAT", "preoccupation": "nonsense"})
    assert sent["Location"] == "/vigilance/?nom=1"
    page = julie.get(sent["Location"])
    assert MAIKA in shown(page)
    assert INES not in shown(page)
    links = re.findall(r'(?:href|action)="([^"]*)"', page.content.decode())
    assert not [link for link in links if "ferhat" in link.lower()]
    assert INES in shown(julie.get("/vigilance/")), "the whole list is never left narrowed by an old name"
    member = evaluated.elan.members.all()[0].student
    julie.post("/vigilance/filtrer/", {"q": str(member)})
    assert ELAN in shown(julie.get("/vigilance/?nom=1"))


def test_the_day_proposed_has_class(evaluated: Cast, client_of: ClientOf) -> None:
    flag, julie = Flag.objects.filter(dyad=evaluated.ines_marc)[0], client_of(evaluated.julie)
    days = SchoolDay.objects.filter(school=evaluated.mentoring.school)
    for page in ("ecarter", "reporter", "charge"):
        form = julie.get(f"/vigilance/{flag.pk}/{page}/").context["form"]
        proposed = form["review_on" if page == "ecarter" else "until"].initial
        assert proposed > evaluated.on
        assert days.get(date=proposed).kind == "class"
    week_after = evaluated.on + timedelta(days=7)
    days.filter(date=week_after).update(kind="holiday")
    proposed = julie.get(f"/vigilance/{flag.pk}/reporter/").context["form"]["until"].initial
    assert proposed == week_after + timedelta(days=1)
