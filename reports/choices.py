"""What the filters of the lead's page offer: fixed periods, so that two readings can be compared, and adults."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.text import capfirst

from mentoring.models import Dyad
from people.models import User
from people.text import written
from programs.models import GroupLead, Program, SchoolYear
from reports.scope import Period


@dataclass(frozen=True)
class Named:
    name: str
    period: Period


def fixed_periods(user: User, *, on: date) -> dict[str, Named]:
    """The terms and the months of the current school year, then the years, each begun by the day. One query.

    Each is known by its first day, which an address may say.
    """
    began = SchoolYear.objects.visible_to(user).filter(starts_on__lte=on)
    columns = ("pk", "label", "starts_on", "ends_on", "terms__name", "terms__starts_on", "terms__ends_on")
    rows = began.order_by("-starts_on", "pk", "terms__starts_on").values_list(*columns, named=True)
    years = [list(of_year) for _pk, of_year in groupby(rows, key=lambda row: row.pk)]
    found: dict[str, Named] = {}
    if years:
        for row in years[0]:
            first: date | None = row.terms__starts_on
            if first and first <= on:
                found[f"etape-{first}"] = Named(row.terms__name, _closed(first, row.terms__ends_on))
        found |= {f"mois-{day:%Y-%m}": _month(day) for day in _months(years[0][0].starts_on, on)}
    whole = [of_year[0] for of_year in years]
    return found | {f"annee-{row.starts_on}": Named(row.label, _closed(row.starts_on, row.ends_on)) for row in whole}


def adults_of(user: User, led: Sequence[Program], *, on: date) -> dict[int, str]:
    """Who mentors an open dyad of these programmes, or is in charge of a group, by family name. One query."""
    person = ("family_name", "given_name")
    dyads = Dyad.objects.visible_to(user).filter(program__in=led).open_on(on).order_by()
    mentors = dyads.values_list("mentor__person", *(f"mentor__person__{name}" for name in person))
    leads = GroupLead.objects.filter(group__program__in=led).active_on(on).order_by()
    rows = mentors.union(leads.values_list("person", *(f"person__{name}" for name in person)))
    return {pk: f"{given} {family}".strip() for pk, family, given in sorted(rows, key=lambda row: row[1:])}


def _closed(first: date, last: date) -> Period:
    return Period(first, last + timedelta(days=1))


def _months(first: date, on: date) -> Iterator[date]:
    day = first.replace(day=1)
    while day <= on:
        yield day
        day = (day + timedelta(days=31)).replace(day=1)


def _month(first: date) -> Named:
    after = (first + timedelta(days=31)).replace(day=1)
    return Named(capfirst(written(first, "F Y")), Period(first, after))
