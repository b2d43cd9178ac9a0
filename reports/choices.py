"""Whom the filter of the lead's page offers."""

from collections.abc import Sequence
from datetime import date

from mentoring.models import Dyad
from people.kept import kept
from people.models import User
from people.names import full
from programs.models import GroupLead, Program


def adults_of(user: User, led: Sequence[Program], *, on: date) -> dict[int, str]:
    """Who mentors an open dyad of these programmes, or is in charge of a group, by family name. One query."""
    person = ("name_key", "given_name", "family_name")
    dyads = Dyad.objects.visible_to(user).filter(program__in=led).open_on(on).order_by()
    mentors = dyads.values_list("mentor__person", *(f"mentor__person__{name}" for name in person))
    leads = GroupLead.objects.filter(group__program__in=led).active_on(on).order_by()
    named = leads.values_list("person", *(f"person__{name}" for name in person))
    ids = tuple(program.pk for program in led)
    rows = kept("adults", user, lambda: mentors.union(named), on, ids)
    return {pk: full(given, family) for pk, _key, given, family in sorted(rows, key=lambda row: row[1::-1])}
