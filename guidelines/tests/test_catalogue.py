"""The catalogue as readers get it: every row of the review's tables, whole, and its printed table up to date."""

import re
from dataclasses import replace
from typing import Any

import pytest

from guidelines.catalogue import CATALOGUE, ENTRIES, Audience, Guideline
from guidelines.catalogue.sentence import Sentence
from guidelines.checks import faults
from tools.guideline_table import FILE, table

A = """
dyad-duration-short dyad-duration-planned dyad-commitment-expired dyad-regularity dyad-critical-period dyad-frequency
dyad-gap dyad-first-meeting dyad-no-contact dyad-weekly-minutes dyad-individual-share dyad-remote-share
dyad-shared-activity dyad-student-choice dyad-homework-heavy dyad-agreement dyad-teacher-liaison
dyad-systematic-followup dyad-support-after-event dyad-review student-rematch mentor-training mentor-training-late
mentor-style mentor-approach mentor-peer-age mentor-load program-form
"""
B = """
group-too-large group-too-small group-first-year group-no-lead group-continuity group-frequency group-gap
group-meeting-length group-individual-contact group-family-contact group-review group-attendance teacher-release
teacher-functions teacher-foundations program-structure program-type program-results program-roles
program-contents-drift data-confidence
"""
SUBJECTS = {"student": "dyad", "data": "program"}


def test_every_row_of_both_tables_is_there_on_its_subject() -> None:
    assert sorted(entry.code for entry in ENTRIES) == sorted((A + B).split())
    for entry in ENTRIES:
        first = entry.code.split("-")[0]
        assert entry.subject == SUBJECTS.get(first, first), entry.code


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_an_entry_is_whole(entry: Guideline) -> None:
    for text in (entry.title, entry.checks, entry.explanation, entry.clears, entry.needs):
        assert str(text).strip()
    assert entry.clearing
    assert entry.next_steps
    assert re.fullmatch(r"\d(\.\d)?", entry.citation.section)
    for threshold in entry.thresholds:
        assert "%" not in threshold.in_words().replace("\u00a0%", "")
    keys = [threshold.key for threshold in entry.thresholds if threshold.bound is not None]
    assert len(keys) == len(set(keys))
    assert not re.search(r"\bcause(nt)?\b", str(entry.explanation)), "« associé à », never « cause »"


@pytest.mark.parametrize(
    ("code", "values", "fault"),
    [
        ("dyad-gap", {"headline": ""}, "has no headline"),
        ("dyad-gap", {"observed": Sentence("")}, "does not say what was observed"),
        ("dyad-gap", {"moved_by": ()}, "is moved by nothing"),
        ("dyad-gap", {"audience": Audience.LEADS}, "is read by leads, who know no dyad"),
        ("group-gap", {"audience": Audience.TRAINERS}, "is read by trainers, who know no group"),
        ("group-gap", {"remindable": True}, "sends a reminder to no group"),
        ("group-gap", {"measure": "nothing"}, "names an unknown measure nothing"),
    ],
)
def test_an_entry_that_is_not_whole_is_refused(code: str, values: dict[str, Any], fault: str) -> None:
    assert faults(CATALOGUE[code]) == []
    assert faults(replace(CATALOGUE[code], **values)) == [fault]


def test_the_printed_table_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == table(), "run make docs"
