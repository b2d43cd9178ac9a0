"""Findings, as their reader may know them."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from exchange.api.declaration import Resource, Told, one_of
from exchange.api.resources.common import ID
from guidelines.catalogue import CATALOGUE
from guidelines.models import Flag, Severity
from guidelines.models.rights import SUBJECTS
from people.models import User


def _findings(user: User) -> QuerySet[Flag]:
    return Flag.objects.visible_to(user).with_followed(user.local_date()).with_deeds(user).with_subject()


def _subject(row: Flag) -> str:
    """A dyad is named to those who decide on it, and is a number to its mentor."""
    if row.dyad and not row.is_decidable:
        return _t("Dyade nº %(number)s") % {"number": row.dyad_id}
    return str(row.subject)


def _program(row: Flag) -> Any:
    return row.dyad.program if row.dyad else row.group.program if row.group else row.program


FINDINGS = Resource(
    "findings",
    _("Points de vigilance"),
    (
        ID,
        Told("guideline", _("code de la balise"), str, values=list(CATALOGUE), nullable=False),
        Told("title", _("titre de la balise"), str, lambda row: CATALOGUE[row.guideline].title, nullable=False),
        one_of("severity", _("gravité"), Severity, nullable=False),
        one_of("state", _("suivi"), Flag.State, nullable=False),
        Told("is_followed", _("balise suivie par le programme"), bool, nullable=False),
        Told("subject_kind", _("de qui ou de quoi"), str, values=SUBJECTS, nullable=False),
        Told("subject", _("relation, groupe ou personne"), str, _subject, nullable=False),
        *(Told(f"{kind}_id", _("son numéro"), int) for kind in SUBJECTS[:-1]),
        Told("program_id", _("numéro du programme"), int, lambda row: (of := _program(row)) and of.pk),
        Told("value", _("valeur observée"), int),
        Told("threshold", _("seuil"), int),
        Told("unit", _("unité"), str, lambda row: CATALOGUE[row.guideline].unit if row.value is not None else None),
        one_of("confidence", _("données"), Flag.Confidence, nullable=False),
        Told("raised_on", _("relevé le"), date, nullable=False),
        Told("cleared_on", _("réglé le"), date),
    ),
    _findings,
    {"dyad": "dyad", "group": "group"},
    dated="raised_on",
)
RESOURCES = (FINDINGS,)
