"""The board's page: the numbers of its leads, added up, and nobody in them."""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidelines.attention import attention, tallies
from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from guidelines.catalogue.teachers import TEACHER_RELEASE
from guidelines.counts import board_counts
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from mentoring.models import Dyad
from people.models import User
from people.telling import EVERYWHERE
from programs.fixed_periods import ended_periods
from programs.models import SchoolYear
from reports.catalogue.findings import board_totals
from reports.rates import Rate, rate
from reports.scope import Period
from reports.tables import Unsaid
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
EARLY = DYAD_DURATION_SHORT.code


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    return cast


def text_of(client: Client, **asked: str) -> str:
    page = client.get(reverse("board"), asked).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def many_early_endings(cast: Cast, number: int, *, severity: str = "critical", on: date = OCTOBER.since) -> None:
    """Relations that ended early, each with its finding, as one night raised them."""
    model = cast.ines_marc
    common = {"board": cast.board, "program": cast.mentoring, "student": model.student, "mentor": model.mentor}
    days = {"starts_on": on - timedelta(days=60), "ends_on": on, "end_reason": "Fin", "ended_by": "student"}
    dyads = Dyad.objects.bulk_create(Dyad(**common, **days) for _n in range(number))
    finding = {"board": cast.board, "guideline": EARLY, "severity": severity, "raised_on": on}
    facts = {"confidence": "complete", "catalogue_version": 1}
    Flag.objects.bulk_create(Flag(dyad=dyad, **finding, **facts) for dyad in dyads)


def test_the_board_counts_what_each_lead_counts(evaluated: Cast) -> None:
    """One number, one function: those of the page of whoever answers for the programme."""
    cast = evaluated
    first = Flag.objects.get(pk=attention(cast.alain, on=cast.on).to_reach[0].first.pk)
    for _state in ("open", "taken"):
        counted = tallies(cast.robert, on=cast.on)
        for program in (cast.mentoring, cast.groups_program):
            of_lead = attention(cast.alain, on=cast.on, programs=[program])
            assert counted[program.pk] == (of_lead.dyads, of_lead.groups)
        Flag.objects.filter(pk__in=first.decided_together()).update(state="taken")
    assert any(dyads.taken + groups.taken for dyads, groups in counted.values())
    assert not tallies(cast.julie, on=cast.on)
    assert not tallies(cast.other_lead, on=cast.on)


def test_the_page_names_nobody_and_no_other_board(evaluated: Cast, client_of: ClientOf) -> None:
    cast = evaluated
    said = text_of(client_of(cast.robert))
    for word in ("École Rive-Claire", "École du Boisé", "Groupe trop grand", "masqué"):
        assert word in said
    people = {row.family_name for row in User.objects.exclude(pk=cast.robert.pk)}
    people |= {dyad.student.family_name for dyad in Dyad.objects.select_related("student")}
    for word in (*people, "Élan", cast.other_school.name):
        assert not re.search(rf"\b{re.escape(word)}\b", said), word
    of_school = text_of(client_of(cast.robert), ecole=str(cast.school.pk), periode="mois-2026-10")
    for word in (cast.mentoring.name, cast.groups_program.name, "Personnes de l’école", "1er octobre"):
        assert word in of_school


def test_one_missing_release_hides_no_early_ending(evaluated: Cast, client_of: ClientOf) -> None:
    """96 endings of 65 and 31 were masked because one teacher had no release written down."""
    cast = evaluated
    Flag.objects.all().delete()
    cast.groups_program.guidelines.create(guideline=TEACHER_RELEASE.code, followed_from=cast.on - timedelta(days=90))
    many_early_endings(cast, 65)
    many_early_endings(cast, 31, severity="warning")
    finding = {"board": cast.board, "severity": "info", "raised_on": OCTOBER.since, "confidence": "complete"}
    Flag.objects.create(guideline=TEACHER_RELEASE.code, teacher=cast.karim, catalogue_version=1, **finding)

    words = {row.guideline.code: [cell.words for cell in row.cells] for row in board_counts(cast.robert)}
    assert words[EARLY] == ["65", "31", "0"]
    assert words[TEACHER_RELEASE.code] == ["0", "0", "masqué"]
    told = {(row.code, str(row.program)): row.number for row in board_totals(cast.robert, OCTOBER)}
    assert told[EARLY, cast.mentoring.name] == 96
    assert told[TEACHER_RELEASE.code, ""] is Unsaid.MASKED
    assert "Relation terminée avant six mois 96" in text_of(client_of(cast.robert), periode="mois-2026-10")


