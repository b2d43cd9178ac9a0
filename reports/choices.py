"""Whom the filter of the lead's page offers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from mentoring.models import Dyad
from people.apart import shared, tell_apart
from people.kept import kept
from people.models import User
from people.names import full
from programs.models import GroupLead, Program


def adults_of(user: User, led: Sequence[Program], *, on: date) -> dict[int, str]:
    """Who mentors an open dyad of these programmes, or is in charge of a group, by family name. One query."""
    person = ("name_key", "given_key", "given_name", "family_name", "key")

    def in_charge() -> QuerySet[Any, tuple[Any, ...]]:
        dyads = Dyad.objects.visible_to(user).filter(program__in=led).open_on(on).order_by()
        mentors = dyads.values_list("mentor__person", *(f"mentor__person__{name}" for name in person))
        leads = GroupLead.objects.filter(group__program__in=led).active_on(on).order_by()
        return mentors.union(leads.values_list("person", *(f"person__{name}" for name in person)))

    rows = kept("adults", user, in_charge, on, tuple(program.pk for program in led))
    rows.sort(key=lambda row: row[1::-1])
    names = {pk: full(given, family) or key for pk, _order, _plain, given, family, key in rows}
    clashing = shared({pk: plain.replace(" ", "") for pk, _order, plain, *_rest in rows})
    for one in tell_apart(
        User(pk=pk, given_name=given, family_name=family, key=key)
        for pk, _order, _plain, given, family, key in rows
        if pk in clashing
    ):
        names[one.pk] = str(one)
    return names
