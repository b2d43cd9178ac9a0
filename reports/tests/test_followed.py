"""« Balises suivies »: what is followed and by which numbers; and what became of findings, with nobody in them."""

from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accompagnement.demo.cast import Cast
from guidelines import actions
from guidelines.catalogue import CATALOGUE, ESSENTIAL
from guidelines.catalogue.duration import DYAD_DURATION_PLANNED
from guidelines.catalogue.groups import GROUP_TOO_LARGE
from guidelines.catalogue.mentors import MENTOR_TRAINING
from guidelines.catalogue.silence import DYAD_GAP
from guidelines.evaluation import evaluate_board
from guidelines.following import follow
from guidelines.health import health
from guidelines.models import Flag, FlagEvent, Severity
from mentoring.models import Dyad
from people.models import Student, User
from programs.fixed_periods import Named, Period
from programs.models import Program
from reports.asking import Ask
from reports.audiences import BOARD, TOTALS, TRAINING, Audience
from reports.document import Document, Sheet
from reports.registry import REPORTS
from reports.tables import Unsaid

GROUP_ATTENDANCE = "group-attendance"


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for weeks in range(6, -1, -1):
        evaluate_board(cast.board, on=cast.on - timedelta(weeks=weeks), backfilled=True)
    return cast


def asked(person: User, audience: Audience, on: date, program: str = "") -> Ask:
    assert person.board is not None
    named = Named("2026-2027", Period(date(2026, 8, 26), on + timedelta(days=1)))
    return Ask(person, person.board, audience, named, on=on, read_at=timezone.now(), program=program)


def made(person: User, audience: Audience, on: date, program: str = "") -> Document:
    edition = REPORTS["followed"].edition_for(audience)
    assert edition is not None
    return edition.build(asked(person, audience, on, program))


def rows(document: Document, name: str) -> list[dict[str, object]]:
    sheet: Sheet = next(sheet for sheet in document.sheets if sheet.name == name)
    return [dict(zip(sheet.table.headings, cells, strict=True)) for cells in sheet.table.cells]


def test_what_is_not_followed_is_said_and_never_conforming(cast: Cast) -> None:
    since = cast.on - timedelta(days=40)
    follow(program=cast.mentoring, codes=[DYAD_DURATION_PLANNED.code], since=since, person=cast.julie, reason="Essai")
    document = made(cast.julie, TOTALS, cast.on)
    found = {(row["Programme"], row["Code"]): row for row in rows(document, "balises-suivies")}
    planned = found[cast.mentoring.name, DYAD_DURATION_PLANNED.code]
    assert (planned["État"], planned["Suivie depuis"], planned["Motif"]) == ("suivie", since, "Essai")
    by_default = found[cast.groups_program.name, GROUP_TOO_LARGE.code]
    assert (by_default["État"], by_default["Suivie depuis"]) == ("suivie", None)
    left = found[cast.mentoring.name, "dyad-review"]
    assert (left["État"], left["Nombres"]) == ("non suivie", None)
    assert str(CATALOGUE["dyad-review"].title) in (document.unfollowed or [])
    assert {row["Code"] for row in rows(document, "sante-des-balises")} <= ESSENTIAL | {DYAD_DURATION_PLANNED.code}


def test_the_numbers_in_force_say_who_set_them_and_from_when(cast: Cast) -> None:
    day = cast.on - timedelta(days=9)
    for program, numbers, person in (
        (None, {"warning": 13}, cast.robert),
        (cast.groups_program, {"critical": 18}, cast.julie),
    ):
        actions.set_numbers(
            board=cast.board,
            program=program,
            guideline=GROUP_TOO_LARGE.code,
            numbers=numbers,
            starts_on=day,
            reason="Salles plus grandes",
            person=person,
            on=cast.on,
        )
    found = {(row["Code"], row["Valeur"]): row for row in rows(made(cast.julie, TOTALS, cast.on), "nombres-en-vigueur")}
    board, own = found[GROUP_TOO_LARGE.code, 13], found[GROUP_TOO_LARGE.code, 18]
    assert (board["Vient de"], board["Par"], board["Programme"]) == (
        "organisme", "administration du centre", "Ceux qui la suivent",
    )  # fmt: skip
    assert (own["Vient de"], own["Par"], own["Programme"], own["Depuis"], own["Motif"]) == (
        "programme", "responsable de programme", cast.groups_program.name, day, "Salles plus grandes",
    )  # fmt: skip
    assert "Julie" not in str(found)
    before = made(cast.julie, TOTALS, day - timedelta(days=1))
    assert all(row["Vient de"] == "catalogue" for row in rows(before, "nombres-en-vigueur"))


