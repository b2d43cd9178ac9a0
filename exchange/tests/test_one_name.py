"""A person with one name: every door takes them, and what goes out comes back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exchange.bundle.importing import import_bundle
from exchange.reading import Refused
from exchange.tests.bundles import EVERYTHING, write
from exchange.tests.roster_files import ONEROSTER_11, archive, run
from exchange.tests.test_bundle_export import export, taken_back
from people.actions.students import add_student
from people.models import Guardian, School, SchoolBoard, Student, User

pytestmark = [pytest.mark.django_db, pytest.mark.on_postgresql]

ONE = {"Inès,Benali": "Inès,", "Loïc,Gauthier": ",Gauthier", "Amel,Benali": ",Benali", "Nadia,Ferhat": ",Ferhat"}


def by_roster(path: Path) -> None:
    names = ONEROSTER_11["users.csv"].replace("Zoé,Tanguay", ",Tanguay").replace("Luc,Tanguay", ",Tanguay")
    run(archive(path, {**ONEROSTER_11, "users.csv": names.replace("Rose,Lapointe", "Rose,")}), board="css-a")


def by_bundle(path: Path) -> None:
    files = dict(EVERYTHING)
    for whole, one in ONE.items():
        files = {name: text.replace(whole, one) for name, text in files.items()}
    import_bundle(path=write(path / "one.zip", files))


def by_page(path: Path) -> None:
    board = SchoolBoard.objects.create(key="css-a", name="A")
    school = School.objects.create(board=board, key="e", name="École")
    person = User.objects.create_user("alain@a.example", board=board, school=school, family_name="Alain")
    for given, family in (("Sukarno", ""), ("", "Najibullah")):
        names = {"given_name": given, "family_name": family}
        add_student(school=school, **names, number="", birth_date=None, grade=1, person=person, on=board.local_date())


@pytest.mark.parametrize("door", [by_roster, by_bundle, by_page])
def test_who_has_one_name_goes_out_and_comes_back(tmp_path: Path, door: Callable[[Path], None]) -> None:
    with taken_back():
        door(tmp_path)
        people = [*Student.objects.all(), *Guardian.objects.all(), *User.objects.all()]
        assert any(not one.given_name for one in people)
        assert not [one for one in people if str(one) != str(one).strip()]
        first = export(tmp_path / "first.zip")
    import_bundle(path=tmp_path / "first.zip")
    assert export(tmp_path / "second.zip") == first


@pytest.mark.parametrize("file", ["students.csv", "guardians.csv"])
def test_no_name_at_all_is_refused(tmp_path: Path, file: str) -> None:
    whole = "Inès,Benali" if file == "students.csv" else "Amel,Benali"
    with pytest.raises(Refused) as refused:
        import_bundle(path=write(tmp_path / "a.zip", {**EVERYTHING, file: EVERYTHING[file].replace(whole, ",")}))
    assert [(p.file, p.row, p.column) for p in refused.value.problems] == [(file, 2, "given_name")]
