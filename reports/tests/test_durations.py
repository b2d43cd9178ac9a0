"""« Durée des relations »: the figures of the page at equal masking, sums that add up, and nobody in the file."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accompagnement.demo.cast import Cast
from mentoring.models import Dyad, DyadMeeting, Referral
from people.models import Student, User
from programs.fixed_periods import Named, Period
from programs.models import Program, SchoolYear
from reports.asking import Ask
from reports.audiences import BOARD, TOTALS, Audience
from reports.classes import LABELS, status_classes
from reports.dashboard import led_programs
from reports.document import Document
from reports.durations.facts import Facts, Outcome
from reports.durations.sheets import lives, retention
from reports.durations.told import Told
from reports.lengths import Life, cohorts, landmarks
from reports.methodology import PARTS
from reports.registry import FIGURES, REPORTS
from reports.scope import Scope
from reports.survival import Length
from reports.tables import Unsaid

pytestmark = pytest.mark.on_postgresql

YEAR = Period(date(2025, 8, 27), date(2026, 6, 23))
SMALL = range(1, 5)


@pytest.fixture
def year(cast: Cast) -> Period:
    """The year that is over, begun by sixty relations of one mentor: some ended early, some as planned."""
    SchoolYear.objects.filter(board=cast.board, starts_on__lt=cast.on - timedelta(days=300)).delete()
    SchoolYear.objects.create(board=cast.board, label="2025-2026", starts_on=YEAR.since, ends_on=YEAR.until)
    common = {"board": cast.board, "program": cast.mentoring, "mentor": cast.ines_marc.mentor}
    for n in range(60):
        student = Student.objects.create(
            board=cast.board, school=cast.school, given_name=f"É{n}", family_name="Z", grade=1 + n % 2
        )
        starts_on = YEAR.since + timedelta(days=20 + n % 3)
        ends_on = starts_on + timedelta(days=10 + 12 * n) if n < 14 else None
        code = "student_wish" if n < 9 else "mentor_time" if n < 12 else ""
        by = "student" if ends_on else ""
        Dyad.objects.create(
            student=student,
            starts_on=starts_on,
            ends_on=ends_on,
            end_code=code,
            ended_by=by,
            end_reason="Fin",
            **common,
        )
    return YEAR


def asked(person: User, audience: Audience, period: Period) -> Ask:
    assert person.board is not None
    day = person.local_date()
    return Ask(person, person.board, audience, Named("2025-2026", period), on=day, read_at=timezone.now())


def made(person: User, audience: Audience, period: Period) -> Document:
    edition = REPORTS["durations"].edition_for(audience)
    assert edition is not None
    return edition.build(asked(person, audience, period))


def rows(document: Document, name: str) -> list[dict[str, object]]:
    sheet = next(sheet for sheet in document.sheets if sheet.name == name)
    return [dict(zip(sheet.table.headings, cells, strict=True)) for cells in sheet.table.cells]


def agrees(cell: object, number: object) -> bool:
    return cell is Unsaid.MASKED or cell == number


def test_its_numbers_are_those_of_the_pages_or_masked(cast: Cast, year: Period) -> None:
    document = made(cast.alain, TOTALS, year)
    of_page = Scope(asked(cast.alain, TOTALS, year).programs, year.last_day)
    kept = {(one.begun, one.months): one for one in landmarks(cohorts(cast.alain, of_page)) if one.months}
    lines = rows(document, "maintien")
    assert {(str(line["Commencées en"]), line["Mois"]) for line in lines} == kept.keys()
    for line in lines:
        page = kept[str(line["Commencées en"]), int(str(line["Mois"]))]
        for heading, number in (
            ("Encore suivies", page.followed),
            ("Fin hâtive", page.early),
            ("Fin prévue", page.planned),
            ("Suivies moins longtemps", page.shorter),
            ("Relations (n)", page.count),
        ):
            assert agrees(line[heading], number)
    in_period = Scope(of_page.programs, year.last_day, year)
    of_class = status_classes(cast.alain, in_period).counts
    for line, kind in zip(rows(document, "six-situations"), LABELS, strict=True):
        assert agrees(line["Élèves"], of_class[kind])


def test_the_page_of_a_fixed_period_tells_of_the_six_what_the_file_tells(cast: Cast, year: Period) -> None:
    """Masked otherwise, one would give back what the other masks."""
    theirs = list(Dyad.objects.filter(student__family_name="Z").order_by("pk"))
    Dyad.objects.filter(pk__in=[dyad.pk for dyad in theirs[3:14]]).delete()
    for dyad in theirs[5:14]:
        Referral.objects.create(student=dyad.student, program=dyad.program, referred_on=year.since)
    page = FIGURES["classes"].draw(cast.alain, Scope(led_programs(cast.alain, on=cast.on), cast.on, year))
    assert page
    shown = [row.count for row in page.rows]  # type: ignore[attr-defined]
    told = [row["Élèves"] for row in rows(made(cast.alain, TOTALS, year), "six-situations")]
    assert [Unsaid.MASKED if count is None else count for count in shown] == told
    assert Unsaid.MASKED in told


def test_what_is_told_adds_up_and_is_of_no_few(cast: Cast, year: Period) -> None:
    document = made(cast.alain, TOTALS, year)
    [line] = [row for row in rows(document, "maintien") if row["Mois"] == 3 and row["Commencées en"] == "2025-2026"]
    names = ("Encore suivies", "Fin hâtive", "Fin prévue", "Suivies moins longtemps")
    begun = Dyad.objects.filter(program__school=cast.school, starts_on__gte=year.since, starts_on__lt=year.until)
    assert line["Relations (n)"] == begun.count() > 60
    parts = [line[name] for name in names]
    assert Unsaid.MASKED in parts or sum(int(str(part)) for part in parts) == line["Relations (n)"]
    for sheet in document.sheets[:-2]:
        kinds = {str(column.heading): column.kind for column in sheet.columns}
        for row in rows(document, sheet.name):
            few = {
                heading
                for heading, cell in row.items()
                if kinds[heading] == "number" and isinstance(cell, int) and cell in SMALL
            }
            assert few <= {"Mois", "De (mois)", "À (mois)", "Programmes de la moyenne"}, (sheet.name, row)
    words = str([list(sheet.table.cells) for sheet in document.sheets])
    assert not {student.family_name for student in Student.objects.exclude(family_name="Z")} & set(words.split())
    assert document.hidden > 0
    part = made(cast.alain, TOTALS, Period(year.since, year.last_day))
    assert [picture.sheet for picture in part.pictures] == ["tables-de-survie"]
    assert "<svg" in part.pictures[0].svg


def test_early_endings_are_told_of_a_whole_year_alone(cast: Cast, year: Period) -> None:
    names = [sheet.name for sheet in made(cast.alain, TOTALS, year).sheets]
    assert {"fins-hatives-motifs", "fins-hatives-initiative"} < set(names)
    term = Period(year.since, year.since + timedelta(days=70))
    names = [sheet.name for sheet in made(cast.alain, TOTALS, term).sheets]
    assert not {"fins-hatives-motifs", "fins-hatives-initiative"} & set(names)


def test_it_takes_the_same_queries_whatever_the_programmes(
    cast: Cast, year: Period, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for more in range(2):
        with django_assert_max_num_queries(12):
            made(cast.robert, BOARD, year)
        for n in range(15):
            program = Program.objects.create(
                board=cast.board, school=cast.school, name=f"P{more}{n}", domain="mentoring"
            )
            Dyad.objects.create(
                board=cast.board, program=program, mentor=cast.ines_marc.mentor, student=cast.ines, starts_on=year.since
            )
    assert not DyadMeeting.objects.filter(dyad__program__name__startswith="P0").exists()


LAST = date(2026, 6, 19)


def lived(*counts: tuple[int, float, Outcome], begun_on: date = date(2024, 9, 16)) -> Facts:
    """Relations of one year of start, so many of each length and outcome."""
    lives = [
        Life(
            "2024-2025", 1, 100 * at + one, begun_on, begun_on, None, LAST,
            Length(months, outcome is Outcome.EARLY, outcome is Outcome.PLANNED), "", "",
        )
        for at, (number, months, outcome) in enumerate(counts)
        for one in range(number)
    ]  # fmt: skip
    return Facts([], lives, frozenset(), Period(date(2025, 9, 15), date(2026, 6, 20)), LAST)


EARLY, PLANNED, GOING = Outcome.EARLY, Outcome.PLANNED, Outcome.GOING


def test_few_early_ends_are_told_with_those_before_them() -> None:
    """Six by three months and three by six: nine by six months, and what comes after."""
    told = Told(lived((6, 2, EARLY), (3, 5, EARLY), (93, 9, PLANNED), (20, 20, GOING)), with_endings=False)
    found = [(line.until, line.at_risk, line.early, line.left) for line in lives(told)]
    assert found == [(6, 122, 9, 0), (10, 113, 0, 93), (12, 20, 0, 0)]
    assert [line.early for line in retention(told) if line.months == 6] == [9]


def test_a_year_of_start_of_one_block_has_a_masked_line() -> None:
    told = Told(lived((3, 2, EARLY), (93, 9, PLANNED), (20, 20, GOING)), with_endings=False)
    found = [(line.since, line.until, line.at_risk, line.early, line.share) for line in lives(told)]
    assert found == [(0, 12, 116, Unsaid.MASKED, Unsaid.MASKED)]


def test_no_share_is_told_once_one_too_recent_to_be_of_it_has_ended() -> None:
    """Of relations begun three months ago, early ends alone would count among those of six months."""
    old = lived((10, 5, EARLY), (79, 9, PLANNED))
    lasting, ended = (
        replace(old, lives=[*old.lives, *lived(*young, begun_on=date(2026, 3, 16)).lives])
        for young in ([(12, 3, GOING)], [(6, 2, EARLY), (12, 3, GOING)])
    )
    shares = [
        {line.months: line.share for line in retention(Told(facts, with_endings=False))}[6]
        for facts in (old, lasting, ended)
    ]
    assert shares == [88.8, 88.8, Unsaid.UNKNOWN]


def test_the_page_on_method_says_what_two_files_of_two_days_reveal() -> None:
    """Eight early ends in one file and ten in a later one: the two are in nobody's table, and told by both."""
    early = [
        next(line.early for line in retention(Told(facts, with_endings=False)) if line.months == 6)
        for facts in (lived((8, 5, EARLY), (80, 9, PLANNED)), lived((10, 5, EARLY), (80, 9, PLANNED)))
    ]
    assert early == [8, 10]
    said = " ".join(next(part.said for part in PARTS if part.key == "masquage"))
    assert "disent donc ce qui a changé de l’un à l’autre" in said
    assert "la même chose" not in said