def test_a_file_asked_for_again_tells_the_same(evaluated: Cast) -> None:
    """What is raised after the period moves nothing, and a longer period does not give a month back."""
    cast = evaluated
    Flag.objects.all().delete()
    september = Period(date(2026, 9, 1), date(2026, 10, 1))
    many_early_endings(cast, 12, on=september.since)
    many_early_endings(cast, 3, on=OCTOBER.since)
    periods = ended_periods(cast.robert, on=cast.on)
    term = next(named.period for key, named in periods.items() if key.startswith("etape"))
    before = list(board_totals(cast.robert, OCTOBER))
    assert {row.number for row in before} == {Unsaid.MASKED}
    assert {row.number for row in board_totals(cast.robert, september)} == {12}
    assert {row.number for row in board_totals(cast.robert, term)} == {Unsaid.MASKED}  # 15, less the 12 of September
    many_early_endings(cast, 9, on=OCTOBER.until)
    assert list(board_totals(cast.robert, OCTOBER)) == before
    assert 24 in {row.number for row in board_totals(cast.robert, term)}


def test_a_first_day_says_that_nothing_is_over_yet(cast: Cast, client_of: ClientOf) -> None:
    SchoolYear.objects.filter(board=cast.board).delete()
    robert = client_of(cast.robert)
    assert "aucune ne l’est encore" in text_of(robert)
    page = robert.get(reverse("reports")).content.decode()
    assert "Aucune période n’est encore terminée" in page
    assert robert.post(reverse("report_findings_csv"), {"kind": "board", "periode": "mois-2026-10"}).status_code == 422


def test_queries_do_not_grow_with_the_programmes(evaluated: Cast, client_of: ClientOf) -> None:
    robert = client_of(evaluated.robert)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            robert.get(reverse("board"))
        counts.append(len(queries))
        many_early_endings(evaluated, 7)
        for n in range(5):
            evaluated.mentoring.__class__.objects.create(
                board=evaluated.board, school=evaluated.school, name=f"Programme {n} {_more}", domain="mentoring"
            )
    assert counts[0] == counts[1] <= 16


def test_the_mean_of_programmes_is_made_of_what_is_told() -> None:
    """A large programme weighs more in the whole than in the mean; what is masked counts by its common share."""
    wholes = {EVERYWHERE: 200, (1, 1): 150, (1, 2): 20, (1, 3): 30}
    parts = {EVERYWHERE: 45, (1, 1): 30, (1, 2): 15, (1, 3): 0}
    assert rate(parts, wholes, EVERYWHERE) == Rate(0.225, 0.95 / 3, 200, 3)
    masked = {EVERYWHERE: 45, (1, 1): 30, (1, 2): None, (1, 3): None}
    assert rate(masked, wholes, EVERYWHERE) == Rate(0.225, (0.2 + 2 * 15 / 50) / 3, 200, 3)
    assert rate({EVERYWHERE: None}, wholes, EVERYWHERE) is None
    assert rate(parts, {EVERYWHERE: None}, EVERYWHERE) is None


def test_a_masked_share_is_not_an_absent_one(evaluated: Cast, client_of: ClientOf) -> None:
    absent = rate({}, {}, EVERYWHERE)
    assert (absent is None, bool(absent)) == (False, False)
    assert "École du Boisé masqué masqué masqué masqué 100 % n = 18" in text_of(client_of(evaluated.robert))
