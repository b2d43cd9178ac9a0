"""A number that comes back with another person: nothing is renamed into, whichever file brings it."""

from pathlib import Path

import pytest

from exchange.bundle.importing import import_bundle
from exchange.reading import Refused
from exchange.tests.bundles import EVERYTHING, write
from exchange.tests.roster_files import ONEROSTER_11, archive, kinds, run, with_rows
from mentoring.models import Dyad
from people.models import Guardian, Student, User

pytestmark = pytest.mark.django_db

NAMES = {User: "p-1", Student: "e-1", Guardian: "g-1:e-1"}


def names() -> list[str]:
    return [str(row) for model in NAMES for row in model._base_manager.order_by("pk")]


@pytest.mark.parametrize(
    ("was", "becomes", "row"),
    [
        ("Rose,Lapointe", "Yan,Caron", 2),
        ("Zoé,Tanguay", "Olivier,Champagne", 3),
        ("Luc,Tanguay", "Marc,Champagne", 4),
    ],
)
def test_a_known_number_of_a_roster_is_never_given_to_somebody_else(
    tmp_path: Path, was: str, becomes: str, row: int
) -> None:
    run(archive(tmp_path, ONEROSTER_11))
    before = names()
    other = ONEROSTER_11["users.csv"].replace(was, becomes)
    newcomer = "e-7,,,true,ec-1,student,n,,Nour,Haddad,,,,,,,08,"
    told = run(archive(tmp_path, with_rows({**ONEROSTER_11, "users.csv": other}, "users.csv", newcomer)))
    assert [(error["row"], error["kind"]) for error in told["errors"]] == [(row, "another_identity")]
    known, said = was.replace(",", " "), becomes.replace(",", " ")
    assert known in told["errors"][0]["message"]
    assert said in told["errors"][0]["message"]
    assert names() == before, "all or nothing: a list that was numbered again is wrong everywhere"


def test_who_leaves_is_known_by_more_than_a_number(tmp_path: Path) -> None:
    run(archive(tmp_path, ONEROSTER_11))
    left = ONEROSTER_11["users.csv"].replace("p-1,,", "p-1,tobedeleted,").replace("Rose,Lapointe", "Yan,Caron")
    told = run(archive(tmp_path, {**ONEROSTER_11, "users.csv": left}))
    assert [error["kind"] for error in told["errors"]] == ["another_identity"]
    assert User.objects.get().is_active


def test_an_address_passed_on_does_not_pass_a_person_on(tmp_path: Path) -> None:
    run(archive(tmp_path, ONEROSTER_11))
    other = ONEROSTER_11["users.csv"].replace("p-1,", "p-2,").replace("Rose,Lapointe", "Yan,Caron")
    told = run(archive(tmp_path, {**ONEROSTER_11, "users.csv": other}))
    assert [error["kind"] for error in told["errors"]] == ["another_identity"]
    assert str(User.objects.get()) == "Rose Lapointe"


def test_an_identifier_in_place_of_a_name_renames_nobody(tmp_path: Path) -> None:
    run(archive(tmp_path, ONEROSTER_11))
    before = names()
    nameless = ONEROSTER_11["users.csv"].replace("Rose,Lapointe", ",").replace("Zoé,Tanguay", ",")
    told = run(archive(tmp_path, {**ONEROSTER_11, "users.csv": nameless}))
    assert told["errors"] == []
    assert names() == before


def test_one_child_under_two_numbers_is_pointed_out_in_every_file(tmp_path: Path) -> None:
    births = f"{ONEROSTER_11['demographics.csv']}\n{{}},,,2012-02-29,female"
    run(archive(tmp_path, ONEROSTER_11))
    second = {**ONEROSTER_11, "demographics.csv": births.format("e-9")}
    told = run(archive(tmp_path, with_rows(second, "users.csv", "e-9,,,true,ec-1,student,z,,ZOE,Tan guay,,,,,,,09,")))
    assert told["errors"] == []
    assert ("users.csv", 5, "perhaps_the_same") in kinds(told)
    assert Student.objects.filter(birth_date="2012-02-29").count() == 2


