"""The demonstration begins another year: kept, no dyad is late before it could meet; undone, all is back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from accompagnement.demo.cast import Cast
from accompagnement.demo.history import make_demo
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, ProgramGuideline
from guidelines.models.flags import RHYTHM
from guidelines.models.former_terms import OF_TERM
from mentoring.models import Dyad, DyadMeeting
from people.models import User
from programs.actions.planning import plan_ahead
from programs.models import Gesture, Program, SchoolDay
from tests.cast import ON
from tests.test_turn_of_a_year import (
    DAY,
    JUNE,
    NEXT,
    RESUMES,
    WEEK,
    address,
    as_they_are,
    do,
    last_class_day,
    noon,
    open_next,
    shown,
    undo,
)

pytestmark = pytest.mark.on_postgresql

SEPTEMBER = date(2027, 9, 20)
SILENT_FROM = date(2027, 5, 17)


@pytest.fixture
def demonstration(db: None, cheap_passwords: None) -> Cast:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("America/Toronto")), tick=True):
        return make_demo(ON)


def meet(dyads: list[Dyad], since: date, until: date) -> None:
    """Each week of class, on its first day."""
    days = SchoolDay.objects.class_days().filter(date__gte=since, date__lt=until)
    first: dict[tuple[int, date], date] = {}
    for school, day in days.order_by("date").values_list("school", "date"):
        first.setdefault((school, day - timedelta(days=day.weekday())), day)
    DyadMeeting.objects.bulk_create(
        DyadMeeting(board=dyad.board, dyad=dyad, on=day, status="held", minutes=25, channel="in_person", logged_on=day)
        for dyad in dyads
        for (school, _monday), day in first.items()
        if school == dyad.program.school_id
    )


def watched(program: Program, day: date) -> list[tuple[str, str]]:
    rows = Flag.objects.to_watch(day).filter(dyad__program=program)
    return [(flag.guideline, str(flag.dyad)) for flag in rows.with_subject()]


def asked_of_terms(day: date) -> bool:
    return Flag.objects.to_complete(day).filter(guideline__in=OF_TERM).exists()


def test_september_begins_without_a_finding_of_june(demonstration: Cast, client_of: Callable[[User], Client]) -> None:
    cast, program = demonstration, demonstration.mentoring
    for code in (*RHYTHM, *OF_TERM):
        ProgramGuideline.objects.get_or_create(program=program, guideline=code, followed_from=ON)
    open_next(cast)
    last = last_class_day(cast.school)
    dyads = list(Dyad.objects.filter(program=program).open_on(ON).with_people())
    silent = dyads[:3]
    meet(dyads, ON + DAY, SILENT_FROM)
    meet(dyads[3:], SILENT_FROM, last + DAY)
    with noon(JUNE):
        plan_ahead(board=cast.board, on=JUNE)
        evaluate_board(cast.board, on=JUNE)
        pressing = Flag.objects.live().filter(severity="critical", guideline__in=RHYTHM)
        assert {dyad.pk for dyad in silent} <= set(pressing.values_list("dyad", flat=True)), "silent for weeks"
        before = as_they_are()
        client, path = client_of(cast.julie), address(program)
        assert do(client, path, shown(client, path)).status_code == 302
        first = Gesture.objects.get(kind="annee-suivante")
        undo(client, first)
        assert as_they_are() == before, "back exactly as it was"
        assert do(client, path, shown(client, path)).status_code == 302
        kept = list(Dyad.objects.filter(program=program, committed_until__gte=NEXT.ends_on).open_on(JUNE).with_people())
        assert len(kept) > len(dyads) / 2
    could_meet = RESUMES + WEEK
    for day in (JUNE + WEEK, NEXT.class_days[0], RESUMES, could_meet):
        with noon(day):
            evaluate_board(cast.board, on=day)
            assert watched(program, day) == [], f"before they could meet: {day}"
            assert day < NEXT.starts_on or not asked_of_terms(day)
    meet([dyad for dyad in kept if dyad != kept[0]], RESUMES, SEPTEMBER + DAY)
    with noon(SEPTEMBER):
        evaluate_board(cast.board, on=SEPTEMBER)
        late = {dyad for _guideline, dyad in watched(program, SEPTEMBER)}
        assert late <= {str(kept[0])}, "of those who met, nothing; of who did not, its fact of September"
        assert not asked_of_terms(SEPTEMBER)
        assert Flag.objects.live().filter(guideline__in=OF_TERM).exists(), "the evaluation goes on saying it"
