"""Random boards: the statements and the slow reference say the same of every guideline, on any day.

``REFERENCE_SEEDS=1000-1200`` looks at other boards than the usual ones, and at more of them.
"""

import os
from collections import defaultdict
from datetime import date
from functools import cache
from random import Random

import pytest
from django.apps import apps
from django.db import transaction

from guidelines.catalogue import CATALOGUE, ENTRIES, moved_by
from guidelines.evaluation import Finding, evaluate_board, not_assessable, reevaluate
from guidelines.measures import Scope
from guidelines.models import Flag, FlagEvent
from guidelines.tests import reference as slow
from guidelines.tests.boards import board_of, days_to_look
from guidelines.tests.boards.stored import Store
from guidelines.tests.reference.numbers import DEFAULTS
from guidelines.tests.reference.rows import Board
from mentoring.models import Dyad
from programs.models import LoggedRecord, Program

FIRST, LAST = (int(bound) for bound in os.environ.get("REFERENCE_SEEDS", "0-9").split("-"))
DAYS = 6
RECORDS = {record for guideline in ENTRIES for record in guideline.moved_by} - {Dyad, Program} | {
    model for model in apps.get_models() if issubclass(model, LoggedRecord)
}


@cache
def plain(seed: int) -> Board:
    return board_of(seed)


def days_of(seed: int) -> list[date]:
    return days_to_look(Random(seed), plain(seed), DAYS)


def as_expected(store: Store, found: list[Finding]) -> set[slow.Expected]:
    subjects = store.subjects
    said = [
        (f.guideline, subjects[f.subject, f.subject_id][0], f.severity.value, f.value, f.threshold, f.confidence.value)
        for f in found
    ]
    assert len(said) == len({(code, key) for code, key, *_ in said})
    return set(said)


def lacks(store: Store, on: date) -> set[tuple[str, str]]:
    subjects = store.subjects
    return {
        (lack.guideline, subjects[lack.subject, lack.subject_id][0]) for lack in not_assessable(Scope(store.board, on))
    }


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(FIRST, LAST))
def test_a_board_is_evaluated_as_the_guidelines_say(seed: int) -> None:
    """Two boards at once: one never shows in the other's findings."""
    boards = {number: Store(plain(number), f"B{number}") for number in (seed, seed + 50_000)}
    for number, store in boards.items():
        for on in days_of(number):
            found = as_expected(store, evaluate_board(store.board, on=on, write=False).findings)
            assert found == slow.findings(plain(number), on), on
            assert lacks(store, on) == slow.not_assessable(plain(number), on), on


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(FIRST, FIRST + (LAST - FIRST + 3) // 4))
def test_flags_follow_the_findings_and_rest_when_nothing_changes(seed: int) -> None:
    store = Store(plain(seed), "B")
    subjects = store.subjects
    for on in days_of(seed)[::2]:
        run = evaluate_board(store.board, on=on)
        live = {
            (
                flag.guideline,
                subjects[flag.subject_kind, getattr(flag, f"{flag.subject_kind}_id")][0],
                flag.severity,
                flag.value,
                flag.threshold,
                flag.confidence,
            )
            for flag in Flag.objects.live()
        }
        assert live == as_expected(store, run.findings)
        events = FlagEvent.objects.count()
        again = evaluate_board(store.board, on=on)
        assert (again.raised, again.changed, again.cleared) == (0, 0, 0)
        for _key, subject in subjects.values():
            alone = reevaluate(subject, on=on)
            assert (alone.raised, alone.changed, alone.cleared) == (0, 0, 0), (subject, alone.events)
        assert FlagEvent.objects.count() == events


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(FIRST, FIRST + (LAST - FIRST + 3) // 4))
def test_a_record_bears_on_nothing_that_is_not_looked_at_when_it_is_saved(seed: int) -> None:
    """All records of a kind taken away, the guidelines that they do not move say what they said."""
    store = Store(plain(seed), "B")
    days = days_of(seed)[::2]

    def said() -> list[set[tuple[object, ...]]]:
        runs = [evaluate_board(store.board, on=on, write=False).findings for on in days]
        return [{*as_expected(store, run), *lacks(store, on)} for run, on in zip(runs, days, strict=True)]

    before = said()
    for record in RECORDS:
        with transaction.atomic():
            record._base_manager.all().delete()
            changed = {code for was, now in zip(before, said(), strict=True) for code, *_ in was ^ now}
            assert changed <= (moved_by({record}) or set()), record
            transaction.set_rollback(True)


def test_the_catalogue_has_the_numbers_of_the_text() -> None:
    assert {code: guideline.settable for code, guideline in CATALOGUE.items()} == DEFAULTS


def test_each_guideline_is_seen_raised_and_not_raised() -> None:
    """The boards above put every guideline to the test: none of them is there for show."""
    seen: dict[str, set[str]] = defaultdict(set)
    for seed in range(40):
        for on in days_of(seed):
            for code, _key, verdict in slow.verdicts(plain(seed), on):
                seen[code].add(verdict if isinstance(verdict, str) else "nothing" if verdict is None else verdict[0])
    assert seen == {code: {"nothing", *answers} for code, answers in ANSWERS.items()}


ANSWERS: dict[str, set[str]] = {
    "dyad-duration-short": {"critical", "warning"},
    "dyad-duration-planned": {"warning", "info"},
    "dyad-commitment-expired": {"info"},
    "dyad-regularity": {"warning", "lacking"},
    "dyad-critical-period": {"critical", "lacking"},
    "dyad-frequency": {"critical", "warning", "lacking"},
    "dyad-gap": {"critical", "warning", "lacking"},
    "dyad-first-meeting": {"warning", "lacking"},
    "dyad-no-contact": {"warning", "lacking"},
    "dyad-weekly-minutes": {"info", "lacking"},
    "dyad-individual-share": {"warning", "lacking"},
    "dyad-remote-share": {"info", "lacking"},
    "dyad-shared-activity": {"warning", "lacking"},
    "dyad-student-choice": {"info", "lacking"},
    "dyad-homework-heavy": {"info", "lacking"},
    "dyad-agreement": {"warning"},
    "dyad-teacher-liaison": {"info", "lacking"},
    "dyad-systematic-followup": {"info", "lacking"},
    "dyad-support-after-event": {"info"},
    "dyad-review": {"info"},
    "student-rematch": {"warning"},
    "mentor-training": {"critical", "warning"},
    "mentor-training-late": {"info"},
    "mentor-style": {"info", "lacking"},
    "mentor-approach": {"info"},
    "mentor-peer-age": {"warning", "lacking"},
    "mentor-load": {"info"},
    "group-too-large": {"critical", "warning"},
    "group-too-small": {"info", "lacking"},
    "group-first-year": {"info", "lacking"},
    "group-no-lead": {"critical"},
    "group-continuity": {"critical", "warning", "info"},
    "group-frequency": {"critical", "warning", "lacking"},
    "group-gap": {"critical", "warning"},
    "group-meeting-length": {"info", "lacking"},
    "group-individual-contact": {"info", "lacking"},
    "group-family-contact": {"warning", "lacking"},
    "group-review": {"info", "lacking"},
    "group-attendance": {"info", "lacking"},
    "teacher-release": {"critical", "info"},
    "teacher-functions": {"info", "lacking"},
    "teacher-foundations": {"warning"},
    "program-form": {"info"},
    "program-structure": {"warning"},
    "program-type": {"warning"},
    "program-results": {"warning"},
    "program-roles": {"info"},
    "program-contents-drift": {"info", "lacking"},
    "data-confidence": {"info", "lacking"},
}
"""What each guideline may answer, besides nothing."""