def test_one_child_under_two_numbers_is_pointed_out_by_a_bundle(tmp_path: Path) -> None:
    header = "key,school,given_name,family_name,birth_date,grade"
    both = f"{header}\nE1,S1,Zoé,Tanguay,2012-02-29,3\nE2,S1,Tan guay,ZOE,2012-02-29,2\nE3,S1,Zoé,Tanguay,2012-03-01,2"
    place = {"boards.csv": "key,name,kind\nB1,Rive,css", "schools.csv": "key,board,name\nS1,B1,Érables"}
    said = import_bundle(path=write(tmp_path / "a.zip", place | {"students.csv": both})).tolerances
    assert [(one.file, one.row, one.kind) for one in said] == [("students.csv", 3, "perhaps_the_same")]
    assert "«\u00a0E1\u00a0»" in said[0].sentence
    later = f"{header}\nE4,S1,Zoé,Tanguay,2012-02-29,3"
    said = import_bundle(path=write(tmp_path / "b.zip", {**place, "students.csv": later})).tolerances
    assert [(one.row, one.kind) for one in said] == [(2, "perhaps_the_same")]
    assert Student.objects.count() == 4


def test_numbers_of_twins_are_not_exchanged(tmp_path: Path) -> None:
    births = f"{ONEROSTER_11['demographics.csv']}\ne-9,,,2012-02-29,female"
    twin = "e-9,,,true,ec-1,student,l,,Léa,Tanguay,,,,,,,09,"
    twins = with_rows({**ONEROSTER_11, "demographics.csv": births}, "users.csv", twin)
    first = kinds(run(archive(tmp_path, twins)))
    assert "perhaps_the_same" not in {kind for _file, _row, kind in first}, "twins are two children"
    before = names()
    exchanged = str(twins["users.csv"]).replace("Zoé,T", "?,T").replace("Léa,T", "Zoé,T").replace("?,T", "Léa,T")
    told = run(archive(tmp_path, {**twins, "users.csv": exchanged}))
    assert [(error["row"], error["kind"]) for error in told["errors"]] == [
        (3, "another_identity"),
        (5, "another_identity"),
    ]
    assert names() == before


@pytest.mark.parametrize(
    ("file", "row", "column", "was", "becomes"),
    [
        ("students.csv", 2, "key", "Inès,Benali,2013-03-04", "Olivier,Benali,2012-07-07"),
        ("students.csv", 3, "key", "Loïc,Gauthier", "Olivier,Champagne"),
        ("people.csv", 2, "key", "Nadia,Ferhat", "Yan,Caron"),
        ("guardians.csv", 2, "key", "Amel,Benali", "Marc,Champagne"),
        ("guardians.csv", 2, "student", "G1,S1", "G1,S2"),
        ("dyads.csv", 2, "student", "P1,S1", "P1,S2"),
        ("dyads.csv", 2, "mentor", "P1,S1", "P3,S1"),
    ],
)
def test_a_known_key_of_a_bundle_keeps_its_people(
    tmp_path: Path, file: str, row: int, column: str, was: str, becomes: str
) -> None:
    import_bundle(path=write(tmp_path / "a.zip", EVERYTHING))
    before = names(), [str(dyad) for dyad in Dyad.objects.order_by("key")]
    files = {**EVERYTHING, file: EVERYTHING[file].replace(was, becomes)}
    with pytest.raises(Refused) as refused:
        import_bundle(path=write(tmp_path / "b.zip", files))
    assert [(p.file, p.row, p.column) for p in refused.value.problems] == [(file, row, column)]
    sentence = refused.value.problems[0].sentence
    differ = zip(was.split(","), becomes.split(","), strict=True)
    shown = [(one, other) for one, other in differ if one != other and not one[0].isdecimal()]
    assert all(one in sentence and other in sentence for one, other in shown)
    assert (names(), [str(dyad) for dyad in Dyad.objects.order_by("key")]) == before


def test_keys_of_twins_are_not_exchanged_by_a_bundle(tmp_path: Path) -> None:
    header = EVERYTHING["students.csv"].partition("\n")[0] + "\n"
    twins = "S7,E1,Zoé,Roy,2013-05-06,1,\nS8,E1,Léa,Roy,2013-05-06,1,\n"
    files = {**EVERYTHING, "students.csv": EVERYTHING["students.csv"] + twins}
    import_bundle(path=write(tmp_path / "a.zip", files))
    exchanged = twins.replace("S7", "?").replace("S8", "S7").replace("?", "S8")
    with pytest.raises(Refused) as refused:
        import_bundle(path=write(tmp_path / "b.zip", {"students.csv": header + exchanged}))
    assert [(p.row, p.column, p.sentence.count("Léa")) for p in refused.value.problems] == [
        (2, "key", 1),
        (3, "key", 1),
    ]
