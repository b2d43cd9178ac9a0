"""import_roster: what real exports contain is read, and said with its file and row."""

import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.tests.roster_files import ONEROSTER_11, SDS, SECRET, archive, kinds, run, with_rows
from people.models import Guardian, School, Student, User
from programs.models import SchoolYear, Term

pytestmark = pytest.mark.django_db

USERS = ONEROSTER_11["users.csv"]
Files = dict[str, str | bytes]


def users_as(data: str | bytes) -> Files:
    return {**ONEROSTER_11, "users.csv": data}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (("\ufeff" + USERS).encode(), "bom"),
        (USERS.encode("utf-16"), "encoding"),
        (USERS.encode("utf-16-le"), "encoding"),
        (USERS.encode("cp1252"), "encoding"),
        (USERS.encode("mac_roman"), "encoding"),
        (USERS.replace(",", ";").encode(), "separator"),
        (USERS.replace("sourcedId", "SOURCEDID").encode(), "header_case"),
        (USERS.replace("\n", ",,\n").encode(), "trailing_cells"),
        (USERS.replace("\n", "\r\n").encode(), None),
    ],
)
def test_files_of_every_make(tmp_path: Path, data: bytes, kind: str | None) -> None:
    told = run(archive(tmp_path, users_as(data)))
    assert told["errors"] == []
    assert Student.objects.get().given_name == "Zoé"
    found = {note["kind"] for note in told["tolerances"] if note["file"] == "users.csv"}
    assert found - {"ragged_row"} == ({kind} if kind else set())


@pytest.mark.parametrize(
    ("row", "row_kinds"),
    [
        ("x-1,,,false,ec-1,aide,a,,A,B,,,,,,,,", {"disabled_user"}),
        ("x-1,inactive,,true,ec-1,aide,a,,A,B,,,,,,,,", {"inactive"}),
        ("x-1,,,true,ec-1,magicien,a,,A,B,,,,,,,,", {"unknown_role"}),
        ("x-1,,,true,ec-1,teacher,a,,A,B,,,rose@erables.example,,,,,", {"duplicate_email"}),
        ("x-1,,,true,ec-1,teacher,a,,A,B,,,rose sans arobase,,,,,", {"invalid_email"}),
        ("x-1,,,true,ec-1,teacher,a,,A,B", {"ragged_row"}),
        ("x-1,,,true,ec-1,teacher,a,,A,B,,,,,,,,,encore", {"ragged_row"}),
        ("x-1,,,true,ec-1,student,a,,A,B,,,,,,,12,", {"grade"}),
        ('x-1,,,true,ec-1,student,a,,A,B,,,,,,,"08,09",', {"several_grades"}),
        ("x-1,,,true,nulle-part,student,a,,A,B,,,,,,,07,", {"no_school"}),
        ("x-1,,,true,ec-1,,a,,A,B,,,,,,,,", {"no_role"}),
        ("x-1,,,true,ec-1,parent,a,,A,B,,,,,,,,", {"guardian_alone"}),
        ("x-1,,,true,ec-1,parent,a,,A,B,,,,,,p-1,,", {"relation_ignored", "guardian_alone"}),
        ("x-1,,,true,ec-1,teacher,a,,,,,,,,,,,", {"missing_name"}),
        ("x-1,retiré,,true,ec-1,teacher,a,,A,B,,,,,,,,", {"unknown_status"}),
    ],
)
def test_people_of_every_kind(tmp_path: Path, row: str, row_kinds: set[str]) -> None:
    told = run(archive(tmp_path, with_rows(ONEROSTER_11, "users.csv", row)))
    assert told["errors"] == []
    assert {kind for file, number, kind in kinds(told) if (file, number) == ("users.csv", 5)} == row_kinds
    assert Student.objects.filter(key="e-1").exists()


def test_a_closed_account_is_imported_closed(tmp_path: Path) -> None:
    run(archive(tmp_path, users_as(USERS.replace("p-1,,,true", "p-1,,,false"))))
    assert not User.objects.get().is_active


def test_day_first_dates_are_read_and_said(tmp_path: Path) -> None:
    files = {**ONEROSTER_11, "demographics.csv": "sourcedId,birthDate\ne-1,03/04/2012"}
    told = run(archive(tmp_path, files))
    assert Student.objects.get().birth_date.isoformat() == "2012-04-03"  # type: ignore[union-attr]
    note = next(note for note in told["tolerances"] if note["kind"] == "day_first_date")
    assert (note["file"], note["row"], note["column"]) == ("demographics.csv", 2, "birthDate")


def test_references_that_lead_nowhere_are_listed_those_of_other_files_too(tmp_path: Path) -> None:
    files: Files = {**with_rows(ONEROSTER_11, "orgs.csv", "ec-2,,,École Neuve,school,,disparu")}
    files["enrollments.csv"] = "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\ni-1,c-9,ec-1,e-1,student"
    told = run(archive(tmp_path, files))
    found = {(item["file"], item["row"], item["column"], item["value"]) for item in told["dangling"]}
    assert found == {
        ("orgs.csv", 4, "parentSourcedId", "disparu"),
        ("enrollments.csv", 2, "classSourcedId", "c-9"),
    }


