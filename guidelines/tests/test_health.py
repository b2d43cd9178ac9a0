"""« Santé des balises »: its numbers against a slow count, who reads what, and what it advises."""

from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accompagnement.demo.cast import Cast
from guidelines import actions
from guidelines.catalogue import CATALOGUE, ESSENTIAL, Audience, Concern, read_by
from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from guidelines.evaluation import evaluate_board
from guidelines.health import Health, health
from guidelines.models import Flag, FlagEvent
from mentoring.models import Dyad
from people.models import User
from people.suppression import FEWEST
from programs.fixed_periods import Period
from programs.models import Program

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
WEEKS = 12
A_WEEK = timedelta(weeks=1)


@pytest.fixture
def replayed(cast: Cast) -> Cast:
    for weeks in range(WEEKS, -1, -1):
        evaluate_board(cast.board, on=cast.on - weeks * A_WEEK, backfilled=True)
    return cast


def year(cast: Cast) -> Period:
    return Period(cast.on - WEEKS * A_WEEK, cast.on + timedelta(days=100))


def of(user: User, cast: Cast) -> dict[str, Health]:
    return {found.entry.code: found for found in health(user, period=year(cast), on=cast.on)}


def ours(flag: Flag, programs: set[Program], on: date) -> bool:
    """Slowly and plainly: a finding on a relation, group, person or programme that stands in these programmes."""
    if flag.dyad:
        return flag.dyad.program in programs
    if flag.group:
        return flag.group.program in programs
    if flag.mentor:
        return any(dyad.program in programs for dyad in flag.mentor.dyads.open_on(on))
    if flag.teacher:
        return any(lead.group.program in programs for lead in flag.teacher.led_groups.active_on(on))
    return flag.program in programs


def is_over(flag: Flag, on: date) -> bool:
    return flag.dyad is not None and flag.dyad.ends_on is not None and flag.dyad.ends_on <= on


def decisions(flag: Flag, kind: FlagEvent.Kind) -> list[FlagEvent]:
    return list(flag.events.filter(kind=kind))


def test_the_numbers_are_those_of_a_slow_count(replayed: Cast) -> None:
    lead, on = replayed.julie, replayed.on
    first = Flag.objects.live().filter(guideline__in=ESSENTIAL, dyad__isnull=False).visible_to(lead)[0]
    other = Flag.objects.live().filter(dyad__isnull=False).exclude(dyad=first.dyad).visible_to(lead)[0]
    actions.take_in_charge(flag=first, person=lead, on=on)
    said = {"review_on": on + A_WEEK, "reason": "Absence annoncée", "reason_code": FlagEvent.Reason.KNOWN}
    actions.dismiss(flag=other, person=lead, on=on, **said)
    programs = set(Program.objects.led_by(lead))
    found = of(lead, replayed)
    assert set(found) == set(CATALOGUE)
    for code, shown in found.items():
        flags = [flag for flag in Flag.objects.filter(guideline=code).visible_to(lead) if ours(flag, programs, on)]
        standing = [flag for flag in flags if flag.cleared_on is None and not is_over(flag, on)]
        if shown.entry.concern != Concern.ENDED:
            assert shown.holds.n == len(standing), code
        if standing and shown.entry.concern != Concern.ENDED:
            assert shown.age == int(median((on - flag.raised_on).days for flag in standing)), code
        raised = [flag for flag in flags if on - WEEKS * A_WEEK <= flag.raised_on <= on - A_WEEK]
        gone = [flag for flag in raised if flag.cleared_on and flag.cleared_on - flag.raised_on <= A_WEEK]
        assert (shown.soon.n, shown.soon.of) == (len(gone), len(raised)), code
        assert shown.taken.n == sum(bool(decisions(flag, FlagEvent.Kind.TAKEN)) for flag in flags), code
        assert sum(n or 0 for _why, n in shown.reasons) == sum(
            bool(decisions(flag, FlagEvent.Kind.DISMISSED)) for flag in flags
        ), code
        assert shown.is_followed == (code in ESSENTIAL), code
    assert found[first.guideline].taken.n
    assert [why for why, _n in found[other.guideline].reasons] == [FlagEvent.Reason.KNOWN.label]


def test_the_whole_is_what_stands_in_the_programmes(replayed: Cast) -> None:
    lead, on = replayed.julie, replayed.on
    programs = Program.objects.led_by(lead)
    found = of(lead, replayed)
    dyads = Dyad.objects.filter(program__in=programs)
    assert found["dyad-gap"].holds.of == dyads.open_on(on).count()
    ended = dyads.filter(ends_on__gt=on - WEEKS * A_WEEK, ends_on__lte=on + timedelta(days=1)).count()
    assert found[DYAD_DURATION_SHORT.code].holds.of == ended


def test_what_a_person_decided_on_did_not_go_by_itself(replayed: Cast) -> None:
    lead, on = replayed.julie, replayed.on
    flag = Flag.objects.live().visible_to(lead).filter(raised_on__range=(on - 8 * A_WEEK, on - A_WEEK))[0]
    before = of(lead, replayed)[flag.guideline].soon
    flag.state, flag.cleared_on = Flag.State.CLEARED, flag.raised_on + A_WEEK
    flag.save()
    assert of(lead, replayed)[flag.guideline].soon.n == before.n + 1
    said = {"kind": FlagEvent.Kind.TAKEN, "on": flag.raised_on, "person": lead, "severity": flag.severity}
    FlagEvent.objects.create(flag=flag, **said)
    assert of(lead, replayed)[flag.guideline].soon == before


def test_a_board_reads_counts_alone_and_none_that_is_small(replayed: Cast) -> None:
    found = of(replayed.robert, replayed)
    assert not set(found) & set(read_by(Audience.LEADS))
    people = [shown for shown in found.values() if shown.entry.subject in ("dyad", "mentor", "teacher")]
    shares = [share for shown in people for share in (shown.holds, shown.soon, shown.taken) if share.of != 0]
    assert any(share.is_masked for share in shares)
    for share in shares:
        assert share.is_masked or all(part == 0 or part >= FEWEST for part in (share.n, share.of - share.n))


def test_a_board_reads_no_period_that_still_runs(replayed: Cast, client_of: ClientOf) -> None:
    page = client_of(replayed.robert).get(reverse("guidelines_health")).content.decode()
    assert f'value="mois-{replayed.on:%Y-%m}"' not in page
    assert (
        f'value="mois-{replayed.on:%Y-%m}"'
        in client_of(replayed.julie).get(reverse("guidelines_health")).content.decode()
    )


def test_the_page_says_what_is_worn(replayed: Cast, client_of: ClientOf) -> None:
    page = client_of(replayed.julie).get(reverse("guidelines_health")).content.decode()
    worn = [shown for shown in of(replayed.julie, replayed).values() if shown.is_worn]
    assert page.count("Cette balise ne distingue plus") == len(worn)
    assert "pas encore suivie" in page


def test_queries_do_not_grow(
    replayed: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(replayed.julie)
    with django_assert_max_num_queries(18):
        client.get(reverse("guidelines_health"))
