"""Whom a line speaks of among those who are known: by number or e-mail, else by a name that one person alone bears."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.imports import cells
from exchange.imports.declaration import Bearings, Field, Level, Line, Remark
from exchange.imports.people import schools_by_word
from people.models import Student, User
from people.names import plain

P = TypeVar("P", Student, User)

NOBODY = Remark(
    "nobody", Level.WRONG, _("«\u00a0%(value)s\u00a0» est inconnu ici\u00a0: importez d’abord la liste, ou corrigez.")
)
SEVERAL = Remark(
    "several",
    Level.WRONG,
    _("Plusieurs personnes se nomment «\u00a0%(value)s\u00a0»\u00a0: écrivez le numéro ou le courriel."),
)
NO_WHO = Remark("no_who", Level.WRONG, _("La ligne ne dit pas de qui il s’agit\u00a0: écrivez un numéro ou un nom."))
WHO = (NOBODY, SEVERAL, NO_WHO)

STUDENT_FIELDS = (
    Field(
        "number", _("Fiche"),
        "fiche, no fiche, numero de fiche, no de fiche, fiche eleve, student number, student no, student id",
        cells.number,
    ),
    Field(
        "student_name", _("Nom de l’élève"),
        "eleve, nom de l eleve, nom eleve, nom et prenom, nom prenom, nom complet, student, student name",
        cells.text(240),
    ),
)  # fmt: skip
ADULT_FIELDS = (
    Field(
        "email", _("Courriel"),
        "courriel, courriel du mentor, courriel mentor, adresse courriel, email, e mail, mentor email, adr electr",
        cells.email,
    ),
    Field(
        "adult_name", _("Nom de l’adulte"),
        "mentor, mentore, nom du mentor, mentore ou mentor, adulte, personne, nom et prenom, nom prenom, nom complet, "
        "mentor name",
        cells.text(240),
    ),
)  # fmt: skip


class Known:
    """People by handle, and by name whichever way it is turned."""

    def __init__(self, people: Sequence[Any]) -> None:
        self.by_handle: dict[str, Any] = {}
        self.by_name: dict[str, list[Any]] = defaultdict(list)
        for one in people:
            self.by_handle[one.key] = one
            if email := getattr(one, "email", None):
                self.by_handle[email.lower()] = one
            names = {plain(one.given_name + one.family_name), plain(one.family_name + one.given_name)}
            for name in names:
                self.by_name[name].append(one)


def known_students(bearings: Bearings) -> Known:
    """The students of the schools that the import is of; one query an import."""
    if "students" not in bearings.seen:
        bearings.seen["students"] = Known(list(Student.objects.filter(school__in=schools_of(bearings))))
    found: Known = bearings.seen["students"]
    return found


def known_adults(bearings: Bearings) -> Known:
    """The adults of these schools, those of the board in none, and those who hold a role there; one query an import."""
    if "adults" not in bearings.seen:
        schools = schools_of(bearings)
        held = Q(memberships__school__in=schools) | Q(school__in=schools) | Q(school__isnull=True)
        people = User.objects.get_queryset().filter(held, board=bearings.board).select_related("mentor").distinct()
        bearings.seen["adults"] = Known(list(people))
    found: Known = bearings.seen["adults"]
    return found


def schools_of(bearings: Bearings) -> list[int]:
    """The schools that the import is of."""
    if bearings.school is not None:
        return [bearings.school.pk]
    return list({school.pk for school in schools_by_word(bearings).values()})


def find(line: Line, known: Known, handle: str, name: str) -> Any:
    """The person that two columns name; None, and the reason said, when it is nobody or may be several."""
    if number := line.values.get(handle):
        person = known.by_handle.get(number) or known.by_handle.get(line.texts[handle])
        if person is None:
            line.say(NOBODY, handle, value=line.texts[handle])
        return person
    if not (words := line.values.get(name)):
        if not any(column in (handle, name) for _remark, column, _given in line.said):
            line.say(NO_WHO, name)
        return None
    found = known.by_name.get(plain(words), [])
    if len(found) != 1:
        line.say(SEVERAL if found else NOBODY, name, value=words)
    return found[0] if len(found) == 1 else None