def test_a_reference_to_what_an_earlier_file_brought_leads_somewhere(tmp_path: Path) -> None:
    run(archive(tmp_path, ONEROSTER_11))
    header = USERS.partition("\n")[0]
    files: Files = {"users.csv": f"{header}\ne-2,,,true,ec-1,student,leo,,Léo,Tanguay,,,,,,,7,"}
    told = run(archive(tmp_path, files))
    assert told["dangling"] == []
    missing = {("orgs.csv", None, "missing_file"), ("academicSessions.csv", None, "missing_file")}
    assert missing <= kinds(told)
    assert Student.objects.get(key="e-2").school == School.objects.get()


def test_a_term_without_a_year_gets_one_from_july_to_june(tmp_path: Path) -> None:
    sessions = ONEROSTER_11["academicSessions.csv"].splitlines()
    files = {**ONEROSTER_11, "academicSessions.csv": "\n".join([sessions[0], sessions[2]])}
    told = run(archive(tmp_path, files))
    year = SchoolYear.objects.get()
    assert (year.label, str(year.starts_on), str(year.ends_on)) == ("2026-2027", "2026-07-01", "2027-07-01")
    assert Term.objects.get().school_year == year
    assert ("academicSessions.csv", 2, "year_deduced") in kinds(told)
    assert [item["value"] for item in told["dangling"]] == ["an-2026"]
    assert run(archive(tmp_path, files))["counts"]["school_years"]["created"] == 0


def test_a_guardian_link_to_a_doctor_is_not_kept(tmp_path: Path) -> None:
    told = run(archive(tmp_path, with_rows(SDS, "relationships.csv", "e-1,p-1,doctor")))
    assert ("relationships.csv", 4, "relation_ignored") in kinds(told)
    assert Guardian.objects.count() == 2


@pytest.mark.parametrize(
    "files",
    [
        {"orgs.csv": ONEROSTER_11["orgs.csv"]},  # no users
        {"users.csv": "nom,prénom\nRose,Lapointe"},  # another header
        {"users.csv": USERS},  # schools of which nothing is known
        {"users.csv": b"sourcedId,role\n\x00\x01"},
        {"../users.csv": USERS},
        {"users.csv": USERS.split("\n")[0] + "\n" + "0" * 40_000_000},
        {"lisez-moi.txt": "rien"},
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(tmp_path: Path, files: Files) -> None:
    told = run(archive(tmp_path, files))
    assert told["errors"]
    assert all(error["message"] and error["file"] for error in told["errors"])
    assert not Student.objects.exists()


def test_a_file_that_is_no_zip_is_refused_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "liste.zip"
    path.write_text("bonjour")
    with pytest.raises(CommandError, match="Rien n’est importé"):
        call_command("import_roster", path, board="erables")
    assert not zipfile.is_zipfile(path)


SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL = {
    "oneroster/oneroster_test_data.zip": ("OneRoster 1.2", 1, 0, 1, 0, 0),
    "oneroster/Test_full_data_set.zip": ("OneRoster 1.1", 1, 2, 3, 1, 5),
    "sds": ("School Data Sync 2.1", 4, 2, 4, 3, 0),
}


@pytest.mark.parametrize("name", [name for name in REAL if (SHARED / name).exists()])
def test_real_rosters_where_they_are(name: str) -> None:
    told = run(SHARED / name)
    counts = [School.objects.count(), User.objects.count(), Student.objects.count(), Guardian.objects.count()]
    assert (told["format"], *counts, len(told["dangling"])) == REAL[name]
    again = run(SHARED / name)
    assert all(count["created"] == count["updated"] == 0 for count in again["counts"].values())


@pytest.mark.parametrize(
    "users",
    [
        USERS.replace("Lapointe", '"Lapointe'),
        USERS.replace("Lapointe", '"Lapointe').replace("Zoé,Tanguay", 'Zoé,"Tanguay"'),
        USERS.replace("Luc,Tanguay", 'Luc,"Tanguay'),
        USERS.replace(",password", "").replace(f",{SECRET}", "").replace("g-1,09", 'g-1,"09'),
    ],
    ids=["first row", "closed by a later row", "last row", "last column"],
)
def test_an_open_quote_swallows_no_row_and_no_password(tmp_path: Path, users: str) -> None:
    told = run(archive(tmp_path, users_as(users)))
    assert [(e["file"], "guillemet" in e["message"]) for e in told["errors"]] == [("users.csv", True)]
    assert not User.objects.exists()
    assert not Student.objects.exists()


def test_a_quoted_cell_may_hold_a_line_break(tmp_path: Path) -> None:
    told = run(archive(tmp_path, users_as(USERS.replace("Tanguay,,,zoe", '"Tan\nguay",,,zoe'))))
    assert told["errors"] == []
    assert Student.objects.exists()
