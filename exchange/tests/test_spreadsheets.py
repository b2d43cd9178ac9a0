"""Tables as spreadsheets and systems of Québec write them are read for what they say, and go out in the strict form."""

import csv
import io
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command

from exchange.bundle.importing import import_bundle
from exchange.bundle.writer import export_bundle
from exchange.days import NoDay, read_day
from exchange.encodings import encoding_of
from exchange.imports import sheets
from exchange.lines import Bounds
from exchange.reading import Member, Refused, Tolerance
from exchange.tables import open_table
from exchange.tests.bundles import EVERYTHING, write
from people.models import SchoolBoard, Student

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def saved_by_excel(text: str) -> bytes:
    """What Excel in Québec saves as « CSV » of a table: semicolons, Windows-1252, days first, decimal commas."""
    rows = csv.reader(io.StringIO(text, newline=""))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("cp1252")


def _cell(cell: str) -> str:
    if cell in ("true", "false"):
        return {"true": "VRAI", "false": "FAUX"}[cell]
    try:
        return f"{date.fromisoformat(cell):%d/%m/%Y}" if len(cell) == 10 else cell.replace("12.5", "12,5")
    except ValueError:
        return cell


def test_a_whole_bundle_saved_by_a_spreadsheet_says_the_same(tmp_path: Path) -> None:
    bundle = {name: saved_by_excel(text) for name, text in EVERYTHING.items()}
    imported = import_bundle(path=write(tmp_path / "excel.zip", bundle))
    assert {one.kind for one in imported.tolerances} >= {"encoding", "separator", "day_first_date"}
    again = import_bundle(path=write(tmp_path / "strict.zip", EVERYTHING))
    assert again.tolerances == []
    assert not any(count.created or count.updated for count in again.values()), "the strict form says nothing else"
    for board in SchoolBoard.objects.all():
        export_bundle(board=board, path=tmp_path / "out.zip")
        assert import_bundle(path=tmp_path / "out.zip").tolerances == []


def test_what_is_tolerated_is_said_once_a_column_with_how_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_bundle(path=write(tmp_path / "a.zip", EVERYTHING))
    rows = [f"N{n};E1;Inès{n};Roy;03/02/2014;1" for n in range(9)]
    rows.insert(0, "key;school;given_name;family_name;birth_date;grade")
    call_command("import_bundle", str(write(tmp_path / "b.zip", {"students.csv": "\n".join(rows)})), skip_checks=True)
    said = capsys.readouterr().err.replace("\u00a0", " ").splitlines()
    assert said == [
        "Toléré : students.csv, ligne 1 : les colonnes sont séparées par « ; » plutôt que par une virgule.",
        "Toléré : students.csv, ligne 2, colonne birth_date : « 03/02/2014 » est lu le jour d’abord : 2014-02-03. "
        "De même 8 autres lignes.",
    ]
    assert set(Student.objects.filter(key__startswith="N").values_list("birth_date", flat=True)) == {date(2014, 2, 3)}


def test_a_header_is_read_without_its_capitals_and_its_empty_cells(tmp_path: Path) -> None:
    import_bundle(path=write(tmp_path / "a.zip", EVERYTHING))
    table = "sep=;\nKEY;School; Given name ;family_name;;\nN1;E1;Inès;Roy;;\n"
    imported = import_bundle(path=write(tmp_path / "b.zip", {"students.csv": table}))
    assert Student.objects.get(key="N1").given_name == "Inès"
    assert {one.kind for one in imported.tolerances} == {"separator", "header_case", "trailing_cells"}


def test_a_header_at_fault_hides_no_cell_at_fault(tmp_path: Path) -> None:
    import_bundle(path=write(tmp_path / "a.zip", EVERYTHING))
    table = "key;school;given_name;birth_date;grade;surnom\nN1;E9;Inès;hier;1;x\nN2;E1;Léa;03/02/2014;9;y\n"
    with pytest.raises(Refused) as refused:
        import_bundle(path=write(tmp_path / "b.zip", {"students.csv": table.encode("cp1252")}))
    assert [(one.row, one.column) for one in refused.value.problems] == [
        (1, "surnom"),
        (2, "birth_date"),
        (2, "school"),
        (3, "grade"),
    ]
    assert not Student.objects.filter(key__startswith="N").exists()


