"""Two people of one name told apart, in the list where both are read: the shortest difference, for them alone."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from people.models import Guardian, Student, User
from people.models.names import NamedPerson
from people.names import discreet, full, plain
from people.text import written

R = TypeVar("R")
OURS = re.compile(r"[0-9a-f]{32}")
"""A number that we made, of which a few letters are enough."""
Facts = Sequence[str]


def tell_apart(rows: Iterable[R], *, briefly: bool = False) -> list[R]:
    """The same rows, in which people of one name carry what differs between them (``NamedPerson.apart``).

    A row is somebody, or answers ``named_people``. ``briefly`` is for the first name and an initial, which are shared
    more often, and says nothing of a birth date. Elsewhere, one and the same is said: they may be one child. No query,
    where the people are loaded.
    """
    listed = list(rows)
    people = [person for row in listed for person in people_in(row)]
    shown: Callable[[str, str], str] = discreet if briefly else full
    for kind in (Student, User, Guardian):
        of_kind = [person for person in people if isinstance(person, kind)]
        names = {one.pk: plain(shown(one.given_name, one.family_name)) for one in of_kind}
        clashing = shared(names)
        facts = {one.pk: facts_of(one, briefly=briefly) for one in of_kind if one.pk in clashing}
        found = differences(names, facts)
        for one in of_kind:
            one.apart = found.get(one.pk, "")
        if kind is Student and not briefly:
            _say_doubles([one for one in of_kind if isinstance(one, Student) and one.pk in clashing], names)
    return listed


def _say_doubles(alike: Sequence[Student], names: dict[int, str]) -> None:
    once = {one.pk: (names[one.pk], one.birth_date) for one in alike if one.birth_date}
    held = Counter(once.values())
    for one in alike:
        if one.pk in once and held[once[one.pk]] > 1:
            one.apart = _("%(apart)s, même date de naissance") % {"apart": one.apart}


def people_in(row: Any) -> Iterable[NamedPerson]:
    if isinstance(row, NamedPerson):
        return [row]
    named: Callable[[], Iterable[NamedPerson]] | None = getattr(row, "named_people", None)
    return named() if named else []


def shared(names: dict[int, str]) -> set[int]:
    """Those who have a name that another has."""
    holders: dict[str, int] = {}
    for name in names.values():
        holders[name] = holders.get(name, 0) + 1
    return {pk for pk, name in names.items() if holders[name] > 1}


def differences(names: dict[int, str], facts: dict[int, Facts]) -> dict[int, str]:
    """For each of those who share a name, the first fact that separates them all; a number does."""
    alike: dict[str, list[int]] = {}
    for pk in facts:
        alike.setdefault(names[pk], []).append(pk)
    return {pk: said for pks in alike.values() for pk, said in _separated(pks, facts).items()}


def _separated(pks: list[int], facts: dict[int, Facts]) -> dict[int, str]:
    for place in range(len(facts[pks[0]])):
        said = {pk: facts[pk][place] for pk in pks}
        if len(set(said.values())) == len(pks):
            return said
    return said


def facts_of(one: NamedPerson, *, briefly: bool) -> Facts:
    """What tells a person from another of that name, the shortest and least private first."""
    if isinstance(one, Student):
        return student_facts(one, None if briefly else one.birth_date)
    if isinstance(one, User):
        at = one.school if one.school_id and User.school.is_cached(one) else None
        return [at.name if at else "", one.email or "", number_in_words(one.key)]
    return [getattr(one, "relation", ""), getattr(one, "email", ""), number_in_words(getattr(one, "key", ""))]


def student_facts(one: Student, birth_date: Any) -> Facts:
    return [
        _("sec. %(grade)s") % {"grade": one.grade} if one.grade else "",
        class_words(one),
        written(birth_date, _("j N Y")) if birth_date else "",
        number_in_words(one.key),
    ]


def class_words(one: Student) -> str:
    """The homeroom of a student, else their class; empty when the school says neither."""
    if one.homeroom:
        return _("gr. %(homeroom)s") % {"homeroom": one.homeroom}
    return _("classe %(name)s") % {"name": one.class_name} if one.class_name else ""


def number_in_words(key: str) -> str:
    return _("nº %(number)s") % {"number": key[:6].upper() if OURS.fullmatch(key) else key}
