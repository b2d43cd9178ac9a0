"""Whether a row that comes in speaks of the person who is known under its number: the gate before any update.

A list that was numbered again gives a child's dyad, notes and family to another child. So a number is believed only
with the person: given name, family name and birth date.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import permutations
from typing import Any, NamedTuple, Self

from django.utils.translation import gettext as _

from people.models import SchoolBoard, Student
from people.names import full, plain
from people.text import spoken

Shared = tuple[str, date]


class Identity(NamedTuple):
    """Who somebody is, as a list or the database says it; what is empty is not known."""

    given_name: str
    family_name: str
    birth_date: date | None = None

    @classmethod
    def of(cls, row: object) -> Self:
        """That of an adult, a student or a guardian, or of a record that came in."""
        given, family = getattr(row, "given_name", ""), getattr(row, "family_name", "")
        return cls(given, family, getattr(row, "birth_date", None))

    @classmethod
    def in_values(cls, values: Mapping[str, Any]) -> Self:
        return cls(values.get("given_name", ""), values.get("family_name", ""), values.get("birth_date"))

    def __str__(self) -> str:
        name = full(self.given_name, self.family_name)
        if self.birth_date is None:
            return name
        return _("%(name)s (naissance\u00a0: %(day)s)") % {"name": name, "day": spoken(self.birth_date)}


def same_person(known: Identity, told: Identity) -> bool:
    """Whether both may be one person: at most one of given name, family name and birth date differs.

    So a name or a date may be corrected, one at a time; names that changed places count as one. What is not known on
    both sides says nothing; when one thing alone is, it must agree. Spelling is read by ``plain``, and an initial is
    the name that it begins.
    """
    differing = [*_names_differ(known, told)]
    if known.birth_date and told.birth_date:
        differing.append(known.birth_date != told.birth_date)
    return sum(differing) < 2 and not (differing and all(differing))


def is_told_whole(known: Identity, told: Identity) -> bool:
    """Whether both names are said, as they are known, and no other birth date: a number alone is found by trying."""
    is_named = sorted(map(plain, known[:2])) == sorted(map(plain, told[:2]))
    return is_named and (not known.birth_date or told.birth_date in (None, known.birth_date))


def refusal(known: Identity, told: Identity) -> str:
    """Why the row of another person is not written, and what to do; both are shown."""
    words = _(
        "ce numéro est celui de «\u00a0%(known)s\u00a0», et la ligne dit «\u00a0%(told)s\u00a0»\u00a0: rien n’est "
        "changé. Donnez à une autre personne un autre numéro; si c’est la même, corrigez d’abord sa fiche."
    )
    return words % {"known": known, "told": told}


def refusal_of_double(known: Identity, told: Identity, key: str) -> str:
    """Why a row that would make one child of two numbers is not written: twins whose numbers were exchanged, say."""
    words = _(
        "ce numéro est celui de «\u00a0%(known)s\u00a0», et la ligne dit «\u00a0%(told)s\u00a0», qui a le numéro "
        "«\u00a0%(key)s\u00a0»\u00a0: rien n’est changé. Vérifiez les deux numéros."
    )
    return words % {"known": known, "told": told, "key": key}


def is_double(one: Identity, other: Identity) -> bool:
    """Whether two numbers may well be of one child: the same name and the same birth date."""
    return _shared(one) is not None and _shared(one) == _shared(other)


def known_elsewhere(board: SchoolBoard, told: Mapping[str, Identity]) -> dict[str, str]:
    """Those of the students told, by key, who have the name and birth date of one known under another key, or told
    before them: that other key. One query."""
    shared = {key: same for key, who in told.items() if (same := _shared(who))}
    wanted = dict.fromkeys(shared.values(), ("", ""))  # the first two keys of each: one is another than one's own
    days = {day for _name, day in wanted}
    names = {f"{one} {other}" for key in shared for one, other in permutations(map(plain, told[key][:2]))}
    known = Student.objects.filter(board=board, birth_date__in=days, name_key__in=names).order_by("pk")
    rows = known.values_list("key", "given_name", "family_name", "birth_date")
    for key, given_name, family_name, birth_date in rows.iterator(chunk_size=500):
        if (same := _shared(Identity(given_name, family_name, birth_date))) and same in wanted:
            wanted[same] = _with(wanted[same], key)
    found = {}
    for key, same in shared.items():
        if other := next((held for held in wanted[same] if held and held != key), ""):
            found[key] = other
        wanted[same] = _with(wanted[same], key)
    return found


def _with(keys: tuple[str, str], key: str) -> tuple[str, str]:
    first, second = keys
    return keys if second or key == first else (first, key) if first else (key, "")


def perhaps_the_same(key: str) -> str:
    """What is said of the second of two numbers of one child."""
    words = _(
        "l’élève a le nom et la date de naissance de l’élève du numéro «\u00a0%(key)s\u00a0»\u00a0: c’est peut-être la "
        "même personne. Les deux fiches sont gardées; vérifiez le numéro."
    )
    return words % {"key": key}


def _shared(who: Identity) -> Shared | None:
    """What two rows of one child have in common; none when there is too little to tell."""
    name = " ".join(sorted(map(plain, who[:2]))).strip()
    return (name, who.birth_date) if name and who.birth_date else None


def _differ(one: str, other: str) -> bool:
    first, second = sorted((plain(one), plain(other)), key=len)
    return first != second and not (len(first) == 1 and second.startswith(first))


def _names_differ(known: Identity, told: Identity) -> Iterator[bool]:
    """A verdict for each name that both sides know."""
    pairs = [(known.given_name, told.given_name), (known.family_name, told.family_name)]
    whole = full(*known[:2]), full(*told[:2])
    if _words(whole[0]) == _words(whole[1]):  # turned round, or all in one cell of one side
        differ = [_differ(*pair) for pair in pairs]
        yield from (False, any(differ) and all(all(pair) for pair in pairs))
    elif any(all(pair) for pair in pairs):
        yield from (_differ(*pair) for pair in pairs if all(pair))
    elif all(whole):  # one side has only a given name, the other only a family name
        yield _differ(*whole)


def _words(name: str) -> list[str]:
    return sorted(map(plain, name.split()))
