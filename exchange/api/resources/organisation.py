"""Schools, their calendar, and what runs in them."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.api.declaration import Resource, Told, one_of
from exchange.api.resources.common import ID
from people.models import School, User
from programs.models import Program, SchoolDay, SchoolYear, Term

SPAN = (
    Told("starts_on", _("premier jour"), date),
    Told("ends_on", _("premier jour qui ne compte plus"), date),
)


def _terms(user: User) -> QuerySet[Term]:
    years = SchoolYear.objects.visible_to(user).order_by().values("pk")
    return Term.objects.filter(school_year__in=years).select_related("school_year")


def _programs(user: User) -> QuerySet[Program]:
    return Program.objects.visible_to(user).select_related("school")


def _agreed(row: Any) -> int | None:
    days: int | None = row.cadence_days if row.cadence_unit == Program.CadenceUnit.CYCLE else None
    return days


RESOURCES = (
    Resource("schools", _("Écoles"), (ID, Told("name", _("nom"), str, nullable=False)), School.objects.visible_to),
    Resource(
        "school-years",
        _("Années scolaires"),
        (ID, Told("label", _("année"), str, nullable=False), *SPAN),
        SchoolYear.objects.visible_to,
    ),
    Resource(
        "terms",
        _("Étapes"),
        (
            ID,
            Told("school_year_id", _("numéro de l’année"), int, nullable=False),
            Told("school_year", _("année"), str, nullable=False),
            Told("name", _("étape"), str, nullable=False),
            *SPAN,
        ),
        _terms,
        {"school_year": "school_year"},
    ),
    Resource(
        "school-days",
        _("Jours du calendrier"),
        (
            ID,
            Told("school_id", _("numéro de l’école"), int, nullable=False),
            Told("date", _("date"), date, nullable=False),
            one_of("kind", _("nature"), SchoolDay.Kind, nullable=False),
        ),
        SchoolDay.objects.visible_to,
        {"school": "school"},
        dated="date",
    ),
    Resource(
        "programs",
        _("Programmes"),
        (
            ID,
            Told("name", _("nom"), str, nullable=False),
            Told("school_id", _("numéro de l’école"), int, nullable=False),
            Told("school", _("école"), str, nullable=False),
            one_of("domain", _("domaine"), Program.Domain, nullable=False),
            one_of("intervention", _("type"), Program.Intervention),
            one_of("mentoring_form", _("forme de mentorat"), Program.MentoringForm),
            one_of("population", _("population"), Program.Population),
            one_of("cadence_unit", _("cadence"), Program.CadenceUnit, nullable=False),
            Told("cadence_days", _("jours du cycle"), int, _agreed),
            Told("meetings_per_unit", _("rencontres par semaine ou cycle"), int),
            Told("minutes", _("durée d’une rencontre, en minutes"), int),
            Told("ends_on", _("premier jour qui ne compte plus"), date),
        ),
        _programs,
        {"school": "school"},
    ),
)
