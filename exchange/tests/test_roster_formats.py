"""import_roster: every version of the formats is read as itself, and what nobody reads of a file is said."""

from datetime import date
from pathlib import Path

import pytest

from exchange.tests.roster_files import ONEROSTER_11, SDS, SECRET, archive, kinds, run, with_rows
from people.models import Guardian, School, Student, User
from programs.models import SchoolYear, Term

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ONEROSTER_10 = {
    "orgs.csv": ONEROSTER_11["orgs.csv"],
    "academicSessions.csv": "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId\n"
    "an-2026,,,Année 2026-2027,schoolYear,2026-08-27,2027-06-22,",
    "users.csv": "sourcedId,status,dateLastModified,orgSourcedIds,role,username,userId,givenName,familyName,identifier,"
    "email,sms,phone,agents,grade,password\n"
    f"p-1,,,ec-1,teacher,rose,,Rose,Lapointe,,rose@erables.example,,,,,{SECRET}\n"
    f"e-1,,,ec-1,student,zoe,,Zoé,Tanguay,,,,,g-1,09,{SECRET}\n"
    f"g-1,,,ec-1,parent,luc,,Luc,Tanguay,,luc@maison.example,418 555-0101,,e-1,,{SECRET}",
    "demographics.csv": "userSourcedId,status,dateLastModified,birthdate,sex\ne-1,,,2012-02-29,female",
}
SDS_1 = {
    "School.csv": "SIS ID,Name,School Number\nec-1,École du Ruisseau,12\nec-2,École Neuve,13",
    "Student.csv": "SIS ID,School SIS ID,Username,First Name,Last Name,Password,Grade,Birthdate,Status\n"
    f"101,ec-1,zoe@erables.example,Zoé,Tanguay,{SECRET},9,29/02/2012,Active\n"
    f"102,ec-2,leo@erables.example,Léo,Tanguay,{SECRET},7,,",
    "Teacher.csv": "SIS ID,School SIS ID,Username,First Name,Last Name,Secondary Email\n"
    "101,ec-1,Rose@Erables.example,Rose,Lapointe,rose@maison.example\n"
    "101,ec-2,Rose@Erables.example,Rose,Lapointe,rose@maison.example",
    "Section.csv": "SIS ID,School SIS ID,Section Name\nse-1,ec-9,Français 3",
    "StudentEnrollment.csv": "Section SIS ID,SIS ID\nse-1,101",
    "Teacherroster.csv": "Section SIS ID,SIS ID\nse-1,101",
    "User.csv": "Email,First Name,Last Name,Phone,SIS ID\nLuc@maison.example,Luc,Tanguay,418 555-0101,",
    "Guardianrelationship.csv": "SIS ID,Email,Role\n101,luc@maison.example,Parent\n102,luc@maison.example,\n"
    "101,luc@maison.example,Doctor",
}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (ONEROSTER_10, "OneRoster 1.0"),
        ({**ONEROSTER_10, "manifest.csv": "propertyName,value\noneroster.version,1.0"}, "OneRoster 1.0"),
        (ONEROSTER_11, "OneRoster 1.1"),
        (SDS, "School Data Sync 2.1"),
        (SDS_1, "School Data Sync 1"),
        ({name.lower(): text for name, text in SDS_1.items()}, "School Data Sync 1"),
        ({name: text.replace(",", ";") for name, text in SDS_1.items()}, "School Data Sync 1"),
    ],
)
def test_each_version_is_read_as_itself(tmp_path: Path, files: dict[str, str], said: str) -> None:
    told = run(archive(tmp_path, dict(files)))
    assert (told["errors"], told["format"]) == ([], said)
    zoe = Student.objects.get(given_name="Zoé")
    assert (zoe.birth_date, zoe.grade, zoe.school.name) == (date(2012, 2, 29), 3, "École du Ruisseau")
    guardian = Guardian.objects.get(student=zoe)
    assert (str(guardian), guardian.email, guardian.phone) == ("Luc Tanguay", "luc@maison.example", "418 555-0101")
    assert (User.objects.get().email, User.objects.get().family_name) == ("rose@erables.example", "Lapointe")
    again = run(archive(tmp_path, dict(files)))
    assert all(count["created"] == count["updated"] == 0 for count in again["counts"].values())


def test_of_school_data_sync_1_one_number_may_be_a_child_s_and_an_adult_s(tmp_path: Path) -> None:
    told = run(archive(tmp_path, dict(SDS_1)))
    assert Student.objects.get(key="101").given_name == "Zoé"
    assert User.objects.get(key="101").given_name == "Rose"
    assert School.objects.count() == 2
    assert Guardian.objects.count() == 2, "the doctor is left out, the link without a word is a parent's"
    assert {("Guardianrelationship.csv", 4, "relation_ignored"), ("Student.csv", 2, "day_first_date")} <= kinds(told)
    assert [(item["file"], item["column"], item["value"]) for item in told["dangling"]] == [
        ("Section.csv", "School SIS ID", "ec-9")
    ]


