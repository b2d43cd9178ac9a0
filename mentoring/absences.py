"""Somebody is away: their groups and dyads, who stands in already, who could."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from mentoring.models import Dyad, DyadSubstitute
from people.apart import tell_apart
from people.models import Membership, User
from people.models.base import active_on
from programs.models import GroupLead, Relation, Substitute, SupportGroup


@dataclass(frozen=True)
class Entrusted:
    """A group or a dyad of theirs; ``standing`` are its replacements that run or come, ``people`` who could come."""

    relation: Relation
    standing: list[Substitute]
    people: list[User]

    @property
    def name(self) -> str:
        """Its field on the page."""
        return f"{self.relation.NOUN}_{self.relation.pk}"


def replaceable(reader: User) -> QuerySet[User]:
    """The adults whom one sees, and those of whose groups or dyads one names a substitute."""
    leads = GroupLead.objects.filter(group__in=SupportGroup.objects.entrustable_by(reader)).values("person")
    mentors = Dyad.objects.entrustable_by(reader).values("mentor__person")
    seen = User.objects.visible_to(reader).values("pk")
    return User.objects.get_queryset().filter(Q(pk__in=seen) | Q(pk__in=leads) | Q(pk__in=mentors))


def entrusted(person: User, reader: User, on: date) -> list[Entrusted]:
    """The groups, then the dyads, of which somebody is the usual adult on a day and the reader names a substitute.

    A constant number of queries.
    """
    led = GroupLead.objects.active_on(on).filter(person=person).values("group")
    groups = SupportGroup.objects.entrustable_by(reader).active_on(on).filter(pk__in=led).with_people()
    dyads = Dyad.objects.entrustable_by(reader).open_on(on).filter(mentor__person=person).with_people()
    standing: list[Any] = []
    for rows in (groups, dyads):
        coming = rows.model.substitute_model().objects.filter(ends_on__gt=on).select_related("person")
        standing += tell_apart(rows.prefetch_related(Prefetch("substitutes", coming, to_attr="coming")))
    possible = _Possible(standing, person, on)
    return [Entrusted(one, one.coming, possible(one)) for one in standing]


def coming_back(lines: Iterable[Entrusted]) -> list[Substitute]:
    """What stands in, or will: what comes to an end when the person is back."""
    return [row for line in lines for row in line.standing]


class _Possible:
    """By relation, those who hold a role that fits at its school: as ``possible_substitutes``, for many at once."""

    def __init__(self, relations: list[Any], away: User, on: date) -> None:
        programs = {one.program_id for one in relations}
        schools = {one.program.school_id for one in relations}
        boards = {one.board_id for one in relations}
        held = Membership.objects.filter(
            Q(program__in=programs) | Q(program__isnull=True, school__in=schools),
            active_on(on),
            role__in={*DyadSubstitute.ROLES, *SupportGroup.substitute_model().ROLES},
            board__in=boards,
            person__board__in=boards,
            person__is_active=True,
        ).exclude(person=away)
        self.roles: dict[tuple[str, int], set[tuple[str, int]]] = defaultdict(set)
        for person, role, program, school in held.values_list("person", "role", "program", "school"):
            place = ("program", program) if program else ("school", school)
            self.roles[place].add((role, person))
        found = {person for roles in self.roles.values() for _role, person in roles}
        self.people = tell_apart(User.objects.get_queryset().filter(pk__in=found).order_by("name_key", "pk"))

    def __call__(self, relation: Relation) -> list[User]:
        program = relation.program
        here = self.roles[("program", program.pk)] | self.roles[("school", program.school_id)]
        fit = {person for role, person in here if role in relation.substitute_model().ROLES}
        return [one for one in self.people if one.pk in fit]
