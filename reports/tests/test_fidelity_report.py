"""Fidelity in numbers: what the sheets of the relations say, added up; and nobody found again."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guidelines.catalogue import CATALOGUE
from guidelines.models import GuidelineSetting
from mentoring.models import Dyad
from people.models import User
from programs.fixed_periods import Named, Period
from programs.models import SupportGroup
from reports.asking import Ask
from reports.audiences import BOARD, TOTALS, Audience
from reports.document import Document
from reports.facts import facts
from reports.fidelity.items import Verdict
from reports.fidelity.sheets import sheet_of
from reports.fidelity.totals import asked
from reports.registry import REPORTS
from reports.tables import Unsaid
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql

NUMBERS = {Verdict.MET: "met", Verdict.NOT_MET: "not_met", Verdict.NOT_ASSESSABLE: "not_assessable"}


def document(cast: Cast, person: User, audience: Audience) -> Document:
    edition = REPORTS["fidelity"].edition_for(audience)
    assert edition is not None
    assert person.board is not None
    named = Named("la période", Period(cast.on - timedelta(days=100), cast.on + timedelta(days=1)))
    return edition.build(Ask(person, person.board, audience, named, on=cast.on, read_at=timezone.now()))


def lines(found: Document, sheet: str) -> list[dict[str, object]]:
    table = next(one.table for one in found.sheets if one.name == sheet)
    names = [column.name for column in table.columns]
    return [dict(zip(names, cells, strict=True)) for cells in table.cells]


def counted(relations: list[Dyad] | list[SupportGroup], cast: Cast) -> Counter[tuple[str, str]]:
    """By item and verdict, what the sheet of each relation answers."""
    return Counter(
        (str(line.asks), NUMBERS[line.verdict])
        for relation in relations
        for part in sheet_of(relation, user=cast.julie, on=cast.on).parts
        for line in part.lines
        if line.guideline is not None
    )


def test_the_report_adds_up_what_the_sheets_say(cast: Cast) -> None:
    found = document(cast, cast.julie, TOTALS)
    dyads = list(Dyad.objects.filter(program=cast.mentoring).open_on(cast.on))
    groups = list(SupportGroup.objects.filter(program=cast.groups_program).active_on(cast.on))
    assert dyads
    assert groups
    for name, relations in (("fidelite-des-dyades", dyads), ("fidelite-des-groupes", groups)):
        expected = counted(relations, cast)
        told = 0
        for line in lines(found, name):
            for verdict in NUMBERS.values():
                if line[verdict] is not Unsaid.MASKED:
                    assert line[verdict] == expected[str(line["asked_item_asks"]), verdict], (line, verdict)
                    told += 1
        assert told > 10


def test_a_few_dyads_are_masked_and_groups_are_not(cast: Cast) -> None:
    found = document(cast, cast.robert, BOARD)
    few = [line[name] for line in lines(found, "fidelite-des-dyades") for name in NUMBERS.values()]
    assert Unsaid.MASKED in few
    assert not {1, 2, 3, 4} & {one for one in few if isinstance(one, int)}
    assert all(isinstance(line["met"], int) for line in lines(found, "fidelite-des-groupes"))
    assert found.hidden >= few.count(Unsaid.MASKED)


def test_the_numbers_by_which_it_judges_are_in_the_file(cast: Cast) -> None:
    """Of a programme, its own number, though it does not follow the guideline."""
    GuidelineSetting.objects.create(
        board=cast.board, program=cast.mentoring, guideline="dyad-regularity",
        name=next(iter(CATALOGUE["dyad-regularity"].settable)), value=95,
        starts_on=cast.on - timedelta(days=30), reason="Essai", set_at=timezone.now(),
    )  # fmt: skip
    found = document(cast, cast.julie, TOTALS)
    told = [(line["entry_code"], line["value"], line["program"]) for line in lines(found, "nombres-en-vigueur")]
    assert ("dyad-regularity", 95, cast.mentoring.name) in told
    items = {str(one.item.guideline.code) for is_group in (True, False) for one in asked(is_group=is_group)}
    assert {code for code, _value, _program in told} == {code for code in items if CATALOGUE[code].settable}
    in_force = next(fact.words for fact in facts(found) if fact.label == "Nombres en vigueur")
    assert "«\u00a0Nombres en vigueur\u00a0»" in in_force


def test_its_statements_do_not_grow(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    assert cast.robert.access
    with django_assert_max_num_queries(60):
        document(cast, cast.robert, BOARD)
