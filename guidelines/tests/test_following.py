"""What a programme follows, from when, and that nothing else is counted, listed or told."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from guidelines.attention import attention
from guidelines.badges import to_reach_count
from guidelines.catalogue import CATALOGUE, ESSENTIAL
from guidelines.evaluation import evaluate_board
from guidelines.following import follow, leave
from guidelines.models import Flag, ProgramGuideline
from guidelines.models.flags import RHYTHM
from guidelines.models.followed import followed_by
from mentoring.models import Dyad
from people.models import AuditEntry, User
from programs.models import Program, SupportGroup

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
A_DAY = timedelta(days=1)


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    return cast


def is_followed(flag: Flag, on: date) -> bool:
    """Slowly and plainly: any programme of the subject follows the guideline; who serves in none, l’essentiel."""
    if flag.dyad or flag.group or flag.program:
        programs = {(flag.dyad or flag.group or flag).program}
    elif flag.mentor:
        programs = {dyad.program for dyad in flag.mentor.dyads.open_on(on)}
    else:
        programs = {lead.group.program for lead in flag.teacher.led_groups.active_on(on)}

    def does(program: Program) -> bool:
        begun = [row for row in program.guidelines.all() if row.followed_from <= on]
        if not begun:
            return flag.guideline in ESSENTIAL
        return any(
            row.guideline == flag.guideline and (row.followed_until is None or on < row.followed_until) for row in begun
        )

    return any(map(does, programs)) if programs else flag.guideline in ESSENTIAL


def agree(cast: Cast) -> None:
    for on in (cast.on, cast.on + 30 * A_DAY):
        expected = {flag.pk for flag in Flag.objects.live() if is_followed(flag, on)}
        assert set(Flag.objects.live().followed(on).values_list("pk", flat=True)) == expected


def test_rows_and_people_agree_on_what_is_followed(evaluated: Cast) -> None:
    agree(evaluated)
    follow(
        program=evaluated.mentoring, codes=["mentor-load", "dyad-agreement"], since=evaluated.on, person=evaluated.julie
    )
    agree(evaluated)
    for code in ("dyad-gap", "mentor-training"):
        leave(program=evaluated.mentoring, code=code, until=evaluated.on, person=evaluated.julie, reason="Plus tard")
    agree(evaluated)
    later = evaluated.on + 7 * A_DAY
    follow(
        program=evaluated.groups_program, codes=["teacher-release", "group-review"], since=later, person=evaluated.julie
    )
    agree(evaluated)


def test_what_is_not_followed_is_counted_nowhere(evaluated: Cast, client_of: ClientOf) -> None:
    julie = evaluated.julie
    before = to_reach_count(julie)
    silent = Flag.objects.filter(dyad=evaluated.ines_marc, guideline__startswith="dyad-").to_reach(evaluated.on)
    for code in list(silent.values_list("guideline", flat=True)):
        leave(program=evaluated.mentoring, code=code, until=evaluated.on, person=julie, reason="Nous verrons plus tard")
    assert to_reach_count(julie) == before - 1
    assert evaluated.ines_marc.pk not in {row.pk for row in attention(julie, on=evaluated.on).to_reach}
    assert Flag.objects.live().filter(dyad=evaluated.ines_marc, guideline="dyad-gap").exists(), "kept all the same"
    page = client_of(julie).get(reverse("program_guidelines", args=[evaluated.mentoring.pk])).content.decode()
    assert "Pas encore suivie" in page


def test_a_step_is_taken_from_its_page_once(evaluated: Cast, client_of: ClientOf) -> None:
    program, julie = evaluated.mentoring, client_of(evaluated.julie)
    assert "dyad-agreement" not in followed_by(program, evaluated.on)
    url = reverse("program_step", args=[program.pk, 2])
    for _ in range(2):
        assert julie.post(url, {"since": evaluated.on.isoformat(), "reason": "Nous sommes prêts"}).status_code == 302
    followed = followed_by(program, evaluated.on)
    assert "dyad-agreement" in followed
    assert {code for code in ESSENTIAL if CATALOGUE[code].subject == "dyad"} <= followed, "l’essentiel is kept"
    rows = ProgramGuideline.objects.filter(program=program)
    assert rows.count() == len({row.guideline for row in rows})
    assert AuditEntry.objects.filter(verb="guideline.followed").count() == rows.exclude(by=None).count()


def test_a_past_day_a_missing_reason_and_a_stranger_guideline(evaluated: Cast, client_of: ClientOf) -> None:
    program, julie = evaluated.mentoring, client_of(evaluated.julie)
    yesterday = (evaluated.on - A_DAY).isoformat()
    step = julie.post(reverse("program_step", args=[program.pk, 3]), {"since": yesterday})
    assert step.status_code == 422
    assert yesterday in step.content.decode()
    gap = reverse("program_guideline", args=[program.pk, "dyad-gap"])
    assert julie.post(gap, {"until": evaluated.on.isoformat(), "reason": "non"}).status_code == 422
    assert julie.get(reverse("program_guideline", args=[program.pk, "group-gap"])).status_code == 404
    assert not ProgramGuideline.objects.exists()


def test_the_rhythm_that_one_reads_is_that_of_all_findings(evaluated: Cast) -> None:
    of_rhythm = Flag.objects.filter(guideline__in=RHYTHM)
    for person in User.objects.all():
        seen = set(of_rhythm.visible_to(person).values_list("pk", flat=True))
        assert set(Flag.objects.rhythm_visible_to(person).values_list("pk", flat=True)) == seen, person
        own = set(Flag.objects.rhythm_entrusted_to(person).values_list("pk", flat=True))
        dyads, groups = Dyad.objects.entrusted_to(person), SupportGroup.objects.entrusted_to(person)
        assert own == set(of_rhythm.filter(Q(dyad__in=dyads) | Q(group__in=groups)).values_list("pk", flat=True)), (
            person
        )
    assert of_rhythm.visible_to(evaluated.julie).exists()
