"""The gate before any update of a person: what a row may correct, and what makes it somebody else's."""

from datetime import date

import pytest

from people.identity import Identity, same_person

KNOWN = Identity("Noémie", "Lachance", date(2014, 2, 3))


@pytest.mark.parametrize(
    "told",
    [
        KNOWN,
        Identity("NOEMIE", "la chance", date(2014, 2, 3)),
        Identity("Noe\u0301mie", "Lachance", None),
        Identity("Naomie", "Lachance", date(2014, 2, 3)),  # a name corrected
        Identity("Noémie", "Lachance-Roy", date(2014, 2, 3)),
        Identity("Noémie", "Lachance", date(2014, 3, 2)),  # a date corrected
        Identity("Lachance", "Noémie", date(2014, 2, 3)),  # turned round
        Identity("", "Lachance Noémie", date(2014, 2, 3)),
        Identity("", "Lachance", date(2014, 2, 3)),
        Identity("N.", "Lachance", date(2014, 3, 2)),
        Identity("", "", None),
    ],
)
def test_one_thing_at_a_time_may_be_corrected(told: Identity) -> None:
    assert same_person(KNOWN, told)
    assert same_person(told, KNOWN)


@pytest.mark.parametrize(
    "told",
    [
        Identity("Olivier", "Champagne", date(2012, 7, 7)),
        Identity("Olivier", "Champagne", date(2014, 2, 3)),
        Identity("Olivier", "Champagne", None),
        Identity("Olivier", "Lachance", date(2012, 7, 7)),  # the brother
        Identity("Noémie", "Champagne", date(2012, 7, 7)),
        Identity("Lachance", "Noémie", date(2012, 7, 7)),
        Identity("", "Champagne", date(2012, 7, 7)),
        Identity("Champagne", "", None),
    ],
)
def test_two_things_that_differ_are_somebody_else(told: Identity) -> None:
    assert not same_person(KNOWN, told)
    assert not same_person(told, KNOWN)


def test_a_person_of_one_name_is_known_by_it() -> None:
    assert same_person(Identity("", "Sukarno"), Identity("Sukarno", ""))
    assert not same_person(Identity("", "Sukarno"), Identity("", "Rahimi"))
    assert not same_person(Identity("", "Sukarno"), Identity("Olivier", ""))
    assert same_person(Identity("R.", ""), Identity("Rose", "Lapointe"))
