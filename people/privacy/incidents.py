"""The register of incidents as it is read: its items in words, its versions, its file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.actions.incidents import SAID
from people.models import PrivacyIncident
from people.text import spoken

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ITEMS: "tuple[StrOrPromise, ...]" = (
    gettext_lazy("Renseignements personnels visés"),
    gettext_lazy("Circonstances"),
    gettext_lazy("Date ou période"),
    gettext_lazy("Connu le"),
    gettext_lazy("Personnes concernées"),
    gettext_lazy("Ce qui fait conclure au risque ou non"),
    gettext_lazy("Avis"),
    gettext_lazy("Mesures prises"),
)
"""The eight items of art. 7, in its order."""

LABELS: dict[str, Any] = {field.name: field.verbose_name for field in PrivacyIncident._meta.concrete_fields}


def items(incident: PrivacyIncident) -> list[tuple[str, str]]:
    """Each item with what is written, empty when nothing is."""
    words = [
        incident.information,
        incident.circumstances,
        period(incident),
        spoken(incident.aware_on),
        count(incident),
        "\n".join(filter(None, [capfirst(incident.get_risk_display()), incident.assessment])),
        notices(incident),
        incident.measures,
    ]
    return [(str(title), said) for title, said in zip(ITEMS, words, strict=True)]


def period(incident: PrivacyIncident) -> str:
    """« Du 2 au 5 novembre 2026, environ »."""
    first, last = incident.happened_on, incident.happened_until
    if first is None:
        return ""
    days = spoken(first)
    if last and last != first:
        days = _("du %(first)s au %(last)s") % {"first": days, "last": spoken(last)}
    return _("%(days)s, environ") % {"days": days} if incident.is_period_approximate else days


def count(incident: PrivacyIncident) -> str:
    if incident.people is None:
        return ""
    return _("environ %(n)s") % {"n": incident.people} if incident.is_count_approximate else str(incident.people)


def notices(incident: PrivacyIncident) -> str:
    """A line for each notice."""
    told = [
        (_("À la Commission d’accès à l’information"), incident.commission_told_on),
        (_("Aux personnes concernées"), incident.people_told_on),
    ]
    lines = [f"{whom}\u00a0: {spoken(day)}" for whom, day in told if day]
    lines += [_("Avis publics\u00a0: %(why)s") % {"why": incident.public_notices}] if incident.public_notices else []
    return "\n".join(lines)


@dataclass(frozen=True)
class Version:
    """Who wrote, when, and which items changed."""

    who: str
    at: datetime
    changed: str


def versions(incident: PrivacyIncident) -> list[Version]:
    """The latest first. One query, and one for the names."""
    rows: list[Any] = list(incident.history.select_related("history_user").order_by("history_date", "history_id"))
    told = []
    for before, after in zip([None, *rows], rows, strict=False):
        names = [name for name in SAID if before and getattr(before, name) != getattr(after, name)]
        labels = ", ".join(str(LABELS[name]) for name in names)
        words = capfirst(labels) if before else _("Inscription au registre")
        told.append(Version(str(after.history_user or ""), after.history_date, words))
    return told[::-1]


def lines(incidents: Iterable[PrivacyIncident]) -> Iterator[list[str]]:
    """The register's file: the items, and when it was written."""
    for incident in incidents:
        yield [*(said for _title, said in items(incident)), _iso(incident.recorded_on)]


def headings() -> list[str]:
    return [*(str(title) for title in ITEMS), _("Inscrit le")]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
