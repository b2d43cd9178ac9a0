"""Every guideline has its words: a headline and what was observed, whatever the number."""

import pytest

from guidelines.catalogue import ENTRIES, Guideline
from guidelines.models import Flag
from guidelines.sentences import headline, observed
from guidelines.tests.stage import Stage, week


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
@pytest.mark.parametrize("value", [None, 0, 1, 2, 40])
def test_a_sentence_reads_whatever_the_number(entry: Guideline, value: int | None) -> None:
    for threshold in entry.thresholds:
        flag = Flag(guideline=entry.code, severity=threshold.severity, value=value, threshold=threshold.bound)
        for words in (headline(flag), observed(flag)):
            assert words.strip()
            assert "None" not in words
            assert "%(" not in words
            assert "%%" not in words
        assert observed(flag).endswith(".")
        assert not headline(flag).endswith(".")


@pytest.mark.django_db
def test_dates_are_told_where_there_are_some() -> None:
    dyad = Stage().dyad(week(1), committed_until=week(2))
    told = {
        "dyad-first-meeting": "7 septembre 2026",
        "dyad-agreement": "7 septembre 2026",
        "dyad-commitment-expired": "13 septembre 2026",
    }
    for code, words in told.items():
        assert words in observed(Flag(guideline=code, dyad=dyad, value=11, threshold=10))