def test_its_shares_are_those_of_the_page_or_masked_from_who_reads_names(evaluated: Cast) -> None:
    cast = evaluated
    for person, audience in ((cast.julie, TOTALS), (cast.robert, BOARD)):
        ask = asked(person, audience, cast.on)
        page = {str(one.entry.code): one for one in health(person, period=ask.period, on=cast.on)}
        told = rows(made(person, audience, cast.on), "sante-des-balises")
        assert told
        for row in told:
            one = page[str(row["Code"])]
            for cell, number in (
                (row["Sur"], one.holds.of),
                (row["Relevée chez"], one.holds.n),
                (row["Relevés dans la période"], one.soon.of),
                (row["Pris en charge"], one.taken.n),
            ):
                said = None if cell is Unsaid.MASKED else cell
                assert said == number or (said is None and audience is TOTALS)
                if one.entry.subject not in ("group", "program"):
                    assert cell is Unsaid.MASKED or cell == 0 or (isinstance(cell, int) and cell >= 5)
        assert GROUP_ATTENDANCE not in {row["Code"] for row in told}


def test_reasons_follow_their_codes_and_never_their_numbers(evaluated: Cast) -> None:
    """Of two hidden numbers, the order would tell which one is larger."""
    cast = evaluated
    flags = list(
        Flag.objects.counted_for(cast.robert).filter(dyad__isnull=False, guideline__in=ESSENTIAL).order_by("guideline")
    )
    code, theirs = max(
        ((key, list(some)) for key, some in groupby(flags, attrgetter("guideline"))), key=lambda it: len(it[1])
    )
    reasons = [FlagEvent.Reason.OTHERWISE, *[FlagEvent.Reason.MISTAKE] * 2]
    for flag, reason in zip(theirs, reasons, strict=False):
        FlagEvent.objects.create(flag=flag, kind=FlagEvent.Kind.DISMISSED, on=cast.on, reason_code=reason)
    assert len(theirs) >= len(reasons)
    labels = [str(FlagEvent.Reason.OTHERWISE.label), str(FlagEvent.Reason.MISTAKE.label)]
    told = rows(made(cast.robert, BOARD, cast.on), "motifs-d-ecart")
    assert [(row["Motif"], row["Points écartés"]) for row in told if row["Code"] == code] == [
        (label, Unsaid.MASKED) for label in labels
    ]
    period = asked(cast.robert, BOARD, cast.on).period
    [page] = [one for one in health(cast.robert, period=period, on=cast.on) if one.entry.code == code]
    assert [(str(why), n) for why, n in page.reasons] == [(label, None) for label in labels]


def test_what_stands_no_more_is_not_what_stood_less_what_stands(cast: Cast) -> None:
    """What went by itself stands no more: of twenty, one alone would be found by a subtraction in its own line."""
    students = Student.objects.bulk_create(
        Student(board=cast.board, school=cast.school, key=f"s{n}", given_name=f"É{n}", family_name="Z")
        for n in range(20)
    )
    common = {"board": cast.board, "program": cast.mentoring, "mentor": cast.ines_marc.mentor}
    begun, raised = cast.on - timedelta(days=90), cast.on - timedelta(days=30)
    dyads = Dyad.objects.bulk_create(Dyad(student=one, starts_on=begun, **common) for one in students)
    said = {"guideline": DYAD_GAP.code, "severity": Severity.WARNING, "raised_on": raised}
    flags = Flag.objects.bulk_create(
        Flag(board=cast.board, dyad=dyad, confidence="complete", catalogue_version=1, **said) for dyad in dyads
    )
    Flag.objects.filter(pk=flags[0].pk).update(state=Flag.State.CLEARED, cleared_on=raised + timedelta(days=3))
    for person, audience in ((cast.julie, TOTALS), (cast.robert, BOARD)):
        told = rows(made(person, audience, cast.on), "sante-des-balises")
        [line] = [row for row in told if row["Code"] == DYAD_GAP.code]
        assert line["Réglés d’eux-mêmes en sept jours"] is Unsaid.MASKED
        assert line["Relevée chez"] == 19
        assert line["Présents dans la période"] is Unsaid.MASKED


def test_a_trainer_reads_of_training_and_style_alone(evaluated: Cast) -> None:
    document = made(evaluated.chantal, TRAINING, evaluated.on)
    codes = {str(row["Code"]) for sheet in document.sheets for row in rows(document, sheet.name)}
    assert MENTOR_TRAINING.code in codes
    assert {CATALOGUE[code].audience for code in codes} == {"trainers"}


def test_a_narrowed_file_leaves_out_what_would_give_the_others_back(evaluated: Cast) -> None:
    document = made(evaluated.robert, BOARD, evaluated.on, program=str(evaluated.mentoring.pk))
    assert [sheet.name for sheet in document.sheets] == [
        "balises-suivies", "nombres-en-vigueur", "balises-non-suivies",
    ]  # fmt: skip
    assert {row["Programme"] for row in rows(document, "balises-suivies")} == {evaluated.mentoring.name}


def test_it_takes_the_same_queries_whatever_the_programmes(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _more in range(2):
        with django_assert_max_num_queries(14):
            made(cast.robert, BOARD, cast.on)
        for n in range(15):
            Program.objects.create(board=cast.board, school=cast.school, name=f"P{_more}{n}", domain="mentoring")
