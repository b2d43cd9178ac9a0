"""How often dyads meet: each dyad in one bar, weeks apart from cycles, and how many are too young to tell."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from reports.drawings.frequency import Bars, frequency_svg
from reports.frequency import FIGURE, Frequency, frequency, frequency_title
from reports.scope import Period, Scope
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
WEEK, CYCLE = "par semaine de classe", "par cycle de 9 jours"


def shown(found: Frequency, cadence: str) -> dict[str, int]:
    return {one.label: one.dyads for one in found.bins if one.cadence == cadence and one.dyads}


def test_a_dyad_stands_at_its_mean_of_the_last_four_weeks() -> None:
    """0.5, 1 and 1.75: the old meetings of the first, six of them, are not among its last four weeks."""
    found = frequency({WEEK: [[6, 1, 0, 1, 0], [1, 1, 1, 1], [2, 2, 2, 1], [1]]}, last=4)
    assert shown(found, WEEK) == {"0,5": 1, "1": 1, "1,5 et +": 1}
    assert (found.count, found.weekly, found.unknown) == (3, 2, 1)
    assert shown(frequency({WEEK: [[6, 1, 0, 1, 0]]}, last=None), WEEK) == {"1,5 et +": 1}


def test_weeks_and_cycles_are_counted_apart_and_the_title_says_which() -> None:
    weeks = frequency({WEEK: [[1, 1], [0, 1], [0, 0]]}, last=4)
    assert frequency_title(weeks) == "1 dyade sur 3 se voit au moins une fois par semaine (33\u00a0%)"
    both = frequency({WEEK: [[1, 1], [0, 1]], CYCLE: [[3, 1]]}, last=4)
    assert shown(both, CYCLE) == {"1,5 et +": 1}
    assert frequency_title(both) == "2 dyades sur 3 se voient au moins une fois par semaine ou cycle (67\u00a0%)"


def test_the_page_and_the_file_say_the_same_to_who_answers_for_the_programme(cast: Cast, client_of: ClientOf) -> None:
    julie = client_of(cast.julie)
    drawn = FIGURE.draw(cast.julie, Scope([cast.mentoring], cast.on))
    assert drawn is not None
    page = julie.get(reverse("dashboard_frequency")).content.decode()
    assert drawn.title in page
    told = b"".join(julie.get(reverse("dashboard_frequency_csv"))).decode()
    for cells in FIGURE.table(drawn).lines:
        assert ";".join(map(str, cells)) in told
    other = b"".join(client_of(cast.other_lead).get(reverse("dashboard_frequency_csv"))).decode()
    assert other != told


def test_a_period_counts_its_own_weeks(cast: Cast) -> None:
    """Over the whole autumn Olivia's ended dyad is not open any more; one past month has its weeks, and says so."""
    october = Period(cast.on.replace(month=10, day=1), cast.on.replace(month=11, day=1))
    drawn = FIGURE.draw(cast.julie, Scope([cast.mentoring], cast.on, october))
    assert drawn is not None
    assert "de la période" in drawn.note
    before = Period(cast.on - timedelta(days=2000), cast.on - timedelta(days=1990))
    assert FIGURE.draw(cast.julie, Scope([cast.mentoring], cast.on, before)) is None


def test_the_file_of_situations_hides_what_the_page_hides(cast: Cast, client_of: ClientOf) -> None:
    told = b"".join(client_of(cast.julie).get(reverse("dashboard_classes_csv"))).decode()
    assert "Situation;Élèves;Part (%)" in told
    assert "Inès" not in told


@pytest.mark.parametrize("name", ["dashboard_frequency", "dashboard_frequency_csv", "dashboard_weeks"])
def test_only_those_who_answer_for_a_programme_see_figures(cast: Cast, client_of: ClientOf, name: str) -> None:
    for person in (cast.nadia, cast.marc, cast.chantal, cast.robert, cast.line):
        assert client_of(person).get(reverse(name)).status_code == 403


def test_the_picture_has_a_panel_for_each_cadence_hollow_bars_and_full_ones() -> None:
    bars = (Bars(WEEK, (("0,75", 3, False), ("1", 5, True))), Bars(CYCLE, (("0,75", 0, False), ("1", 2, True))))
    picture = frequency_svg(bars, "Titre <b>")
    assert "<title>Titre &lt;b&gt;</title>" in picture
    assert picture.count("balise") == 2
    for word in (f"{WEEK}, n = 8", f"{CYCLE}, n = 2", "var(--surface)", "var(--accent)"):
        assert word in picture
    for refused in ("style=", "<style", "<script", "graphics-"):
        assert refused not in picture
