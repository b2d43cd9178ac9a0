"""The class and the homeroom of a student: what lists say, where one reads it, what is kept of a former year."""

from pathlib import Path

import pytest

from exchange.bundle.importing import import_bundle
from exchange.tests.bundles import write
from exchange.tests.roster_files import ONEROSTER_11, archive, run
from exchange.tests.test_imports import ClientOf, apply, confirm, send, text
from people.apart import tell_apart
from people.models import FormerGrade, Student
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.on_postgresql]


def zoe(cast: Cast, number: str, **said: object) -> Student:
    names = {"given_name": "Zoé", "family_name": "Roy"}
    return Student.objects.create(board=cast.board, school=cast.school, key=number, grade=3, **names, **said)


def test_a_list_keeps_them_and_says_what_changes(cast: Cast, client_of: ClientOf) -> None:
    zoe(cast, "77", homeroom="301", class_name="3")
    client = client_of(cast.alain)
    run = send(client, text(["77", "", "Roy, Zoé", "Actif", "3", "302"]), "liste.csv")
    confirm(client, run)
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert "<strong>1</strong> <span>à modifier</span>" in page
    assert "301, puis 302" in page
    apply(client, run, cast)
    again = send(client, text(["77", "", "Roy, Zoé", "Actif", "4", "402"]), "liste.csv")
    apply(client, again, cast)
    kept = Student.objects.get(key="77")
    assert (kept.grade, kept.class_name, kept.homeroom) == (4, "4", "402")
    former = FormerGrade.objects.get(student=kept)
    assert (former.grade, former.class_name, former.homeroom) == (3, "3", "302"), "those of the former year"
    client.post(f"/importer/{again.pk}/annuler/")
    kept.refresh_from_db()
    assert (kept.homeroom, FormerGrade.objects.filter(student=kept).count()) == ("302", 0)


def test_namesakes_of_one_year_are_told_apart_by_them(cast: Cast, client_of: ClientOf) -> None:
    one, two = tell_apart([zoe(cast, "1", homeroom="301"), zoe(cast, "2", homeroom="302")])
    assert ("gr. 301" in str(one.listed_name), "gr. 302" in str(two.listed_name)) == (True, True)
    cast.tremplin.members.create(student=one, starts_on=cast.on)
    page = client_of(cast.nadia).get(f"/groupes/{cast.tremplin.pk}/").content.decode()
    assert "secondaire 3 · gr. 301" in page
    offered = client_of(cast.julie).get(f"/groupes/{cast.tremplin.pk}/membres/ajouter/").content.decode()
    assert "secondaire 3 · gr. 302" in offered


def test_a_person_corrects_them(cast: Cast, client_of: ClientOf) -> None:
    student, client = zoe(cast, "1", homeroom="301"), client_of(cast.alain)
    path = f"/eleves/{student.pk}/corriger/"
    said = {"given_name": "Zoé", "family_name": "Roy", "number": "1", "grade": "3", "homeroom": "305", "class_name": ""}
    assert client.post(path, said).status_code == 302
    assert Student.objects.get(pk=student.pk).homeroom == "305"


def test_an_archive_says_the_homeroom(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        **ONEROSTER_11,
        "classes.csv": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
        "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n"
        "f-1,,,302,,,,homeroom,,ec-1,et-1,,,\nc-1,,,Français,,,,scheduled,,ec-1,et-1,,,",
        "enrollments.csv": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,"
        "primary,beginDate,endDate\n"
        "i-1,,,c-1,ec-1,e-1,student,,,\ni-2,,,f-1,ec-1,e-1,student,,,\ni-3,,,f-1,ec-1,p-1,teacher,,,",
    }
    told = run(archive(tmp_path, files))
    assert told["errors"] == []
    assert Student.objects.get(key="e-1").homeroom == "302"


def test_an_older_bundle_leaves_them(cast: Cast, tmp_path: Path) -> None:
    student = zoe(cast, "1", homeroom="301")
    table = f"key,school,given_name,family_name,grade\n1,{cast.school.key},Zoé,Roy,3\n"
    former = "student,grade,until\n1,2,2026-08-20\n"
    import_bundle(path=write(tmp_path / "b.zip", {"students.csv": table, "former_grades.csv": former}))
    student.refresh_from_db()
    assert (student.homeroom, student.former_grades.get().grade) == ("301", 2)
