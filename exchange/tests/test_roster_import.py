"""import_roster: what each format gives, twice, in part, or not at all."""

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.tests.roster_files import ONEROSTER_11, SDS, SECRET, archive, kinds, run, with_rows
from people.models import AuditEntry, Guardian, Membership, School, SchoolBoard, Student, User
from programs.models import SchoolYear, Term

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    return {
        m.__name__: m._base_manager.count() for m in (SchoolBoard, School, SchoolYear, Term, User, Student, Guardian)
    }


def test_oneroster_fills_a_fresh_database(tmp_path: Path) -> None:
    told = run(archive(tmp_path, ONEROSTER_11))
    assert told["format"] == "OneRoster 1.1"
    assert told["errors"] == told["dangling"] == []
    board = SchoolBoard.objects.get(key="erables")
    assert board.name == "Centre de services des Érables"
    assert [school.name for school in School.objects.all()] == ["École du Ruisseau"]
    year = SchoolYear.objects.get()
    assert (year.label, year.starts_on, year.ends_on) == ("Année 2026-2027", date(2026, 8, 27), date(2027, 6, 23))
    term = Term.objects.get()
    assert (term.school_year, term.name, term.ends_on) == (year, "Étape 1", date(2026, 11, 14))
    rose = User.objects.get()
    assert (rose.key, rose.email, rose.school, rose.is_active) == (
        "p-1",
        "rose@erables.example",
        School.objects.get(),
        True,
    )
    zoe = Student.objects.get()
    assert (zoe.given_name, zoe.grade, zoe.birth_date) == ("Zoé", 3, date(2012, 2, 29))
    luc = Guardian.objects.get()
    assert (luc.key, luc.student, luc.relation, luc.phone) == ("g-1:e-1", zoe, "parent", "418 555-0101")


@pytest.mark.parametrize("as_zip", [True, False])
def test_school_data_sync_from_a_folder_or_a_zip(tmp_path: Path, as_zip: bool) -> None:
    for name, text in SDS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = run(archive(tmp_path, SDS) if as_zip else tmp_path)
    assert told["format"] == "School Data Sync 2.1"
    assert User.objects.get().email == "rose@erables.example"  # the user name is an address
    assert list(Student.objects.order_by("key").values_list("key", "grade")) == [("e-1", 3), ("e-2", 1)]
    families = Guardian.objects.order_by("key").values_list("key", "relation", "email")
    assert list(families) == [
        ("g-1:e-1", "tutrice ou tuteur", "luc@maison.example"),
        ("g-1:e-2", "parenté", "luc@maison.example"),
    ]


def test_oneroster_1_2_takes_roles_from_their_file(tmp_path: Path) -> None:
    files = dict(ONEROSTER_11)
    files["manifest.csv"] = files["manifest.csv"].replace("1.1", "1.2")
    files["users.csv"] = (
        "sourcedId,status,enabledUser,username,givenName,familyName,email,agentSourcedIds,grades,primaryOrgSourcedId\n"
        "p-1,,true,rose,Rose,Lapointe,rose@erables.example,,,ec-1\ne-1,,true,zoe,Zoé,Tanguay,,,9,ec-1"
    )
    files["roles.csv"] = (
        "sourcedId,status,userSourcedId,roleType,role,orgSourcedId\n"
        "r-1,,p-1,secondary,teacher,css\nr-2,,p-1,primary,teacher,ec-1\nr-3,,e-1,primary,student,ec-1\n"
        "r-4,tobedeleted,e-1,secondary,teacher,ec-1"
    )
    told = run(archive(tmp_path, files))
    assert told["format"] == "OneRoster 1.2"
    assert User.objects.get().school == School.objects.get(key="ec-1")
    assert Student.objects.get().key == "e-1"
    assert School.objects.filter(key="css").exists()  # someone belongs to it
    assert ("orgs.csv", 2, "org_as_school") in kinds(told)


@pytest.mark.parametrize("files", [ONEROSTER_11, SDS])
def test_a_second_import_changes_nothing(tmp_path: Path, files: dict[str, str]) -> None:
    path = archive(tmp_path, files)
    run(path)
    before, audit = rows(), AuditEntry.objects.count()
    told = run(path)
    assert rows() == before
    assert AuditEntry.objects.count() == audit
    assert all(count["created"] == count["updated"] == count["ended"] == 0 for count in told["counts"].values())
    assert told["counts"]["students"]["unchanged"] == Student.objects.count()


def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path) -> None:
    told = run(archive(tmp_path, ONEROSTER_11), dry_run=True)
    assert told["counts"]["students"] == {"created": 1, "updated": 0, "unchanged": 0, "ended": 0}
    assert set(rows().values()) == {0}


def test_a_known_key_is_updated_and_what_the_file_does_not_say_stays(tmp_path: Path) -> None:
    run(archive(tmp_path, ONEROSTER_11))
    users = ONEROSTER_11["users.csv"].replace("Zoé,Tanguay", "Zoé,Tanguay-Roy").replace("Rose@Erables.example", "")
    files = {**ONEROSTER_11, "users.csv": users}
    del files["demographics.csv"]
    told = run(archive(tmp_path, files))
    assert told["counts"]["students"]["updated"] == 1
    zoe = Student.objects.get()
    assert (zoe.family_name, zoe.birth_date) == ("Tanguay-Roy", date(2012, 2, 29))
    assert User.objects.get().email == "rose@erables.example"


