"""Whom the filter of the lead's page offers."""

from collections.abc import Sequence
from datetime import date

from mentoring.models import Dyad
from people.apart import tell_apart
from people.kept import kept
from people.models import User
from programs.models import GroupLead, Program


def adults_of(user: User, led: Sequence[Program], *, on: date) -> dict[int, str]:
    """Who mentors an open dyad of these programmes, or is in charge of a group, by family name. One query."""
    person = ("name_key", "given_name", "family_name", "key")
    dyads = Dyad.objects.visible_to(user).filter(program__in=led).open_on(on).order_by()
    mentors = dyads.values_list("mentor__person", *(f"mentor__person__{name}" for name in person))
    leads = GroupLead.objects.filter(group__program__in=led).active_on(on).order_by()
    named = leads.values_list("person", *(f"person__{name}" for name in person))
    ids = tuple(program.pk for program in led)
    rows = kept("adults", user, lambda: mentors.union(named), on, ids)
    found = {
        pk: User(pk=pk, given_name=given, family_name=family, key=key)
        for pk, _order, given, family, key in sorted(rows, key=lambda row: row[1::-1])
    }
    tell_apart(found.values())
    return {pk: str(person) for pk, person in found.items()}
