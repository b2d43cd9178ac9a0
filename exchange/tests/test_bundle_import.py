"""import_bundle: what it stores, what it leaves alone, and that it is all or nothing."""

from datetime import date, time
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.tests.bundles import EVERYTHING, edited, write
from mentoring.models import DifficultEvent, Dyad, DyadMeeting, FollowUp, Mentor, StyleSelfAssessment
from people.models import AuditEntry, Guardian, Membership, School, SchoolBoard, Student, User
from programs.models import (
    FamilyContact,
    GroupMeeting,
    GroupMember,
    Program,
    SchoolDay,
    StudentContact,
    TeacherRelease,
)

pytestmark = pytest.mark.django_db


def load(path: Path, *arguments: str) -> str:
    out = StringIO()
    call_command("import_bundle", str(path), *arguments, stdout=out, skip_checks=True)
    return out.getvalue()


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    path = write(tmp_path / "all.zip", EVERYTHING)
    load(path)
    return path


def writes(path: Path) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load(path)
    return [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_every_column_reaches_its_field(everything: Path) -> None:
    meeting = GroupMeeting.objects.get(key="M1")
    assert (meeting.board.key, meeting.starts_at, meeting.activities) == (
        "css-a",
        time(12, 5),
        ["jeux", "anniversaires"],
    )
    assert (meeting.note, meeting.note_level, meeting.planned) == ("Une note,\nsur deux lignes", "confidential", True)
    assert meeting.logged_by == User.objects.get(key="P1")
    program = Program.objects.get(key="PM")
    assert (program.whole_class, program.prevents_dropout, program.cadence_days) == (None, True, 9)
    assert TeacherRelease.objects.get(person__key="P1").percent == Decimal("12.5")
    dyad = Dyad.objects.get(key="D1")
    assert (dyad.mentor.person.key, dyad.ends_on, dyad.planned_handover) == ("P1", date(2026, 11, 10), True)
    assert DyadMeeting.objects.get(key="R1").structured is True
    assert DyadMeeting.objects.get(key="R2").structured is None
    assert SchoolBoard.objects.get(key="css-b").time_zone == "America/Winnipeg"
    contact = StudentContact.objects.get(key="SC1")
    assert (contact.note, contact.note_level, contact.minutes) == ("Ça va mieux", "confidential", 20)
    assert FamilyContact.objects.get(key="FC1").guardian == Guardian.objects.get(key="G1")
    assert Program.objects.get(key="PM").logging_grace_days == 10
    assert Program.objects.get(key="PG").logging_grace_days == 7
    assert DifficultEvent.history.count() == 2
    assert GroupMember.history.count() == 3, "the first state of a tracked record is remembered"


def test_the_markers_of_a_style_are_counted(tmp_path: Path, everything: Path) -> None:
    counts = StyleSelfAssessment.objects.values_list("key", "developmental", "prescriptive").order_by("key")
    assert list(counts) == [("SA1", 2, 1), ("SA2", 0, 0), ("SA3", 0, 1)]
    rows = "key,mentor,on,markers\nSA1,P1,2026-10-01,change|change|means\n"
    load(write(tmp_path / "b.zip", {"style_assessments.csv": rows}))
    assert next(iter(counts.all())) == ("SA1", 0, 2)
    load(write(tmp_path / "c.zip", {"style_assessments.csv": "key,mentor,on\nSA1,P1,2026-10-03\n"}))
    assert next(iter(counts.all())) == ("SA1", 0, 2)


def test_an_entry_that_was_undone_and_is_in_the_file_comes_back(everything: Path) -> None:
    FollowUp.objects.update(deleted_at=timezone.now())
    load(everything)
    assert FollowUp.objects.filter(deleted_at=None).count() == 2


def test_people_can_not_sign_in_until_they_choose_a_password(everything: Path) -> None:
    assert not User.objects.get(key="P1").has_usable_password()
    assert User.objects.get(key="P4").email is None


def test_roles_are_held_at_the_school_or_at_the_board(everything: Path) -> None:
    held = set(
        Membership.objects.filter(starts_on=None, ends_on=None).values_list("person__key", "role", "school__key")
    )
    assert held == {
        ("P1", "resource_teacher", "E1"),
        ("P1", "mentor", "E1"),
        ("P2", "program_lead", "E1"),
        ("P2", "school_manager", "E2"),
        ("P3", "trainer", None),
        ("P3", "board_admin", None),
        ("Q1", "mentor", "F1"),
        ("Q1", "privacy_officer", None),
    }


def test_a_second_import_writes_nothing(everything: Path) -> None:
    assert writes(everything) == []


def test_a_second_import_asks_as_much_of_1_row_as_of_30(tmp_path: Path, everything: Path) -> None:
    header, first = "key,dyad,on,status\n", "R1,D1,2026-09-15,held\n"
    more = "".join(f"N{n},D2,2026-09-15,held\n" for n in range(30))
    counts = []
    for rows in (first, first + more):
        path = write(tmp_path / "meetings.zip", {"dyad_meetings.csv": header + rows})
        load(path)
        with CaptureQueriesContext(connection) as queries:
            load(path)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_known_key_is_updated_and_the_other_rows_stay(tmp_path: Path, everything: Path) -> None:
    said = load(write(tmp_path / "b.zip", {"students.csv": edited("students.csv", 2, "grade", "2")}))
    assert "créées 0, mises à jour 1, inchangées 2" in said
    assert Student.objects.get(key="S1").grade == 2
    load(write(tmp_path / "c.zip", {"guardians.csv": "key,student,given_name\nG9,S2,Luc\n"}))
    assert Guardian.objects.filter(key__in=["G1", "G9"]).count() == 2


def test_an_absent_column_leaves_the_value_and_an_empty_cell_removes_it(tmp_path: Path, everything: Path) -> None:
    header = "key,school,given_name,family_name"
    load(write(tmp_path / "b.zip", {"students.csv": f"{header}\nS1,E1,Inès,Renommée\n"}))
    student = Student.objects.get(key="S1")
    assert (student.family_name, student.grade, student.birth_date) == ("Renommée", 1, date(2013, 3, 4))
    load(write(tmp_path / "c.zip", {"students.csv": f"{header},grade\nS1,E1,Inès,Renommée,\n"}))
    student.refresh_from_db()
    assert (student.grade, student.birth_date) == (None, date(2013, 3, 4))


def test_an_update_is_remembered_and_marks_the_moment(tmp_path: Path, everything: Path) -> None:
    before = DyadMeeting.objects.get(key="R1")
    load(write(tmp_path / "b.zip", {"dyad_meetings.csv": "key,dyad,on,status,minutes\nR1,D1,2026-09-15,held,45\n"}))
    after = DyadMeeting.objects.get(key="R1")
    assert [h.minutes for h in after.history.order_by("history_id")] == [30, 45]
    assert after.saved_at > before.saved_at
    assert after.entry_uuid == before.entry_uuid


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "all.zip", EVERYTHING)
    said = load(path, "--dry-run")
    assert "boards.csv\u00a0: lignes créées 2" in said
    assert not SchoolBoard.objects.exists()
    assert not AuditEntry.objects.exists()


