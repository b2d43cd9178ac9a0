"""One document in every format: the same figures, types that hold, text that stays text, the same bytes again."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import python_calamine
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from frictionless import validate

from people.models import User
from people.spreadsheets import guarded
from programs.fixed_periods import Named, Period
from reports.asking import Ask
from reports.audiences import TOTALS, audiences_of
from reports.csv_files import lines
from reports.document import Document, Layout, Picture, Rates
from reports.facts import facts
from reports.formats import FORMATS, silent
from reports.formats import pdf as pdf_format
from reports.formats.files import Watch
from reports.formats.xlsx.styles import sheet_name
from reports.registry import FIGURES, REPORTS
from reports.tables import Column, Kind, Table, Unsaid
from tests.cast import Cast
from tests.printed import faults_of, scopes_of

LIKE_NUMBERS = ("007", "10E2", "1-2", "11-12", "MARS 3", "=1+1", "@ecole", "a@b.example", "https://exemple.org")
TRICKY = ("page\x0bsuivante", " autour ", "ligne\nsuivante", "_x0041_", "A & <B>", "x" * 40_000)


class Row(NamedTuple):
    name: str
    held: int | Unsaid | None
    mean: float | None
    share: float | Unsaid
    since: date | None
    planned: bool | None


ROWS = [
    *(Row(name, at, at / 4, 100 * at / 7, date(2026, 9, 1), at % 2 == 0) for at, name in enumerate(LIKE_NUMBERS)),
    Row("Petit", Unsaid.MASKED, None, Unsaid.UNFOLLOWED, None, None),
]
LAYOUT = Layout(
    "rencontres",
    "Rencontres: 2025/2026 [par programme, école et niveau]",
    (
        Column("Programme", "name", about="Son nom."),
        Column("Tenues", "held", kind=Kind.NUMBER, about="Combien."),
        Column("Moyenne", "mean", kind=Kind.DECIMAL, about="Par semaine."),
        Column("Part (%)", "share", kind=Kind.PERCENT, about="De toutes."),
        Column("Depuis", "since", kind=Kind.DATE, about="Le premier jour."),
        Column("Prévue", "planned", kind=Kind.YES_NO, about="À l’horaire."),
    ),
)
OTHER = Layout("autres", LAYOUT.title, (Column("Nom", "name", about="Son nom."),))
PICTURE = SafeString(
    '<svg width="90" height="90" viewBox="0 0 9 9" role="img">'
    '<title>Un carré</title><rect width="9" height="9" fill="var(--accent)"/></svg>'
)


@pytest.fixture
def ask(cast: Cast) -> Ask:
    read_at = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
    named = Named("2e étape", Period(date(2026, 9, 1), date(2026, 11, 1)))
    return Ask(cast.julie, cast.board, TOTALS, named, on=cast.on, read_at=read_at, reason="=bilan")


def document(ask: Ask, rows: list[Row] = ROWS) -> Document:
    return Document(
        ask,
        "Le bilan de l’année",
        [LAYOUT.sheet(rows, note="Toutes les rencontres tenues."), OTHER.sheet(iter(rows))],
        counted=[("Relations", 110)],
        rates=Rates.POOLED,
        pictures=[Picture("Un carré", "Il ne dit rien.", lambda: PICTURE, "rencontres")],
        words=["Une phrase pour le conseil."],
    )


def written(name: str, told: Document) -> bytes:
    out = io.BytesIO()
    FORMATS[name].write(told, out, silent)
    return out.getvalue()


def sheets_of(content: bytes) -> dict[str, list[list[Any]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def files_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def lines_of(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=delimiter))


def typed(rows: list[Row] = ROWS) -> Iterator[list[object]]:
    return Table(LAYOUT.columns, rows).cells


def test_every_format_tells_the_same_figures(ask: Ask) -> None:
    sheet = sheets_of(written("xlsx", document(ask)))["Rencontres 2025 2026 par progra"]
    exchanged = lines_of(files_of(written("exchange", document(ask)))["rencontres.csv"], ",")
    french = lines_of(files_of(written("csv", document(ask)))["rencontres.csv"], ";")
    assert sheet[2] == french[0] == [str(column.heading) for column in LAYOUT.columns]
    assert exchanged[0] == ["name", "held", "mean", "share", "since", "planned"]
    for told, in_sheet, in_french, in_exchange in zip(typed(), sheet[3:], french[1:], exchanged[1:], strict=True):
        assert in_sheet == [_in_sheet(cell, column.kind) for cell, column in zip(told, LAYOUT.columns, strict=True)]
        assert in_exchange == [_in_exchange(cell) for cell in told]
        assert in_french == [_in_french(cell, column.kind) for cell, column in zip(told, LAYOUT.columns, strict=True)]


def _in_sheet(cell: object, kind: Kind) -> object:
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, int | float):
        return pytest.approx(cell / 100 if kind is Kind.PERCENT else cell)
    return "" if cell is None else str(cell) if isinstance(cell, Unsaid) else cell


def _in_exchange(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str) and cell[0] in "=@":
        return f"'{cell}"
    return "" if cell is None else str(cell.value) if isinstance(cell, Unsaid) else str(cell)


def _in_french(cell: object, kind: Kind) -> str:
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return f"{cell:.1f}".replace(".", ",") if kind is Kind.PERCENT else str(cell).replace(".", ",")
    return str(cell) if isinstance(cell, Unsaid) else _in_exchange(cell)


def test_the_french_csv_says_what_it_is(ask: Ask) -> None:
    """Period, scope, masking, when it was read: the facts of the cover, in a file of the same dialect."""
    one = Document(ask, "Un seul tableau", [LAYOUT.sheet(ROWS)])
    files = files_of(written("csv", one))
    assert list(files) == ["rapport.csv", "rencontres.csv"]
    assert lines_of(files["rapport.csv"], ";")[1:] == [[fact.label, fact.words] for fact in facts(one)]


def test_no_two_formats_give_one_name() -> None:
    assert len({one.ending for one in FORMATS.values()}) == len(FORMATS)


def test_a_workbook_keeps_any_text_as_text(ask: Ask) -> None:
    rows = [Row(name, None, None, 0, None, None) for name in (*LIKE_NUMBERS, *TRICKY)]
    content = written("xlsx", document(ask, rows))
    sheets = sheets_of(content)
    found = [row[0] for row in sheets["Rencontres 2025 2026 par progra"][3:]]
    assert found[:-6] == list(LIKE_NUMBERS)
    assert found[-6:-1] == ["pagesuivante", " autour ", "ligne\nsuivante", "_x0041_", "A & <B>"]
    assert found[-1] == "x" * (32_767 // 2 - 1) + "…"
    assert b"<f>" not in b"".join(zipfile.ZipFile(io.BytesIO(content)).read(n) for n in _pages(content))
    assert list(sheets) == [
        "Rapport", "Sommaire", "Rencontres 2025 2026 par progra", "Rencontres 2025 2026 par pr (2)",
        "Méthodologie", "Les balises et leurs seuils", "Dictionnaire", "Journal",
    ]  # fmt: skip


def _pages(content: bytes) -> list[str]:
    return [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "/sheet" in name]


def test_a_workbook_says_what_it_is(ask: Ask) -> None:
    sheets = sheets_of(written("xlsx", document(ask)))
    cover = {row[0]: row[1] for row in sheets["Rapport"] if len(row) > 1}
    assert {fact.label: fact.words for fact in facts(document(ask))}.items() <= cover.items()
    assert cover["Période"] == "2e étape, du 1er septembre 2026 au 31 octobre 2026"
    assert cover["Données lues"] == "23 novembre 2026 à 14\u00a0h\u00a030"
    assert cover["Préparé par"] == "responsable de programme"
    journal = {row[0]: row[1] for row in sheets["Journal"] if len(row) > 1}
    assert (journal["Motif"], journal["Nombres masqués"]) == ("=bilan", "1")
    assert [
        "Rencontres: 2025/2026 [par programme, école et niveau]",
        "Tenues",
        "held",
        "nombre entier",
        "Combien.",
    ] in sheets["Dictionnaire"]


def test_a_table_longer_than_a_sheet_goes_on_in_another(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.formats.xlsx.tables.MOST_ROWS", 4)
    sheets = sheets_of(written("xlsx", document(ask)))
    parts = [rows for name, rows in sheets.items() if name.startswith("Rencontres 2025")]
    assert [len(rows) - 3 for rows in parts] == [4, 4, 2, 4, 4, 2]
    assert [row[0] for rows in parts[:3] for row in rows[3:]] == [row.name for row in ROWS]


def test_names_of_sheets_are_valid_and_unlike(ask: Ask) -> None:
    taken: dict[str, object] = {}
    for title in ("'Élèves'", "élèves", "a" * 40, "A" * 31, "[:*?/\\]", "History"):
        taken[sheet_name(title, taken)] = None
    assert len({name.casefold() for name in taken}) == 6
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in taken)


@pytest.mark.parametrize("name", ["xlsx", "csv", "exchange", "pdf"])
def test_the_same_document_gives_the_same_bytes(ask: Ask, name: str) -> None:
    assert written(name, document(ask)) == written(name, document(ask))


def test_what_is_exchanged_is_a_valid_package(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "echange.zip"
    path.write_bytes(written("exchange", document(ask)))
    report = validate(str(path))
    assert report.valid, report.flatten(["type", "message"])
    package = json.loads(files_of(path.read_bytes())["datapackage.json"])
    assert package["created"] == "2026-11-23T19:30:00Z"
    assert "Taux\u00a0: sur toutes les relations ensemble" in package["description"]
    schema = package["resources"][0]["schema"]
    assert schema["missingValues"] == ["", "masked", "unfollowed", "unknown"]
    assert schema["fields"][3] == {"name": "share", "type": "number", "title": "Part (%)", "description": "De toutes."}


@pytest.mark.once
def test_a_printed_report_is_read_by_everybody(ask: Ask) -> None:
    rows = [row for row in ROWS if "." not in row.name]  # An address in a text, which is no link, is worth a warning.
    content = written("pdf", document(ask, rows))
    assert faults_of(content) == []
    scopes = scopes_of(content)
    assert scopes.count("/Row") == len(rows)
    assert scopes.count("/Column") == len(LAYOUT.columns) + len(OTHER.columns)
    for few in (rows[:1], rows[:2], []):
        assert faults_of(written("pdf", document(ask, few))) == [], len(few)


def test_a_printed_report_tells_the_same_figures_and_its_pictures_in_colours(ask: Ask) -> None:
    page = render_to_string(pdf_format.TEMPLATE, pdf_format.printed(document(ask), Watch(silent)))
    cells = [unescape(cell) for cell in re.findall(r"<t[dh](?: [^>]*)?>([^<]*)</t[dh]>", page)]
    first = cells.index("Prévue") + 1
    wanted = [
        _in_french(cell, column.kind) for row in typed() for cell, column in zip(row, LAYOUT.columns, strict=True)
    ]
    assert cells[first : first + len(wanted)] == [words.removeprefix("'") for words in wanted]
    assert 'fill="#0e5c63"' in page
    assert "var(" not in page


def test_what_is_too_long_for_paper_is_said_to_be_elsewhere(ask: Ask) -> None:
    long = [ROWS[0]] * (pdf_format.MOST_PRINTED + 1)
    page = render_to_string(pdf_format.TEMPLATE, pdf_format.printed(document(ask, long), Watch(silent)))
    assert f"compte {len(long)} lignes" in page
    assert ROWS[0].name not in page


def test_progress_counts_rows_and_may_stop_the_writing(ask: Ask) -> None:
    many = [ROWS[0]] * 1200
    seen: list[int] = []
    for name in ("csv", "xlsx", "exchange"):
        seen.clear()
        FORMATS[name].write(document(ask, many), io.BytesIO(), seen.append)
        assert (seen[0], seen[-1]) == (500, 2400)

    def stop(_rows: int) -> None:
        raise InterruptedError

    for name in ("csv", "xlsx", "exchange"):
        with pytest.raises(InterruptedError):
            FORMATS[name].write(document(ask, many), io.BytesIO(), stop)


def test_lines_are_those_of_the_usual_writer(ask: Ask) -> None:
    words = ["", "a;b", 'dit "oui"', "deux\nlignes", "un\rretour", "l’apostrophe ' seule", " autour ", "virgule, ici"]
    for columns in (OTHER.columns, (OTHER.columns[0], OTHER.columns[0])):
        rows = [Row(one, None, None, 0, None, None) for one in words]
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=";").writerows([[guarded(row.name)] * len(columns) for row in rows])
        found = "".join(lines(Table(columns, rows)))
        assert found == f"\ufeff{';'.join(['Nom'] * len(columns))}\r\n{out.getvalue()}"


def test_every_column_of_every_report_says_what_it_holds() -> None:
    """Its line of the dictionary, and a name of its own in the files for programs."""
    layouts = {
        f"{kind.name}, {edition.audience.name}": edition.layouts
        for kind in REPORTS.values()
        for edition in kind.editions
    }
    assert [name for name, found in layouts.items() if not found] == [], "layouts are missing (Edition.layouts)"
    tables = {(name, one.name): one.columns for name, found in layouts.items() for one in found}
    tables |= {("figure", figure.name): figure.columns for figure in FIGURES.values()}
    silent_ones = [(*where, column.name) for where, columns in tables.items() for column in columns if not column.about]
    assert silent_ones == [], "say what they hold (Column.about)"
    names = {where: [column.name for column in columns] for where, columns in tables.items()}
    assert [where for where, found in names.items() if len(set(found)) < len(found)] == [], "two of a name (Column.key)"


def test_a_document_holds_the_tables_that_its_report_declares(cast: Cast) -> None:
    people = {audience: one for one in User.objects.order_by("pk") for audience in audiences_of(one)}
    named = Named("l’année", Period(date(2026, 7, 1), date(2026, 11, 1)))
    for kind in REPORTS.values():
        for edition in kind.editions:
            person = people[edition.audience]
            assert person.board is not None
            read_at = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
            told = edition.build(Ask(person, person.board, edition.audience, named, on=cast.on, read_at=read_at))
            declared = {layout.name: list(layout.columns) for layout in edition.layouts}
            for sheet in told.sheets:
                assert list(sheet.columns) == declared.get(sheet.name), (kind.name, sheet.name)
