"""A finding is raised, decided upon by people, and cleared by facts; what people decide outlives the night."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guidelines.actions import StaleFlag, dismiss, reopen, snooze, take_in_charge
from guidelines.evaluation import evaluate_board, findings, reevaluate
from guidelines.measures import Scope
from guidelines.models import Evaluation, Flag, FlagEvent, Severity
from guidelines.tests.stage import Stage, week
from mentoring.models import Dyad
from people.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("long_after")]
GAP = "dyad-gap"


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage()


@pytest.fixture
def silent(stage: Stage) -> Dyad:
    """Met once, then silent: two missed weeks on ``week(4, 5)``, a third a week later."""
    dyad = stage.dyad(week(1))
    stage.meet(dyad, week(1))
    return dyad


def flag_of(dyad: Dyad) -> Flag:
    return Flag.objects.live().get(dyad=dyad, guideline=GAP)


def kinds(flag: Flag) -> list[str]:
    return [event.kind for event in flag.events.all()]


def test_worsening_is_an_event_and_a_meeting_clears(stage: Stage, silent: Dyad) -> None:
    evaluate_board(stage.board, on=week(4, 5))
    flag = flag_of(silent)
    assert (flag.severity, flag.value, flag.raised_on) == ("warning", 2, week(4, 5))
    evaluate_board(stage.board, on=week(5, 5))
    flag.refresh_from_db()
    assert (flag.severity, flag.value, flag.threshold, flag.raised_on) == ("critical", 3, 3, week(4, 5))
    stage.meet(silent, week(6))
    evaluate_board(stage.board, on=week(6, 2))
    flag.refresh_from_db()
    assert (flag.state, flag.cleared_on, flag.value) == ("cleared", week(6, 2), 3)
    assert kinds(flag) == ["raised", "severity", "cleared"]


def test_a_dismissed_finding_stays_away_while_its_facts_do(stage: Stage, silent: Dyad) -> None:
    evaluate_board(stage.board, on=week(4, 5))
    flag = flag_of(silent)
    person = stage.mentor.person
    dismiss(flag=flag, person=person, on=week(4, 5), reason="Stage en entreprise", review_on=week(30))
    evaluate_board(stage.board, on=week(5, 1))
    assert flag_of(silent).state == "dismissed"
    evaluate_board(stage.board, on=week(5, 5))  # a third week: worse than what was set aside
    assert flag_of(silent).state == "open"
    assert kinds(flag) == ["raised", "dismissed", "severity", "reopened"]
    assert AuditEntry.objects.get(verb="flag.dismissed").reason == "Stage en entreprise"


def test_a_review_date_brings_a_dismissed_finding_back(stage: Stage, silent: Dyad) -> None:
    evaluate_board(stage.board, on=week(5, 5))
    flag = flag_of(silent)
    dismiss(flag=flag, person=stage.mentor.person, on=week(5, 5), reason="Vu ensemble", review_on=week(7, 1))
    evaluate_board(stage.board, on=week(6, 5))
    assert flag_of(silent).state == "dismissed"
    evaluate_board(stage.board, on=week(7, 1))
    assert flag_of(silent).state == "open"


def test_who_takes_charge_stays_in_charge_and_a_cleared_finding_is_past(stage: Stage, silent: Dyad) -> None:
    person = stage.mentor.person
    evaluate_board(stage.board, on=week(4, 5))
    flag = flag_of(silent)
    take_in_charge(flag=flag, person=person, on=week(4, 5))
    evaluate_board(stage.board, on=week(5, 5))
    flag = flag_of(silent)
    assert (flag.state, flag.taken_by, flag.severity) == ("taken", person, "critical")
    reopen(flag=flag, person=person, on=week(5, 5))
    assert flag_of(silent).taken_by is None
    stage.meet(silent, week(6))
    evaluate_board(stage.board, on=week(6, 2))
    with pytest.raises(StaleFlag):
        take_in_charge(flag=flag, person=person, on=week(6, 2))


def test_facts_that_return_open_the_same_finding_again(stage: Stage, silent: Dyad) -> None:
    evaluate_board(stage.board, on=week(4, 5))
    stage.meet(silent, week(4))
    evaluate_board(stage.board, on=week(5))
    assert not Flag.objects.live().filter(dyad=silent, guideline=GAP).exists()
    evaluate_board(stage.board, on=week(7, 5))
    flag = flag_of(silent)
    assert (flag.state, flag.cleared_on, flag.raised_on) == ("open", None, week(7, 5))
    kinds = [event.kind for event in flag.events.all() if event.kind != "severity"]
    assert kinds == ["raised", "cleared", "reopened"]


def test_a_past_day_is_computed_and_not_written(stage: Stage, silent: Dyad) -> None:
    evaluate_board(stage.board, on=week(6))
    before = list(Flag.objects.values()), list(FlagEvent.objects.values()), Evaluation.objects.count()
    run = evaluate_board(stage.board, on=week(2))
    assert not run.written
    assert not [f for f in run.findings if f.guideline == GAP]
    assert before == (list(Flag.objects.values()), list(FlagEvent.objects.values()), Evaluation.objects.count())


def test_the_command_prints_what_holds_whatever_people_decided(stage: Stage, silent: Dyad) -> None:
    stage.meet(silent, week(3), status="planned")
    evaluate_board(stage.board, on=week(4, 5))
    dismiss(flag=flag_of(silent), person=stage.mentor.person, on=week(4, 5), reason="Vu", review_on=week(30))
    out = StringIO()
    call_command("evaluate", "--on", week(4, 5).isoformat(), "--json", stdout=out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert lines == sorted(lines, key=lambda line: (line["board"], line["guideline"], line["key"]))
    assert {
        "board": "B",
        "guideline": "dyad-gap",
        "subject": "dyad",
        "key": "D",
        "severity": "warning",
        "value": 2,
        "threshold": 2,
        "confidence": "partial",
    } in lines


@pytest.mark.parametrize("arguments", [["--on", "2026-13-01"], ["--board", "nulle-part"]])
def test_the_command_says_what_is_wrong(arguments: list[str], db: None) -> None:
    with pytest.raises(Exception, match="«"):
        call_command("evaluate", *arguments)


@pytest.mark.once
def test_the_number_of_queries_does_not_grow(stage: Stage, silent: Dyad) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            findings(Scope(stage.board, week(6)))
        return len(captured)

    with_one = queries()
    for n in range(30):
        stage.dyad(week(1) + timedelta(days=n % 3), key=f"D{n}", mentor=stage.new_mentor(f"M{n}", minutes=0))
    stage.group(16)
    assert queries() == with_one
    assert len(findings(Scope(stage.board, week(6)))) > 60


def test_saving_one_subject_leaves_the_others_alone(stage: Stage, silent: Dyad) -> None:
    other = stage.dyad(week(1), key="D2")
    evaluate_board(stage.board, on=week(6))
    stage.meet(silent, week(6))
    run = reevaluate(silent, on=week(6))
    assert run.cleared
    assert not run.raised
    assert not Flag.objects.live().filter(dyad=silent, guideline=GAP).exists()
    assert flag_of(other).severity == "critical"


def test_a_charge_and_a_delay_end_on_their_day(stage: Stage, silent: Dyad) -> None:
    evaluate_board(stage.board, on=week(4, 5))
    person = stage.mentor.person
    take_in_charge(flag=flag_of(silent), person=person, on=week(4, 5), until=week(5, 3))
    evaluate_board(stage.board, on=week(5, 2))
    assert flag_of(silent).state == "taken"
    evaluate_board(stage.board, on=week(5, 3))
    assert (flag_of(silent).state, flag_of(silent).taken_by) == ("open", None)
    evaluate_board(stage.board, on=week(7))
    snooze(flag=flag_of(silent), person=person, on=week(7), until=week(9))
    evaluate_board(stage.board, on=week(8, 7))
    assert flag_of(silent).state == "snoozed"
    evaluate_board(stage.board, on=week(9))
    assert flag_of(silent).state == "open"
    kinds = [event.kind for event in flag_of(silent).events.all() if event.kind != "severity"]
    assert kinds == ["raised", "taken", "reopened", "snoozed", "reopened"]


def test_one_cause_is_shown_and_decided_as_one_and_all_is_kept(stage: Stage, silent: Dyad) -> None:
    evaluate_board(stage.board, on=week(4, 5))
    live = Flag.objects.live().filter(dyad=silent, cause="silence")
    assert live.count() > 1
    (leading,) = live.leading()
    assert leading.severity == min((flag.severity for flag in live), key=lambda s: Severity(s).rank)
    assert leading.in_cause == live.count()

    dismiss(flag=leading, person=stage.mentor.person, on=week(4, 5), reason="Vu avec elle", review_on=week(30))
    assert not live.to_examine()
    assert {event.kind for flag in live for event in flag.events.exclude(person=None)} == {"dismissed"}


def test_one_more_finding_of_a_cause_set_aside_is_no_news_unless_it_is_worse(stage: Stage) -> None:
    dyad = stage.dyad(week(1))
    stage.meet(dyad, week(1), week(2), week(3))
    on = week(6, 5)
    evaluate_board(stage.board, on=on, codes=frozenset({"dyad-critical-period"}))
    flag = Flag.objects.get(dyad=dyad)
    dismiss(flag=flag, person=stage.mentor.person, on=on, reason="Vu avec elle", review_on=week(30))
    evaluate_board(stage.board, on=on)
    silence = Flag.objects.live().filter(dyad=dyad, cause="silence")
    assert silence.count() > 1
    assert not silence.to_examine()
    evaluate_board(stage.board, on=on)
    assert not silence.to_examine()


def test_a_worse_finding_of_a_cause_set_aside_is_news(stage: Stage) -> None:
    dyad = stage.dyad(week(1))
    stage.meet(dyad, week(1), week(2), week(3))
    on = week(6, 5)
    evaluate_board(stage.board, on=on, codes=frozenset({"dyad-gap"}))
    flag = Flag.objects.get(dyad=dyad, severity="warning")
    dismiss(flag=flag, person=stage.mentor.person, on=on, reason="Vu avec elle", review_on=week(30))
    evaluate_board(stage.board, on=on)
    assert [one.severity for one in Flag.objects.live().filter(dyad=dyad, cause="silence").to_examine()] == ["critical"]