def test_no_role_and_no_password_comes_from_a_file(tmp_path: Path) -> None:
    for name, files in (("un.zip", ONEROSTER_11), ("deux.zip", SDS)):
        run(archive(tmp_path, files, name))
    rose = User.objects.get()
    assert not rose.has_usable_password()
    assert authenticate(email="rose@erables.example", password=SECRET) is None
    assert SECRET not in str([list(model._base_manager.values()) for model in (User, Student, Guardian, AuditEntry)])
    assert not Membership.objects.exists()


def test_who_left_is_ended_once_and_nobody_is_deleted(tmp_path: Path) -> None:
    run(archive(tmp_path, ONEROSTER_11))
    rose = User.objects.get()
    Membership.objects.create(person=rose, role="mentor", board=rose.board, school=rose.school)
    left = ONEROSTER_11["users.csv"].replace("p-1,,", "p-1,tobedeleted,").replace("e-1,,", "e-1,ToBeDeleted,", 1)
    path = archive(tmp_path, with_rows({**ONEROSTER_11, "users.csv": left}, "users.csv", "p-9,tobedeleted,,,ec-1,aide"))
    told = run(path)
    rose.refresh_from_db()
    assert not rose.is_active
    assert rose.memberships.get().ends_on == rose.local_date()
    assert (User.objects.count(), Student.objects.count(), Guardian.objects.count()) == (1, 1, 1)
    assert told["counts"]["adults"]["ended"] == 1
    assert {
        ("users.csv", 2, "tobedeleted"),
        ("users.csv", 3, "student_left"),
        ("users.csv", 5, "tobedeleted"),
    } <= kinds(told)
    assert run(path)["counts"]["adults"]["ended"] == 0


def test_all_or_nothing_and_every_error_at_once(tmp_path: Path) -> None:
    users = with_rows(ONEROSTER_11, "users.csv", ",,,true,ec-1,student,x,,X,Y", "e-1,,,true,ec-1,student,z,,Autre,Nom")
    users["academicSessions.csv"] = ONEROSTER_11["academicSessions.csv"].replace("2026-11-13", "2026-13-11")
    users["demographics.csv"] = "sourcedId,birthDate\ne-1,31/02/2012"
    told = run(archive(tmp_path, users))
    places = {(error["file"], error["row"], error["column"]) for error in told["errors"]}
    assert places == {
        ("users.csv", 5, "sourcedId"),
        ("users.csv", 6, "sourcedId"),
        ("academicSessions.csv", 3, "endDate"),
        ("demographics.csv", 2, "birthDate"),
    }
    assert set(rows().values()) == {0}


def test_a_session_without_a_real_end_is_an_error_of_its_row(tmp_path: Path) -> None:
    sessions = ONEROSTER_11["academicSessions.csv"].replace("2026-11-13", "9999-12-31")
    told = run(archive(tmp_path, {**ONEROSTER_11, "academicSessions.csv": sessions}))
    assert [(error["row"], error["column"]) for error in told["errors"]] == [(3, "endDate")]


def test_addresses_move_between_two_people(tmp_path: Path) -> None:
    second = "p-2,,,true,ec-1,aide,yan,,Yan,Caron,,,yan@erables.example"
    run(archive(tmp_path, with_rows(ONEROSTER_11, "users.csv", second)))
    swapped = {**ONEROSTER_11, "users.csv": ONEROSTER_11["users.csv"].replace("Rose@Erables", "yan@erables")}
    run(archive(tmp_path, with_rows(swapped, "users.csv", second.replace("yan@erables", "rose@erables"))))
    assert dict(User.objects.values_list("key", "email")) == {
        "p-1": "yan@erables.example",
        "p-2": "rose@erables.example",
    }


def test_an_address_of_another_board_is_left_out(tmp_path: Path) -> None:
    path = archive(tmp_path, ONEROSTER_11)
    run(path)
    told = run(path, board="autre")
    assert ("users.csv", 2, "email_taken") in kinds(told)
    assert list(User.objects.order_by("board__key").values_list("board__key", "email")) == [
        ("autre", None),
        ("erables", "rose@erables.example"),
    ]


def test_someone_known_by_their_address_is_not_made_twice(tmp_path: Path) -> None:
    board = SchoolBoard.objects.create(key="erables", name="Érables")
    rose = User.objects.create_user("rose@erables.example", board=board, given_name="R.")
    for _again in range(2):
        told = run(archive(tmp_path, ONEROSTER_11))
    assert User.objects.get() == rose
    assert User.objects.get().given_name == "Rose"
    assert told["counts"]["adults"] == {"created": 0, "updated": 0, "unchanged": 1, "ended": 0}


@pytest.mark.once
def test_queries_do_not_grow_with_people(tmp_path: Path) -> None:
    def queries(count: int) -> int:
        people = [f"e-{n},,,true,ec-1,student,x,,Prénom,Nom {n},,,,,,,8," for n in range(10, 10 + count)]
        families = [f"g-{n},,,true,ec-1,parent,x,,Prénom,Nom {n},,,,,,e-{n},," for n in range(10, 10 + count)]
        path = archive(tmp_path, with_rows(ONEROSTER_11, "users.csv", *people, *families))
        run(path)
        with CaptureQueriesContext(connection) as again:
            run(path)
        return len(again)

    assert queries(1) == queries(30)
