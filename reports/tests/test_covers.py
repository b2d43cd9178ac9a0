"""What a report says of itself: how many of its numbers are masked, and which guidelines are not followed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from guidelines.catalogue import ESSENTIAL
from guidelines.evaluation import evaluate_board
from people.models import User
from programs.fixed_periods import Named, Period
from reports.asking import Ask
from reports.audiences import audiences_of
from reports.document import Document
from reports.durations.sheets import ALL
from reports.facts import facts
from reports.in_force import LEFT
from reports.registry import REPORTS
from reports.summary.sheets import WHOLE
from reports.tables import Unsaid
from tests.cast import Cast

OF_NO_GUIDELINE = {"meetings", "endings", "activity"}


@pytest.fixture
def documents(cast: Cast) -> list[Document]:
    """Every edition of every report, of the cast's day."""
    evaluate_board(cast.board, on=cast.on)
    return list(_documents(cast))


def _documents(cast: Cast) -> Iterator[Document]:
    people = {audience: one for one in User.objects.filter(board=cast.board) for audience in audiences_of(one)}
    named = Named("l’automne", Period(date(2026, 8, 26), cast.on + timedelta(days=1)))
    for kind in REPORTS.values():
        for edition in kind.editions:
            read_at = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
            ask = Ask(people[edition.audience], cast.board, edition.audience, named, on=cast.on, read_at=read_at)
            found = edition.build(ask)
            counts = edition.audience.name in ("totals", "board", "training")
            if counts and kind.name not in OF_NO_GUIDELINE:
                assert LEFT.name in [sheet.name for sheet in found.sheets], (kind.name, edition.audience.name)
            yield found


def said(document: Document, label: str) -> str:
    return next(fact.words for fact in facts(document) if fact.label == label)


def test_a_cover_counts_every_masked_cell_of_its_tables(documents: list[Document]) -> None:
    some = 0
    for document in documents:
        masked = sum(
            cell is Unsaid.MASKED for sheet in document.sheets for line in list(sheet.table.cells) for cell in line
        )
        assert said(document, "Masqué").startswith(f"{masked} nombre" if masked else "aucun nombre"), document.title
        some += masked > 0
    assert some > 5


def test_a_cover_never_says_none_of_guidelines_that_a_programme_leaves(documents: list[Document]) -> None:
    """The cast follows l’essentiel alone: each report that counts by guidelines names what it leaves, in a table."""
    for document in documents:
        words = said(document, "Balises non suivies")
        table = next((sheet.table for sheet in document.sheets if sheet.name == LEFT.name), None)
        if table is None:
            assert words == "ce rapport n’en donne pas la liste", document.title
            continue
        codes = {str(line.entry.code) for line in table.rows}  # type: ignore[attr-defined]
        assert not codes & ESSENTIAL
        assert (words == "aucune") == (not codes), document.title


def test_what_a_cover_says_begins_with_a_capital(documents: list[Document]) -> None:
    assert not [fact.label for document in documents for fact in facts(document) if not fact.label[0].isupper()]


def test_the_table_of_all_has_an_english_name_of_its_own() -> None:
    with translation.override("en"):
        assert {str(WHOLE.title), str(ALL)} == {"Overall"}
