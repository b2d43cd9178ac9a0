"""Resource teachers, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.models import Flag
from guidelines.sentences.words import value_of


def _release(flag: Flag) -> str:
    if flag.value is None:
        return _("Aucune libération inscrite")
    return _("Libération de %(percent)s\u00a0%% de la tâche") % {"percent": flag.value}


def _functions(flag: Flag) -> str:
    return ngettext(
        "%(count)s fonction sans temps consigné", "%(count)s fonctions sans temps consigné", value_of(flag)
    ) % {"count": value_of(flag)}


def _foundations(flag: Flag) -> str:
    return ngettext("%(count)s fondement énoncé sur cinq", "%(count)s fondements énoncés sur cinq", value_of(flag)) % {
        "count": value_of(flag)
    }


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "teacher-release": _release,
    "teacher-functions": _functions,
    "teacher-foundations": _foundations,
}


def _observed_release(flag: Flag) -> str:
    if flag.value is None:
        return _("La personne est responsable d’un groupe, et aucune libération n’est inscrite pour l’année scolaire.")
    return _("Les libérations inscrites pour l’année scolaire font %(percent)s\u00a0%% en tout.") % {
        "percent": flag.value
    }


def _observed_functions(flag: Flag) -> str:
    return ngettext(
        "Depuis le début de l’année scolaire, %(count)s des trois fonctions n’a aucun temps consigné.",
        "Depuis le début de l’année scolaire, %(count)s des trois fonctions n’ont aucun temps consigné.",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _observed_foundations(flag: Flag) -> str:
    return ngettext(
        "La personne est responsable d’un groupe; %(count)s fondement est énoncé sur cinq.",
        "La personne est responsable d’un groupe; %(count)s fondements sont énoncés sur cinq.",
        value_of(flag),
    ) % {"count": value_of(flag)}


OBSERVED: dict[str, Callable[[Flag], str]] = {
    "teacher-release": _observed_release,
    "teacher-functions": _observed_functions,
    "teacher-foundations": _observed_foundations,
}
