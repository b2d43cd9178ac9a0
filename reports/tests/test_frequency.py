"""How often dyads meet: the mean of the weeks that count, none that someone may still log, every dyad of the year."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from programs.calendars.periods import PeriodState, WeekCell
from reports.charts import frequency_svg
from reports.frequency import FIGURE, FrequencyWeek, frequency, frequency_title
from tests.cast import Cast

ClientOf = Callable[[User], Client]
FIRST = date(2026, 9, 7)
State = PeriodState


def strip(*weeks: PeriodState | int) -> list[WeekCell]:
    """A dyad's weeks: a state, or how many meetings were held (none: missed)."""
    cells = []
    for place, week in enumerate(weeks):
        monday = FIRST + timedelta(weeks=place)
        held = week if isinstance(week, int) else 0
        state = (State.MET if held else State.MISSED) if isinstance(week, int) else week
        cells.append(WeekCell(monday, monday + timedelta(days=7), monday, monday + timedelta(days=4), state, held))
    return cells


def test_a_week_counts_who_met_or_missed_it_and_waits_for_the_last_log() -> None:
    weeks = frequency(
        [
            strip(1, 2, 0, State.NO_CLASS, 1, State.RUNNING),
            strip(State.OUTSIDE, 1, State.EXCUSED, State.NO_CLASS, State.PENDING, State.RUNNING),
            strip(1, 0, 0, State.NO_CLASS, 2, State.RUNNING),
        ]
    )
    assert [(week.monday, week.dyads, week.met, week.held) for week in weeks] == [
        (date(2026, 9, 7), 2, 2, 2),
        (date(2026, 9, 14), 3, 2, 3),
        (date(2026, 9, 21), 2, 0, 0),
    ]


def test_the_title_says_on_which_side_of_one_the_last_four_weeks_are() -> None:
    """(3 + 2 + 2 + 2) meetings for (4 + 2 + 2 + 2) dyads, pooled: 0.9; the first week, an old one, does not count."""
    old = FrequencyWeek(FIRST, 2, 2, 20)
    counts = ((4, 3), (2, 2), (2, 2), (2, 2))
    weeks = [FrequencyWeek(FIRST + timedelta(weeks=n), dyads, 1, held) for n, (dyads, held) in enumerate(counts, 1)]
    assert frequency_title([old, *weeks]) == "Moins d’une rencontre par semaine\u00a0: 0,90 par dyade, en moyenne"
    assert frequency_title(weeks[1:]) == "Une rencontre par semaine ou plus\u00a0: 1,00 par dyade, en moyenne"
    assert next(FIGURE.table(weeks).lines) == ["2026-09-14", "0,75", 4, 1]


def test_a_cycle_stands_in_the_week_where_it_begins() -> None:
    thursday = FIRST + timedelta(days=3)
    cycle = WeekCell(thursday, thursday + timedelta(days=13), thursday, thursday + timedelta(days=12), State.MET, 2)
    assert frequency([[cycle], strip(1)]) == [FrequencyWeek(FIRST, 2, 2, 3)]


def test_the_page_and_the_file_say_the_same_to_who_answers_for_the_programme(cast: Cast, client_of: ClientOf) -> None:
    """Week of 26 October: Inès, Loïc, Sofia and Olivia met; Maïka did not; Thomas is excused, Noah paused."""
    julie = client_of(cast.julie)
    told = b"".join(julie.get(reverse("dashboard_frequency_csv"))).decode()
    assert "2026-10-26;0,80;5;4" in told
    assert "2026-11-16" not in told
    page = julie.get(reverse("dashboard")).content.decode()
    assert page.count("par dyade, en moyenne") >= 1
    assert "Rencontres tenues par dyade, chaque semaine de classe." in page
    assert "<td>0,80</td>" in page.replace(' class="num"', "")
    other = b"".join(client_of(cast.other_lead).get(reverse("dashboard_frequency_csv"))).decode()
    assert "2026-10-26;0,00;1;0" in other


def test_the_file_of_situations_hides_what_the_page_hides(cast: Cast, client_of: ClientOf) -> None:
    told = b"".join(client_of(cast.julie).get(reverse("dashboard_classes_csv"))).decode()
    assert "Situation;Élèves;Part (%)" in told
    assert told.count("masqué") >= 2
    assert "Inès" not in told


@pytest.mark.parametrize("name", ["dashboard_frequency_csv", "dashboard_classes_csv"])
def test_only_those_who_answer_for_a_programme_download(cast: Cast, client_of: ClientOf, name: str) -> None:
    for person in (cast.nadia, cast.marc, cast.chantal, cast.robert, cast.line):
        assert client_of(person).get(reverse(name)).status_code == 403


def test_the_picture_obeys_the_security_policy_and_has_a_name() -> None:
    picture = frequency_svg(tuple(FrequencyWeek(FIRST + timedelta(weeks=n), 4, 3, 3) for n in range(5)), "Titre <b>")
    assert "<title>Titre &lt;b&gt;</title>" in picture
    for refused in ("style=", "<style", "<script", "graphics-"):
        assert refused not in picture
    assert "1 par semaine" in picture
