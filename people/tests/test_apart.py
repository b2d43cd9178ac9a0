"""Two people of one name: what is added, to whom, and that nothing is asked of the database for it."""

from datetime import date

import pytest

from people.apart import tell_apart
from people.models import School, Student, User

BORN = date(2014, 1, 5)


def student(pk: int, *, given: str = "Gabriel", family: str = "Tremblay", **more: object) -> Student:
    return Student(pk=pk, key=f"F{pk}", given_name=given, family_name=family, **more)


def shown(*people: Student | User, briefly: bool = False) -> list[str]:
    told = tell_apart(people, briefly=briefly)
    return [one.discreet_name if briefly else str(one) for one in told]


def test_only_those_who_share_a_name_carry_a_difference() -> None:
    people = student(1, grade=1), student(2, grade=2), student(3, given="Gabrielle", grade=1)
    assert shown(*people) == ["Gabriel Tremblay (sec. 1)", "Gabriel Tremblay (sec. 2)", "Gabrielle Tremblay"]
    assert people[0].listed_name == "Tremblay, Gabriel (sec. 1)"
    assert shown(people[0], people[2]) == ["Gabriel Tremblay", "Gabrielle Tremblay"], "another list, another need"


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ({"grade": 1}, {}, ("sec. 1", "")),
        ({"birth_date": BORN}, {"birth_date": date(2014, 6, 30)}, ("5 janv. 2014", "30 juin 2014")),
        (
            {"grade": 1, "birth_date": BORN},
            {"grade": 1, "birth_date": BORN},
            ("nº F1, même date de naissance", "nº F2, même date de naissance"),
        ),
        ({}, {}, ("nº F1", "nº F2")),
    ],
)  # fmt: skip
def test_the_shortest_difference_that_separates_them(one: object, other: object, said: tuple[str, str]) -> None:
    names = shown(student(1, **one), student(2, **other))  # type: ignore[arg-type]
    assert names == [f"Gabriel Tremblay ({words})" if words else "Gabriel Tremblay" for words in said]


def test_three_of_one_name_are_all_told_apart() -> None:
    people = (
        student(1, grade=1, birth_date=BORN),
        student(2, grade=1, birth_date=date(2014, 6, 30)),
        student(3, grade=2, birth_date=BORN),
        student(4, given="gabriél", family="TREMBLAY", grade=2, birth_date=date(2014, 6, 30)),
    )
    names = shown(*people)
    assert len(set(names)) == 4
    assert names[0] == "Gabriel Tremblay (nº F1, même date de naissance)"


def test_a_short_name_is_shared_sooner_and_says_no_birth_date() -> None:
    people = student(1, grade=1, birth_date=BORN), student(2, family="Turcotte", grade=1)
    assert shown(*people) == ["Gabriel Tremblay", "Gabriel Turcotte"]
    assert shown(*people, briefly=True) == ["Gabriel T. (nº F1)", "Gabriel T. (nº F2)"]


def test_one_person_twice_is_one_and_a_student_is_no_adult() -> None:
    adult = User(pk=1, given_name="Gabriel", family_name="Tremblay", key="a")
    assert shown(student(1), student(1), adult) == ["Gabriel Tremblay"] * 3


def test_adults_are_told_apart_by_school_then_address_then_number() -> None:
    schools = School(pk=1, name="École A"), School(pk=2, name="École B")
    apart = [User(pk=n, given_name="Luc", family_name="Roy", school=schools[n], key=f"a{n}") for n in (0, 1)]
    assert shown(*apart) == ["Luc Roy (École A)", "Luc Roy (École B)"]
    same = [User(pk=n, given_name="Luc", family_name="Roy", email=f"luc{n}@a.example") for n in (1, 2)]
    assert shown(*same) == ["Luc Roy (luc1@a.example)", "Luc Roy (luc2@a.example)"]
    ours = [User(pk=n, given_name="Luc", family_name="Roy", key=f"{n}" * 32) for n in (1, 2)]
    assert shown(*ours) == ["Luc Roy (nº 111111)", "Luc Roy (nº 222222)"]