def test_nothing_is_stored_when_one_cell_of_the_last_file_is_wrong(tmp_path: Path) -> None:
    wrong = edited("dyad_meetings.csv", 5, "on", "2026-13-01")
    with pytest.raises(CommandError):
        load(write(tmp_path / "all.zip", EVERYTHING, dyad_meetings=wrong))
    assert not SchoolBoard.objects.exists()


def test_boards_may_be_absent_when_the_database_has_them(tmp_path: Path, everything: Path) -> None:
    load(write(tmp_path / "b.zip", {"schools.csv": "key,board,name\nE9,css-a,École Neuf\n"}))
    assert School.objects.get(key="E9").board.key == "css-a"


def test_two_boards_may_use_the_same_keys(tmp_path: Path, everything: Path) -> None:
    """A bundle that names its board means that board's rows."""
    other = {
        "boards.csv": "key,name\ncss-b,Commission du Nord\n",
        "schools.csv": "key,board,name\nE1,css-b,Ailleurs\n",
        "students.csv": "key,school,given_name,family_name\nS1,E1,Autre,Élève\n",
    }
    load(write(tmp_path / "b.zip", other))
    assert set(School.objects.filter(key="E1").values_list("board__key", "name")) == {
        ("css-a", "École Un"),
        ("css-b", "Ailleurs"),
    }
    assert set(Student.objects.filter(key="S1").values_list("board__key", "given_name")) == {
        ("css-a", "Inès"),
        ("css-b", "Autre"),
    }


