"""The agreement, teachers heard, follow-up, support and reviews of a dyad, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.models import Flag
from guidelines.sentences.words import value_of
from people.wording import spoken


def _agreement(flag: Flag) -> str:
    return ngettext(
        "Aucune entente signée, %(count)s jour après le début",
        "Aucune entente signée, %(count)s jours après le début",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _liaison(flag: Flag) -> str:
    if not flag.value:
        return _("Aucun échange avec le personnel enseignant dans l’étape")
    return ngettext(
        "%(count)s échange avec le personnel enseignant dans l’étape",
        "%(count)s échanges avec le personnel enseignant dans l’étape",
        flag.value,
    ) % {"count": flag.value}


def _followup(flag: Flag) -> str:
    return ngettext(
        "%(count)s sujet de suivi non revu avec l’élève dans l’étape",
        "%(count)s sujets de suivi non revus avec l’élève dans l’étape",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _event(flag: Flag) -> str:
    return ngettext(
        "Événement difficile depuis %(count)s jour, sans soutien consigné",
        "Événement difficile depuis %(count)s jours, sans soutien consigné",
        value_of(flag),
    ) % {"count": value_of(flag)}


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "dyad-agreement": _agreement,
    "dyad-teacher-liaison": _liaison,
    "dyad-systematic-followup": _followup,
    "dyad-support-after-event": _event,
    "dyad-review": lambda flag: _("Bilan de la relation à faire"),
}


def _observed_agreement(flag: Flag) -> str:
    if flag.dyad is None:
        return _agreement(flag) + "."
    return _("La dyade a commencé le %(date)s, et aucune entente signée n’a à la fois un objectif et une tâche.") % {
        "date": spoken(flag.dyad.starts_on)
    }


def _observed_liaison(flag: Flag) -> str:
    if not flag.value:
        return _(
            "Aucun échange avec le personnel enseignant de l’élève n’est consigné dans la dernière étape terminée."
        )
    return ngettext(
        "%(count)s échange avec le personnel enseignant de l’élève est consigné dans la dernière étape terminée.",
        "%(count)s échanges avec le personnel enseignant de l’élève sont consignés dans la dernière étape terminée.",
        flag.value,
    ) % {"count": flag.value}


def _observed_followup(flag: Flag) -> str:
    return ngettext(
        "Parmi les retards, les notes de discipline et les résultats, %(count)s sujet n’a pas été revu avec "
        "l’élève dans la dernière étape terminée.",
        "Parmi les retards, les notes de discipline et les résultats, %(count)s sujets n’ont pas été revus "
        "avec l’élève dans la dernière étape terminée.",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _observed_event(flag: Flag) -> str:
    return ngettext(
        "Un événement difficile est consigné depuis %(count)s jour, et aucun soutien ne l’est encore.",
        "Un événement difficile est consigné depuis %(count)s jours, et aucun soutien ne l’est encore.",
        value_of(flag),
    ) % {"count": value_of(flag)}


OBSERVED: dict[str, Callable[[Flag], str]] = {
    "dyad-agreement": _observed_agreement,
    "dyad-teacher-liaison": _observed_liaison,
    "dyad-systematic-followup": _observed_followup,
    "dyad-support-after-event": _observed_event,
    "dyad-review": lambda flag: _(
        "Aucune rencontre entre responsable du programme et mentore ou mentor n’est consignée au sujet de "
        "cette relation, depuis le début ou dans la dernière étape terminée."
    ),
}
