"""Setting up is a checklist that never ticks what nobody knows; one decision covers the rhythm of a relation."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines import actions
from guidelines.evaluation import evaluate_board
from guidelines.following import STEPS, follow
from guidelines.models import Flag
from guidelines.setup import State, checklist
from mentoring.models import Agreement
from people.models import User

ClientOf = Callable[[User], Client]


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    evaluate_board(cast.board, on=cast.on)
    return cast


def states(cast: Cast, flags: list[Flag], lacking: list[str] | None = None) -> dict[str, State]:
    followed = frozenset(STEPS[1].codes(cast.mentoring)) | {"mentor-training"}
    found = checklist(cast.ines_marc, flags, followed=followed, lacking=lacking or [])
    assert found is not None
    return {str(step.title): step.state for step in found.steps}


def test_a_step_is_done_left_accepted_or_unknown(evaluated: Cast) -> None:
    flag = Flag(guideline="mentor-training", state=Flag.State.OPEN)
    assert states(evaluated, [])["Formation de base suivie"] == State.DONE
    assert states(evaluated, [flag])["Formation de base suivie"] == State.LEFT
    flag.state = Flag.State.DISMISSED
    assert states(evaluated, [flag])["Formation de base suivie"] == State.ACCEPTED
    assert states(evaluated, [], ["mentor-training"])["Formation de base suivie"] == State.UNKNOWN


def test_an_agreement_in_its_days_of_grace_is_still_to_sign(evaluated: Cast) -> None:
    assert states(evaluated, [])["Entente signée"] == State.DONE
    Agreement.objects.filter(dyad=evaluated.ines_marc).delete()
    assert states(evaluated, [])["Entente signée"] == State.LEFT


def test_the_page_counts_the_steps_that_the_programme_follows(evaluated: Cast, client_of: ClientOf) -> None:
    julie, page = client_of(evaluated.julie), evaluated.ines_marc.get_absolute_url()
    assert "étape sur 1" in julie.get(page).content.decode()
    codes = STEPS[1].codes(evaluated.mentoring)
    follow(program=evaluated.mentoring, codes=codes, since=evaluated.on, person=evaluated.julie)
    assert "étapes sur 4" in julie.get(page).content.decode()


def test_a_decision_covers_the_whole_rhythm_and_nothing_else(evaluated: Cast) -> None:
    """Regularity has another cause than silence; a finding that comes later follows, unless it is worse."""
    dyad, julie, on = evaluated.ines_marc, evaluated.julie, evaluated.on
    said = {"board": evaluated.board, "dyad": dyad, "confidence": "complete", "catalogue_version": 1, "raised_on": on}
    regularity = Flag.objects.create(guideline="dyad-regularity", cause="dyad-regularity", severity="warning", **said)
    practice = Flag.objects.create(guideline="dyad-remote-share", cause="dyad-remote-share", severity="info", **said)
    silence = Flag.objects.get(dyad=dyad, guideline="dyad-gap")
    actions.take_in_charge(flag=silence, person=julie, on=on, until=on + timedelta(days=14))
    regularity.refresh_from_db()
    practice.refresh_from_db()
    assert (regularity.state, practice.state) == (Flag.State.TAKEN, Flag.State.OPEN)
    Flag.objects.filter(dyad=dyad, guideline="dyad-frequency").delete()
    evaluate_board(evaluated.board, on=on)
    again = Flag.objects.get(dyad=dyad, guideline="dyad-frequency")
    assert (again.state, again.taken_by) == (Flag.State.TAKEN, julie)
