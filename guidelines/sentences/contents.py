"""What a dyad does together, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.models import Flag
from guidelines.sentences.words import value_of


def _individual(flag: Flag) -> str:
    return _("%(percent)s\u00a0%% des rencontres en mode individuel") % {"percent": value_of(flag)}


def _remote(flag: Flag) -> str:
    return _("%(percent)s\u00a0%% des rencontres à distance") % {"percent": value_of(flag)}


def _homework(flag: Flag) -> str:
    return _("%(percent)s\u00a0%% des rencontres sur des travaux scolaires") % {"percent": value_of(flag)}


def _shared(flag: Flag) -> str:
    if not flag.value:
        return _("Aucune activité structurée ensemble, ces dernières semaines")
    return ngettext(
        "%(count)s activité structurée ensemble, ces dernières semaines",
        "%(count)s activités structurées ensemble, ces dernières semaines",
        flag.value,
    ) % {"count": flag.value}


def _choice(flag: Flag) -> str:
    if not flag.value:
        return _("Aucune activité choisie par l’élève ou avec l’élève")
    return ngettext(
        "%(count)s activité choisie par l’élève ou avec l’élève",
        "%(count)s activités choisies par l’élève ou avec l’élève",
        flag.value,
    ) % {"count": flag.value}


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "dyad-individual-share": _individual,
    "dyad-remote-share": _remote,
    "dyad-homework-heavy": _homework,
    "dyad-shared-activity": _shared,
    "dyad-student-choice": _choice,
}


def _observed_individual(flag: Flag) -> str:
    return _(
        "Parmi les rencontres tenues ces dernières semaines, et dont le mode est indiqué, %(percent)s\u00a0%% étaient "
        "individuelles."
    ) % {"percent": value_of(flag)}


def _observed_remote(flag: Flag) -> str:
    return _(
        "Parmi les rencontres tenues ces dernières semaines, et dont le moyen est indiqué, %(percent)s\u00a0%% "
        "avaient lieu par vidéo."
    ) % {"percent": value_of(flag)}


def _observed_homework(flag: Flag) -> str:
    return _(
        "Parmi les rencontres tenues ces dernières semaines, et dont l’activité est indiquée, "
        "%(percent)s\u00a0%% ont servi à résoudre un problème d’ordre scolaire."
    ) % {"percent": value_of(flag)}


def _observed_shared(flag: Flag) -> str:
    if not flag.value:
        return _(
            "Aucune des rencontres tenues ces dernières semaines n’indique une activité structurée faite ensemble."
        )
    return ngettext(
        "%(count)s rencontre de ces dernières semaines indique une activité structurée faite ensemble.",
        "%(count)s rencontres de ces dernières semaines indiquent une activité structurée faite ensemble.",
        flag.value,
    ) % {"count": flag.value}


def _observed_choice(flag: Flag) -> str:
    if not flag.value:
        return _("Aucune des rencontres tenues ces dernières semaines n’indique une activité choisie avec l’élève.")
    return ngettext(
        "%(count)s rencontre de ces dernières semaines indique une activité choisie par l’élève ou avec l’élève.",
        "%(count)s rencontres de ces dernières semaines indiquent une activité choisie par l’élève ou avec l’élève.",
        flag.value,
    ) % {"count": flag.value}


OBSERVED: dict[str, Callable[[Flag], str]] = {
    "dyad-individual-share": _observed_individual,
    "dyad-remote-share": _observed_remote,
    "dyad-homework-heavy": _observed_homework,
    "dyad-shared-activity": _observed_shared,
    "dyad-student-choice": _observed_choice,
}
