"""Programmes, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.models import Flag
from guidelines.sentences.words import value_of


def _roles(flag: Flag) -> str:
    if flag.value is None:
        return _("Rôle ou limites à écrire")
    return ngettext(
        "%(count)s personne n’a pas encore pris connaissance de son rôle",
        "%(count)s personnes n’ont pas encore pris connaissance de leur rôle",
        flag.value,
    ) % {"count": flag.value}


def _missing(flag: Flag) -> str:
    return ngettext(
        "%(count)s élément du programme à préciser", "%(count)s éléments du programme à préciser", value_of(flag)
    ) % {"count": value_of(flag)}


def _elsewhere(flag: Flag) -> str:
    return _("%(percent)s\u00a0%% des rencontres hors des contenus déclarés") % {"percent": value_of(flag)}


def _in_time(flag: Flag) -> str:
    return _("%(percent)s\u00a0%% des rencontres prévues consignées à temps") % {"percent": value_of(flag)}


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "program-form": lambda flag: _("Mentorat en groupe ou à distance"),
    "program-structure": _missing,
    "program-type": _missing,
    "program-results": _missing,
    "program-roles": _roles,
    "program-contents-drift": _elsewhere,
    "data-confidence": _in_time,
}


def _observed_structure(flag: Flag) -> str:
    return _("Parmi la fréquence, la durée et la forme des rencontres, éléments à préciser\u00a0: %(count)s.") % {
        "count": value_of(flag)
    }


def _observed_type(flag: Flag) -> str:
    return _("Parmi le type principal et les formes du programme, éléments à préciser\u00a0: %(count)s.") % {
        "count": value_of(flag)
    }


def _observed_results(flag: Flag) -> str:
    return _(
        "Parmi les résultats attendus, les activités et le lien entre eux, éléments à préciser\u00a0: %(count)s."
    ) % {"count": value_of(flag)}


def _observed_roles(flag: Flag) -> str:
    if flag.value is None:
        return _("Le rôle des personnes qui accompagnent les élèves, ou ses limites, ne sont pas écrits au programme.")
    return ngettext(
        "Le rôle est écrit; %(count)s personne en fonction n’en a pas encore pris connaissance.",
        "Le rôle est écrit; %(count)s personnes en fonction n’en ont pas encore pris connaissance.",
        flag.value,
    ) % {"count": flag.value}


def _observed_elsewhere(flag: Flag) -> str:
    return _(
        "Depuis le début de l’année scolaire, %(percent)s\u00a0%% des rencontres tenues ne touchent aucun contenu "
        "déclaré."
    ) % {"percent": value_of(flag)}


def _observed_in_time(flag: Flag) -> str:
    return _(
        "Depuis le début de l’année scolaire, %(percent)s\u00a0%% des rencontres prévues du programme ont été "
        "consignées à temps."
    ) % {"percent": value_of(flag)}


OBSERVED: dict[str, Callable[[Flag], str]] = {
    "program-form": lambda flag: _("Le programme de mentorat se fait en groupe ou à distance."),
    "program-structure": _observed_structure,
    "program-type": _observed_type,
    "program-results": _observed_results,
    "program-roles": _observed_roles,
    "program-contents-drift": _observed_elsewhere,
    "data-confidence": _observed_in_time,
}