def test_one_bundle_may_use_one_key_in_two_boards_where_another_reference_tells_which(tmp_path: Path) -> None:
    files = {
        "boards.csv": "key,name\nA,Un\nB,Deux\n",
        "schools.csv": "key,board,name\nE,A,École A\nE,B,École B\n",
        "people.csv": "key,board,school,roles\nP,A,E,mentor\nR,B,E,mentor\n",
    }
    load(write(tmp_path / "b.zip", files))
    assert User.objects.get(key="P").school.name == "École A"
    assert User.objects.get(key="R").school.name == "École B"
    with pytest.raises(CommandError, match="existe dans plusieurs organismes"):
        load(write(tmp_path / "c.zip", files, students="key,school,given_name,family_name\nS,E,A,B\n"))


def test_roles_become_what_the_list_says(tmp_path: Path, everything: Path) -> None:
    header = "key,board,school,roles\n"
    load(write(tmp_path / "b.zip", {"people.csv": f"{header}P1,css-a,E1,mentor|school_manager\n"}))
    mine = Membership.objects.filter(person__key="P1")
    assert set(mine.values_list("role", "program__key")) == {
        ("mentor", None),
        ("school_manager", None),
        ("program_lead", "PM"),
    }
    load(write(tmp_path / "c.zip", {"people.csv": f"{header}P1,css-a,E2,mentor\n"}))
    assert set(mine.values_list("role", "school__key")) == {("mentor", "E2"), ("program_lead", None)}


def test_what_memberships_state_is_not_undone_by_roles(tmp_path: Path) -> None:
    files = {
        "boards.csv": "key,name\nA,Un\n",
        "schools.csv": "key,board,name\nE,A,École\n",
        "people.csv": "key,board,school,roles\nP,A,E,mentor\n",
        "memberships.csv": "person,role,school,ends_on\nP,mentor,E,2026-01-01\nP,trainer,E,\n",
    }
    path = write(tmp_path / "b.zip", files)
    load(path)
    state = list(Membership.objects.order_by("role").values_list("role", "ends_on"))
    assert state == [("mentor", date(2026, 1, 1)), ("trainer", None)]
    assert writes(path) == []


def test_addresses_are_lower_case_and_two_people_may_exchange_theirs(tmp_path: Path, everything: Path) -> None:
    header = "key,board,email\n"
    swap = f"{header}P1,css-a,JULIE@a.example\nP2,css-a,Nadia@A.example\n"
    load(write(tmp_path / "b.zip", {"people.csv": swap}))
    assert dict(User.objects.filter(key__in=["P1", "P2"]).values_list("key", "email")) == {
        "P1": "julie@a.example",
        "P2": "nadia@a.example",
    }


def test_what_spreadsheets_do_to_a_file_is_accepted(tmp_path: Path) -> None:
    """A mark at the start, everything in a folder, TRUE, blank rows at the end, other ends of line."""
    days = "school,date,kind\r\nE1,2026-09-01,class\r\n\r\n,,\r\n"
    path = tmp_path / "b.zip"
    files = {
        "paquet/boards.csv": b"\xef\xbb\xbf" + "key,name\nA,Été\n".encode(),
        "paquet/schools.csv": "key,board,name\nE1,A,École\n",
        "paquet/school_days.csv": days,
        "paquet/programs.csv": "key,school,name,domain,whole_class\nP,E1,P,group,TRUE\n",
        "paquet/datapackage.json": "{}",
        "__MACOSX/paquet/._boards.csv": "\0",
    }
    load(write(path, files))
    assert SchoolDay.objects.count() == 1
    assert Program.objects.get().whole_class is True


def test_two_rows_that_say_the_same_are_one_record(tmp_path: Path, everything: Path) -> None:
    load(
        write(
            tmp_path / "b.zip",
            {"trainings.csv": "person,kind,completed_on,minutes\n" + "P3,initial,2026-01-05,60\n" * 2},
        )
    )
    assert Mentor.objects.get(person__key="P3").person.trainings.count() == 1


def test_the_audit_tells_that_a_board_received_a_bundle(everything: Path) -> None:
    assert set(AuditEntry.objects.values_list("verb", "board__key")) == {
        ("bundle.imported", "css-a"),
        ("bundle.imported", "css-b"),
        ("account.closed", "css-a"),
    }
