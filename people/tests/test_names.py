"""Names: read the same however they are typed, in the order of a Québec school, and kept whoever writes them."""

import unicodedata

import pytest

from people.models import Guardian, School, SchoolBoard, Student, User
from people.models.names import sought
from people.names import discreet, full, listed, plain, signed
from tests.names import stale

pytestmark = pytest.mark.django_db

IN_ORDER = ["Abel", "Daigle", "D’Amours", "de Rien", "Dufour", "Ébacher", "Œuvrard", "Østby", "Ouellet", "Zuniga"]
TYPED = {
    "D’Amours": ["damours", "d'amours", "D AMOURS", "D’amours"],
    "Hélène": ["helene", "HÉLÈNE", unicodedata.normalize("NFD", "hélène")],
    "Jean-Philippe": ["jean philippe", "jeanphilippe", "Jean‑Philippe", "JEAN–PHILIPPE"],
    "Cœur Ægidius": ["coeur aegidius", "CŒUR ÆGIDIUS"],
    "Łukasz Weiß": ["lukasz weiss"],
}


@pytest.fixture
def board() -> SchoolBoard:
    return SchoolBoard.objects.create(key="b", name="Centre")


@pytest.fixture
def school(board: SchoolBoard) -> School:
    return School.objects.create(board=board, key="e", name="École")


def student(school: School, given: str, family: str = "") -> Student:
    return Student.objects.create(board=school.board, school=school, given_name=given, family_name=family)


def found(typed: str) -> list[Student]:
    return list(Student.objects.filter(sought(typed, "name_key")))


@pytest.mark.parametrize(("name", "typed"), [(name, typed) for name, many in TYPED.items() for typed in many])
def test_a_name_is_found_however_it_is_typed(school: School, name: str, typed: str) -> None:
    assert plain(typed) == plain(name)
    wanted = student(school, name, "Roy")
    student(school, "Alix", "Autre")
    for words in (typed, f"{typed} roy", f"ROY {typed}"):
        assert found(words) == [wanted]


def test_every_word_is_sought_and_signs_alone_find_nobody(school: School) -> None:
    noel = student(school, "Noël", "Roy")
    assert found("") == [noel]
    for words in ("noel caron", "%", "_", "--"):
        assert not found(words)


def test_the_order_is_that_of_a_school_on_both_databases(school: School) -> None:
    for family in sorted(IN_ORDER):
        student(school, "Alix", family)
    assert [row.family_name for row in Student.objects.all()] == IN_ORDER
    Student.objects.all().delete()
    for given in ("Zoé", "Émile", "Eve", "Ève"):
        student(school, given, "Roy" if given != "Ève" else "Abel")
    by_given = Student.objects.order_by("given_key", "pk")
    assert [str(row) for row in by_given] == ["Émile Roy", "Ève Abel", "Eve Roy", "Zoé Roy"]
    for name in ("Zénith", "École B", "ecole a"):
        School.objects.create(board=school.board, key=name, name=name)
    assert [row.name for row in School.objects.all()] == ["École", "ecole a", "École B", "Zénith"]


def test_a_short_family_name_comes_before_one_that_it_begins(school: School) -> None:
    for given, family in (("Anne", "Royer"), ("Zoé", "Roy"), ("Anne", "Roy-Abel")):
        student(school, given, family)
    assert [str(row) for row in Student.objects.all()] == ["Zoé Roy", "Anne Roy-Abel", "Anne Royer"]


def test_keys_follow_whatever_changes_a_name(school: School) -> None:
    one, two = student(school, "Inès", "Benali"), student(school, "Loïc", "Roy")
    one.family_name = "Éthier"
    one.save(update_fields=["family_name"])
    assert not stale()
    two.given_name = "Éloi"
    Student.objects.bulk_update([two], ["given_name"])
    Student._base_manager.bulk_update([one, two], ["grade"])
    assert not stale()
    Student.objects.filter(pk=two.pk).update(family_name="Œuvrard")
    School.objects.update(name="École neuve")
    assert not stale()
    rows = Student.objects.bulk_create(
        [Student(board=school.board, school=school, given_name="Ève", family_name="D’Or")]
    )
    assert rows[0].name_key == "dor eve"
    Student.objects.update_or_create(key=one.key, board=school.board, defaults={"given_name": "Ïngrid"})
    loaded = Student.objects.defer("given_name").get(pk=one.pk)
    loaded.family_name = "Ça"
    loaded.save()
    Guardian.objects.create(board=school.board, student=one, given_name="", family_name="Rahimi")
    User.objects.create_user("a@b.example", board=school.board, given_name="É", family_name="À")
    assert not stale()
    assert User.objects.filter(sought("a e", "name_key")).exists()


def test_a_person_with_one_name_is_whole_everywhere() -> None:
    for names in (("Najibullah", ""), ("", "Najibullah")):
        assert {shown(*names) for shown in (full, listed, discreet, signed)} == {"Najibullah"}
    shown = full("Inès", "Benali"), listed("Inès", "Benali"), discreet("Inès", "Benali"), signed("Inès", "Benali")
    assert shown == ("Inès Benali", "Benali, Inès", "Inès B.", "I. Benali")
