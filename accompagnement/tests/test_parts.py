"""The parts of the screens: what is drawn, and what is read aloud in its place."""

import re
from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from accompagnement.tests.sheet import SheetForm, cells
from programs.calendars.periods import WeekCell, WeekState

MONDAY = date(2026, 10, 5)


@pytest.fixture(autouse=True)
def french():
    with translation.override("fr-ca"):
        yield


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def week(state: WeekState, held: int = 0) -> WeekCell:
    return WeekCell(MONDAY, MONDAY + timedelta(7), MONDAY, MONDAY + timedelta(4), state, held)


@pytest.mark.parametrize(
    ("state", "held", "face", "aloud"),
    [
        (WeekState.MET, 1, "1", "1 rencontre"),
        (WeekState.MET, 3, "3", "3 rencontres"),
        (WeekState.MISSED, 0, "0", "manquée"),
        (WeekState.EXCUSED, 0, "E", "excusée"),
        (WeekState.PENDING, 0, "?", "à consigner"),
        (WeekState.RUNNING, 0, "…", "en cours"),
        (WeekState.RUNNING, 1, "1", "1 rencontre"),
        (WeekState.NO_CLASS, 0, "", "congé"),
        (WeekState.TO_COME, 0, "•", "à venir"),
    ],
)
def test_a_week_shows_a_square_and_says_its_words(state: WeekState, held: int, face: str, aloud: str) -> None:
    html = drawn("{% week_cell cell %}", cell=week(state, held))
    assert f">{face}</span>" in html
    assert f"semaine du 5 octobre\u00a0: {aloud}</span>" in html


def test_a_week_outside_the_relationship_says_nothing() -> None:
    assert "visually-hidden" not in drawn("{% week_cell cell %}", cell=week(WeekState.OUTSIDE))


def test_the_strip_goes_by_month() -> None:
    html = drawn("{% week_strip cells %}", cells=cells())
    assert re.findall(r'weeks-label">([^<]+)', html) == ["Sept.", "Oct.", "Nov.", "Déc."]


@pytest.mark.parametrize(
    ("on", "mark", "age"),
    [
        (date(2026, 9, 15), "0.32%", "1 jour"),
        (date(2026, 11, 23), "22.9%", "2 mois et 9 jours"),
        (date(2026, 12, 14), "30.0%", "3 mois"),
        (date(2028, 1, 1), "100%", "15 mois et 18 jours"),
    ],
)
def test_the_mark_stands_at_the_age_of_the_relationship(on: date, mark: str, age: str) -> None:
    html = drawn("{% stage_line starts_on=start on=on %}", start=date(2026, 9, 14), on=on)
    assert f'<svg x="{mark}"' in html
    assert f"La relation a {age}." in html


def test_an_ended_relationship_says_its_last_day() -> None:
    dates = {"start": date(2026, 9, 14), "end": date(2026, 11, 1), "on": date(2026, 11, 23)}
    html = drawn("{% stage_line starts_on=start on=on ends_on=end %}", **dates)
    assert "Terminée le samedi 31 octobre 2026" in html


def test_severity_is_a_shape_and_a_word() -> None:
    for severity, word in (("critical", "Prioritaire"), ("not_assessable", "Données insuffisantes")):
        html = drawn("{% severity_badge severity %}", severity=severity)
        assert "<svg" in html
        assert word in html


def test_chips_keep_the_choice_and_their_second_line() -> None:
    html = drawn("{% chips form.day %}", form=SheetForm({"day": "b"}))
    assert re.search(r'value="b" id="id_day_1" checked', html)
    assert "lundi 23 nov." in html


def test_attendance_holds_the_absent() -> None:
    form = SheetForm({"absent": ["2"]})
    html = drawn("{% attendance_chips form.absent %}{% attendance_count form.absent %}", form=form)
    assert html.count("checked>") == 1
    assert "présences sur 6" in html


def test_each_error_leads_to_its_field_and_names_it() -> None:
    html = drawn("{% error_summary form %}", form=SheetForm({"day": "a", "minutes": "25"}))
    assert '<a href="#id_on">Indiquez la date</a>' in html
    assert '<a href="#id_way_0">Canal\u00a0: Ce champ est obligatoire.</a>' in html


def test_a_right_form_has_no_summary() -> None:
    assert drawn("{% error_summary form %}", form=SheetForm()).strip() == ""


def test_a_message_carries_the_way_back() -> None:
    html = drawn("{{ tags|tag_links }}", tags="undo:/rencontres/3/annuler/|edit:/rencontres/3/modifier/")
    assert "undo&#x27;: &#x27;/rencontres/3/annuler/" in html
    assert "edit&#x27;: &#x27;/rencontres/3/modifier/" in html


def test_every_icon_named_is_in_the_sprite(settings) -> None:
    sprite = (settings.BASE_DIR / "static/img/icons.svg").read_text()
    named = {
        name
        for page in (settings.BASE_DIR / "templates").rglob("*.html")
        for name in re.findall(r'\{% icon "([^"]+)"|icon_name="([^"]+)"|empty_state "([^"]+)"', page.read_text())
        for name in name
        if name
    }
    assert {name for name in named if f'id="{name}"' not in sprite} == set()