SECTIONS = "SIS ID,School SIS ID,Section Name,Term SIS ID,Term Name,Term StartDate,Term EndDate"
YEARS = [
    "se-1,ec-1,Français 3,2025,2025-2026,2025-08-29,2026-06-20",
    "se-2,ec-1,Maths 3,T1,Étape 1,2025-08-29,2025-11-07",
    "se-3,ec-2,Maths 4,T1,Étape 1,2025-08-29,2025-11-07",
    "se-4,ec-2,Musique,,,,",
    "se-5,ec-2,Maths 4,T2,Étape 2,08/11/2025,13/02/2026",
]


def test_of_school_data_sync_1_the_terms_of_the_classes_are_read(tmp_path: Path) -> None:
    files = dict(SDS_1) | {"Section.csv": "\n".join([SECTIONS, *YEARS])}
    told = run(archive(tmp_path, files))
    assert told["errors"] == []
    assert [(year.label, year.starts_on, year.ends_on) for year in SchoolYear.objects.all()] == [
        ("2025-2026", date(2025, 8, 29), date(2026, 6, 21))
    ]
    terms = Term.objects.order_by("starts_on").values_list("school_year__label", "name", "starts_on", "ends_on")
    assert list(terms) == [
        ("2025-2026", "Étape 1", date(2025, 8, 29), date(2025, 11, 8)),
        ("2025-2026", "Étape 2", date(2025, 11, 8), date(2026, 2, 14)),
    ]
    assert ("Section.csv", 6, "day_first_date") in kinds(told)
    again = run(archive(tmp_path, files))
    assert all(count["created"] == count["updated"] == 0 for count in again["counts"].values())


def test_of_school_data_sync_1_terms_that_can_t_be_read_leave_the_rest(tmp_path: Path) -> None:
    american = [row.replace("08/11/2025,13/02/2026", "11/08/2025,02/13/2026") for row in YEARS]
    told = run(archive(tmp_path, dict(SDS_1) | {"Section.csv": "\n".join([SECTIONS, *american])}))
    assert told["errors"] == []
    assert ("Section.csv", 6, "unread_terms") in kinds(told)
    assert not Term.objects.exists()
    assert Student.objects.count() == 2


@pytest.mark.parametrize(
    ("file", "renamed", "column"),
    [
        ("users.csv", ("givenName", "givenNames"), "givennames"),
        ("users.csv", ("agentSourcedIds", "guardians"), "guardians"),
        ("orgs.csv", ("identifier", "city"), "city"),
        ("demographics.csv", ("sex", "prefers"), "prefers"),
    ],
)
def test_a_column_that_is_not_read_is_said_once(
    tmp_path: Path, file: str, renamed: tuple[str, str], column: str
) -> None:
    told = run(archive(tmp_path, {**ONEROSTER_11, file: ONEROSTER_11[file].replace(*renamed)}))
    said = [note for note in told["tolerances"] if note["kind"] == "unread_columns"]
    assert [(note["file"], note["row"], note["column"]) for note in said] == [(file, 1, column)]
    assert column in said[0]["message"]


def test_an_extension_is_no_fault_and_a_foreign_file_is_said(tmp_path: Path) -> None:
    orgs = ONEROSTER_11["orgs.csv"].replace("identifier", "metadata.city")
    told = run(archive(tmp_path, {**ONEROSTER_11, "orgs.csv": orgs, "parents.csv": "a,b\n1,2"}))
    assert {note["kind"] for note in told["tolerances"]} == {"org_ignored", "unread_file"}


@pytest.mark.parametrize(
    ("files", "file", "column"),
    [
        (ONEROSTER_11, "demographics.csv", ("birthDate", "naissance")),
        (SDS, "demographics.csv", ("birthDate", "naissance")),
        (SDS, "demographics.csv", ("userSourcedId", "id")),
        (SDS, "relationships.csv", ("relationshipRole", "lien")),
        (SDS_1, "User.csv", ("Email", "Courriel")),
        (SDS_1, "Guardianrelationship.csv", ("SIS ID", "Fiche")),
    ],
)
def test_an_optional_file_without_its_column_is_said_and_the_rest_is_read(
    tmp_path: Path, files: dict[str, str], file: str, column: tuple[str, str]
) -> None:
    told = run(archive(tmp_path, {**files, file: files[file].replace(*column, 1)}))
    assert told["errors"] == []
    assert (file, 1, "missing_column") in kinds(told)
    assert Student.objects.exists()


def test_people_who_want_for_a_fact_are_counted(tmp_path: Path) -> None:
    rows = ["e-2,,,true,ec-1,student,leo,,Léo,Roy,,,,,,,,", "p-2,,,true,ec-1,teacher,b,,Bo,Roy,,,,,,,,"]
    told = run(archive(tmp_path, with_rows(ONEROSTER_11, "users.csv", *rows)))
    said = {n["kind"]: n["message"].replace("\u00a0", " ") for n in told["tolerances"] if n["kind"].startswith("no_")}
    assert said == {
        "no_birth_date": "élèves sans date de naissance : 1 sur 2.",
        "no_grade": "élèves sans année du secondaire : 1 sur 2.",
        "no_email": "adultes sans adresse, qui ne pourront pas se connecter : 1 sur 2.",
    }