@pytest.mark.parametrize(
    ("text", "day", "kind"),
    [
        ("2014-02-03", date(2014, 2, 3), ""),
        ("2014/02/03", date(2014, 2, 3), "other_date"),
        ("2014-02-03 00:00:00", date(2014, 2, 3), "other_date"),
        ("2014-02-03T05:00:00.000Z", date(2014, 2, 3), "other_date"),
        ("20140203", date(2014, 2, 3), "other_date"),
        ("03/02/2014", date(2014, 2, 3), "day_first_date"),
        (" 3-2-2014 ", date(2014, 2, 3), "day_first_date"),
        ("3.02.2014", date(2014, 2, 3), "day_first_date"),
        ("3 févr. 2014", date(2014, 2, 3), "date_in_words"),
        ("1er\u00a0août 2014", date(2014, 8, 1), "date_in_words"),
        ("03-Déc-2014", date(2014, 12, 3), "date_in_words"),
        ("24 juin 2014", date(2014, 6, 24), "date_in_words"),
        ("24 JUILLET 2014", date(2014, 7, 24), "date_in_words"),
    ],
)
def test_days_as_people_write_them(text: str, day: date, kind: str) -> None:
    assert read_day(text) == (day, kind)


@pytest.mark.parametrize(
    "text", ["02/13/2014", "30/02/2014", "3/2/14", "2014", "3 jui 2014", "12345.0", "0000-01-01", "41673"]
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(NoDay, match="n’est pas une date"):
        read_day(text)


NAMES = ["Zoé", "NOÉMIE", "Élie", "François Lévesque", "L’Île", "Maël", "Anaïs", "Œuvre", "Jérôme Côté", "Hélène"]


@pytest.mark.parametrize("name", ["Zoé", "Jérôme Côté", "Anaïs", "François Lévesque", "Hélène", "NOÉMIE, Zoé"])
def test_the_csv_of_ms_dos_keeps_its_accents(name: str) -> None:
    read = sheets.read_sheet("liste.csv", f'Fiche;Prénom\r\n1;"{name}"\r\n'.encode("cp850"))
    assert (read.header, read.rows) == (["Fiche", "Prénom"], [(2, ["1", name])])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_one_short_name_tells_its_encoding(name: str, encoding: str, separator: str) -> None:
    text = f'"Nom, prénom"{separator}Fiche\n"{name}"{separator}00123\n'
    member = Member("liste.csv", partial(io.BytesIO, text.encode(encoding)))
    assert encoding_of(member) == encoding
    table = open_table(member, Bounds())
    assert (table.header, list(table.rows)) == (["Nom, prénom", "Fiche"], [(2, [name, "00123"])])
    assert all(isinstance(one, Tolerance) for one in table.tolerances)


TITLES = ["", "Liste des élèves", "École Neuve, Lévis, novembre 2026", "Centre des Rives, Lévis\r\nÉcole Neuve, Lévis"]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("end", ["", "Total\u00a0: 2"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_title_above_a_list_does_not_hide_what_cuts_it(title: str, end: str, separator: str) -> None:
    rows = (["Fiche", "Nom", "Prénom"], ["1", '"Roy, fille"', "Zoé"], ["2", '"Roy, a, b, c"', "Ève"])
    lines = [*filter(None, [title]), *map(separator.join, rows), *filter(None, [end])]
    read = sheets.read_sheet("liste.csv", "\r\n".join(lines).encode("cp1252"))
    assert read.header == ["Fiche", "Nom", "Prénom"]
    assert [cells for _row, cells in read.rows][:2] == [["1", "Roy, fille", "Zoé"], ["2", "Roy, a, b, c", "Ève"]]
