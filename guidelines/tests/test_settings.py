"""Numbers of one's own: tried on any day, applied from a day on, by who answers for the place; the nearest wins."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guidelines.actions import set_numbers
from guidelines.dry_run import dry_run
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, FlagEvent, GuidelineSetting
from guidelines.tests.stage import YEAR, Stage, week
from people.access import Role
from people.models import AuditEntry, Membership, User
from programs.models import Program, SupportGroup
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
LARGE = "group-too-large"
REASON = "Une seconde salle est prête"


@pytest.fixture
def stage(db: None, long_after: None) -> Stage:
    return Stage()


def numbers(stage: Stage, program: Program | None, starts_on: date, **wanted: int | None) -> None:
    set_numbers(
        board=stage.board,
        program=program,
        guideline=LARGE,
        numbers=wanted,
        starts_on=starts_on,
        reason=REASON,
        person=stage.mentor.person,
        on=week(2),
    )


def test_the_nearest_number_wins_from_its_day_on(stage: Stage) -> None:
    stage.group(14)
    assert stage.finding(LARGE, on=week(1)) == ("warning", 14, 12)

    numbers(stage, None, week(3), critical=20, warning=14)
    assert stage.finding(LARGE, on=week(3) - timedelta(days=1)) == ("warning", 14, 12)
    assert stage.finding(LARGE, on=week(3)) is None

    numbers(stage, stage.program, week(4), critical=13, warning=10)
    assert stage.finding(LARGE, on=week(4)) == ("critical", 14, 13)

    numbers(stage, stage.program, week(5), critical=None, warning=None)
    assert stage.finding(LARGE, on=week(5)) is None
    assert stage.finding(LARGE, on=week(2)) == ("warning", 14, 12)


def test_a_finding_keeps_the_bound_of_its_day(stage: Stage) -> None:
    group = stage.group(14)
    evaluate_board(stage.board, on=week(1))
    numbers(stage, stage.program, week(2), critical=13)
    flag = Flag.objects.get(group=group, guideline=LARGE)
    assert (flag.severity, flag.threshold) == ("critical", 13)
    events = FlagEvent.objects.filter(flag=flag).order_by("pk").values_list("kind", "severity")
    assert list(events) == [("raised", "warning"), ("severity", "critical")]


def test_a_trial_says_what_would_appear_go_and_weigh_more_and_writes_nothing(stage: Stage) -> None:
    group = stage.group(14)
    other = SupportGroup.objects.create(
        board=stage.board, program=stage.program, key="G2", name="G2", starts_on=YEAR[0], ends_on=YEAR[1]
    )
    for member in group.members.all()[:11]:
        other.members.create(student=member.student, starts_on=YEAR[0])

    def tried(on: date, **wanted: int) -> tuple[list[int], list[int], list[tuple[int, str]]]:
        run = dry_run(stage.board, LARGE, wanted, program=stage.program, on=on)
        return (
            [finding.subject_id for finding in run.appear],
            [finding.subject_id for finding in run.disappear],
            [(change.after.subject_id, change.after.severity.value) for change in run.changed],
        )

    assert tried(week(2), warning=10) == ([other.pk], [], [])
    assert tried(week(2), warning=14) == ([], [group.pk], [])
    assert tried(week(2), critical=13) == ([], [], [(group.pk, "critical")])
    assert tried(YEAR[0] - timedelta(days=1), warning=10) == ([], [], [])
    elsewhere = Program.objects.create(
        board=stage.board, school=stage.program.school, key="P2", name="P2", domain=Program.Domain.GROUP
    )
    held = [dry_run(stage.board, LARGE, {"warning": 10}, program=one, on=week(2)).held for one in (elsewhere, None)]
    assert held == [0, 1]
    assert not GuidelineSetting.objects.exists()
    assert not Flag.objects.exists()


def test_a_lead_tries_then_applies_and_the_findings_follow(cast: Cast, client_of: ClientOf) -> None:
    evaluate_board(cast.board, on=cast.on)
    julie = client_of(cast.julie)
    program = cast.elan.program
    tried = {"place": program.pk, "n_critical": 20, "n_warning": 17, "on": cast.on}
    page = julie.get(reverse("guideline_try", args=[LARGE]), tried).content.decode()
    assert "Groupe Élan" in page
    assert "disparaîtraient" in page
    assert Flag.objects.live().filter(group=cast.elan, guideline=LARGE).exists()

    sent = {**tried, "starts_on": cast.on, "reason": REASON}
    assert julie.post(reverse("guideline_set", args=[LARGE]), sent).status_code == 302
    assert not Flag.objects.live().filter(group=cast.elan, guideline=LARGE).exists()
    page = julie.get(reverse("guideline", args=[LARGE])).content.decode()
    assert REASON in page
    assert str(cast.julie) in page
    assert AuditEntry.objects.filter(verb="number.set", person=cast.julie).count() == 2


def test_a_number_sent_twice_is_written_once(stage: Stage) -> None:
    stage.group(14)
    for _press in range(2):
        numbers(stage, stage.program, week(4), critical=13, warning=None)
    assert GuidelineSetting.objects.count() == 2
    assert AuditEntry.objects.filter(verb="number.set").count() == 2

    numbers(stage, stage.program, week(4), critical=15)
    numbers(stage, stage.program, week(4), critical=13)
    assert GuidelineSetting.objects.count() == 4  # changed and changed back: the last word holds
    assert stage.finding(LARGE, on=week(4)) == ("critical", 14, 13)


def test_the_page_of_a_guideline_shows_every_number_in_force(cast: Cast, client_of: ClientOf) -> None:
    julie = client_of(cast.julie)
    page = reverse("guideline", args=["dyad-frequency"])
    window = "Dernières semaines évaluables que l’on regarde\u00a0: "
    assert f"{window}4</li>" in julie.get(page).content.decode()

    sent: dict[str, Any] = {
        "place": "organisme",
        "n_critical": 5,
        "n_warning": 3,
        "n_weeks": 6,
        "n_least": 2,
        "on": cast.on,
    }
    sent |= {"starts_on": cast.on, "reason": REASON}
    apply = reverse("guideline_set", args=["dyad-frequency"])
    assert client_of(cast.robert).post(apply, sent).status_code == 302
    said = julie.get(page).content.decode()
    assert re.search(f"{window}6\\s+<[^>]*>\\(valeur de votre organisme; par défaut\u00a0: 4\\)", said)
    assert "Prioritaire\u00a0: 5 semaines manquées ou plus" in said  # the history says the number that was set
    assert "Prioritaire\u00a0: 3 semaines manquées ou plus" not in said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"n_critical": "12", "n_warning": "14"}, "ne peut pas être atteint avant"),
        ({"n_critical": "douze"}, "Écrivez un nombre entier."),
        ({"n_critical": "-1"}, "Écrivez un nombre de 0 ou plus."),
        ({"n_critical": "1001"}, "Écrivez un nombre de 0 à 1000."),
        ({"place": "organisme"}, "Choisissez un programme de la liste."),
        ({"starts_on": "2020-01-01"}, "les points de vigilance passés"),
        ({"reason": "oui"}, "Écrivez le motif en quelques mots"),
        ({"n_critical": "15", "n_warning": "12"}, "changez-en au moins un"),
        ({"on": "2099-01-01"}, "Choisissez aujourd’hui ou un jour passé."),
    ],
)
def test_what_cannot_be_applied_is_said_and_kept(
    cast: Cast, client_of: ClientOf, typed: dict[str, str], sentence: str
) -> None:
    place = str(cast.elan.program.pk)
    usual = {"place": place, "n_critical": "20", "n_warning": "17", "on": "2026-11-23", "starts_on": "2026-11-23"}
    sent = {**usual, "reason": REASON, **typed}
    response = client_of(cast.julie).post(reverse("guideline_set", args=[LARGE]), sent)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not GuidelineSetting.objects.exists()


def test_an_administrator_sets_the_boards_numbers_and_reads_no_name(cast: Cast, client_of: ClientOf) -> None:
    robert = client_of(cast.robert)
    tried = {"place": "organisme", "n_critical": 20, "n_warning": 17, "on": cast.on}
    page = robert.get(reverse("guideline_try", args=[LARGE]), tried).content.decode()
    assert "disparaîtraient" in page
    assert "Élan" not in page
    robert.post(reverse("guideline_set", args=[LARGE]), {**tried, "starts_on": cast.on, "reason": REASON})
    assert GuidelineSetting.objects.filter(program=None).count() == 2


def test_a_role_in_another_board_sets_no_number_from_here(cast: Cast, client_of: ClientOf) -> None:
    there = cast.other_groups_program
    Membership.objects.create(
        person=cast.julie, role=Role.PROGRAM_LEAD, board=there.board, school=there.school, starts_on=cast.on
    )
    sent = {"place": there.pk, "n_critical": 20, "n_warning": 17, "on": cast.on, "starts_on": cast.on, "reason": REASON}
    assert client_of(cast.julie).post(reverse("guideline_set", args=[LARGE]), sent).status_code == 422
    assert not GuidelineSetting.objects.exists()


def test_who_answers_for_nothing_reads_and_changes_nothing(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.nadia, cast.marc, cast.chantal, cast.line):
        client = client_of(person)
        assert client.get(reverse("guideline", args=[LARGE])).status_code == 200
        assert client.get(reverse("guideline_try", args=[LARGE])).status_code == 403
        assert client.post(reverse("guideline_set", args=[LARGE])).status_code == 403
    other = client_of(cast.other_lead)
    sent = {"place": cast.elan.program.pk, "n_critical": 20, "n_warning": 17, "on": cast.on}
    refused = other.post(reverse("guideline_set", args=[LARGE]), {**sent, "starts_on": cast.on, "reason": REASON})
    assert refused.status_code == 422
    assert not GuidelineSetting.objects.exists()


SPACED = "dyad-frequency"
NEVER = "ne se relèverait jamais\u00a0: on n’en regarde que"


def spaced(cast: Cast, place: str | int = "organisme", **typed: object) -> dict[str, Any]:
    """What is sent for « Rencontres trop espacées », as the review has it unless typed otherwise."""
    usual = {"n_critical": 3, "n_warning": 2, "n_weeks": 4, "n_least": 2, "on": cast.on, "starts_on": cast.on}
    return {"place": place, "reason": REASON, **usual, **typed}


def test_a_bound_that_nothing_reaches_is_refused_with_the_way_out(cast: Cast, client_of: ClientOf) -> None:
    robert = client_of(cast.robert)
    for address in ("guideline_try", "guideline_set"):
        url = reverse(address, args=[SPACED])
        sent = spaced(cast, n_critical=5)
        response = robert.get(url, sent) if address == "guideline_try" else robert.post(url, sent)
        assert response.status_code == 422
        page = response.content.decode()
        assert f"5 semaines manquées ou plus, parmi les dernières\u00a0» {NEVER} 4. Écrivez 4 ou moins" in page
        assert 'value="5"' in page
    assert not GuidelineSetting.objects.exists()
    assert (
        robert.post(reverse("guideline_set", args=[SPACED]), spaced(cast, n_critical=5, n_weeks=5)).status_code == 302
    )


def test_a_window_stays_as_wide_as_the_bounds_that_stand(cast: Cast, client_of: ClientOf) -> None:
    """Those of the whole board, those of a programme that follows its window, and those that begin another day."""
    julie, robert = client_of(cast.julie), client_of(cast.robert)
    program, url = cast.sylvie_mentor.dyads.all()[0].program, reverse("guideline_set", args=[SPACED])
    refused = robert.post(url, spaced(cast, n_weeks=2))
    assert refused.status_code == 422
    assert f"{NEVER} 2" in refused.content.decode()

    later = cast.on + timedelta(days=30)
    assert julie.post(url, spaced(cast, program.pk, n_critical=4, n_warning=4, starts_on=later)).status_code == 302
    narrower = spaced(cast, n_weeks=3)
    refused = robert.post(url, narrower)
    assert refused.status_code == 422
    assert f"Dans le programme {program}" in refused.content.decode()
    assert robert.post(url, {**narrower, "n_weeks": 6}).status_code == 302
    assert julie.post(url, spaced(cast, program.pk, n_critical=6, n_warning=4, n_weeks=6)).status_code == 302


@pytest.mark.parametrize(
    ("code", "typed", "sentence"),
    [
        ("dyad-regularity", {"n_warning": 0}, "écrivez 1 ou plus"),
        ("dyad-remote-share", {"n_info": 100}, "il n’y en a jamais plus de 100. Écrivez 99 ou moins"),
        ("dyad-critical-period", {"n_months": 0}, "Rien ne se relèverait jamais"),
        ("program-type", {"n_warning": 2}, "il n’y en a jamais plus de 2"),
        ("dyad-duration-planned", {"n_warning": 0}, ""),
    ],
)
def test_what_can_never_be_found_is_told_from_what_can(
    cast: Cast, client_of: ClientOf, code: str, typed: dict[str, int], sentence: str
) -> None:
    """A commitment under 0 months is none at all, and that is found."""
    tried = {"place": "organisme", "on": cast.on, **typed}
    response = client_of(cast.robert).get(reverse("guideline_try", args=[code]), tried)
    assert response.status_code == (422 if sentence else 200)
    assert sentence in response.content.decode()
