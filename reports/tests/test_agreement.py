"""One number, one function: what the board's page says of a period, each report of that period says too."""

from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from guidelines.evaluation import evaluate_board
from programs.fixed_periods import Named, Period
from reports.asking import Ask
from reports.audiences import BOARD
from reports.board import Board
from reports.registry import REPORTS
from tests.cast import Cast

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


@pytest.fixture
def asked(cast: Cast) -> Ask:
    evaluate_board(cast.board, on=cast.on)
    named = Named("octobre 2026", OCTOBER)
    return Ask(cast.robert, cast.board, BOARD, named, on=cast.on, read_at=timezone.now())


def rows(name: str, ask: Ask, sheet: str) -> list[Any]:
    edition = REPORTS[name].edition_for(BOARD)
    assert edition is not None
    return list(next(one.rows for one in edition.build(ask).sheets if one.name == sheet))


def test_the_page_and_the_reports_say_the_same_of_each_school(cast: Cast, asked: Ask) -> None:
    page = Board(cast.robert, on=cast.on, period=OCTOBER, whole_name="Ensemble", own_people="Personnes")
    shares = {line.name: line.share for line in page.lines}
    held: defaultdict[str, int] = defaultdict(int)
    for total in rows("meetings", asked, "rencontres"):
        held[total.school] += total.held
    summary = {line.school: line for line in rows("summary", asked, "ecoles")}

    assert held.keys() <= summary.keys()
    assert summary.keys() == shares.keys()
    for school, line in summary.items():
        share = shares[school]
        assert (line.logged, line.due) == ((share.logged, share.planned) if share else (0, 0)), school
        if school != "Ensemble":
            assert line.meetings.held == held[school], school
    assert summary["Ensemble"].meetings.held == sum(held.values()) > 0
