"""A dyad's length, commitment and matching, in words."""

from collections.abc import Callable
from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.models import Flag
from guidelines.sentences.words import value_of
from people.wording import spoken


def _short(flag: Flag) -> str:
    months = value_of(flag)
    if months < 1:
        return _("Relation terminée après moins d’un mois")
    return ngettext("Relation terminée après %(count)s mois", "Relation terminée après %(count)s mois", months) % {
        "count": months
    }


def _planned(flag: Flag) -> str:
    if flag.value is None:
        return _("Aucune fin d’engagement inscrite")
    if flag.threshold is None:
        return _("Engagement qui prend fin avant la fin de l’année scolaire")
    if flag.value < 1:
        return _("Engagement de moins d’un mois")
    return ngettext("Engagement de %(count)s mois", "Engagement de %(count)s mois", flag.value) % {"count": flag.value}


def _observed_short(flag: Flag) -> str:
    dyad = flag.dyad
    if dyad is None or dyad.ends_on is None:
        return _short(flag) + "."
    return _("La relation a pris fin le %(date)s. %(headline)s, à compter de la première rencontre tenue.") % {
        "date": date_format(dyad.ends_on, "DATE_FORMAT"),
        "headline": _short(flag),
    }


def _observed_planned(flag: Flag) -> str:
    if flag.value is None:
        return _("Aucune date de fin d’engagement n’est inscrite pour cette dyade.")
    if flag.threshold is None:
        return _("L’engagement prend fin avant la fin de l’année scolaire où la dyade a commencé.")
    if flag.value < 1:
        return _("L’engagement inscrit dure moins d’un mois.")
    return ngettext(
        "L’engagement inscrit dure %(count)s mois.", "L’engagement inscrit dure %(count)s mois.", flag.value
    ) % {"count": flag.value}


def _observed_expired(flag: Flag) -> str:
    if flag.dyad is None or flag.dyad.committed_until is None:
        return _("La date de fin d’engagement est passée, et la dyade est en cours.")
    return _("L’engagement allait jusqu’au %(date)s, et la dyade est en cours.") % {
        "date": spoken(flag.dyad.committed_until - timedelta(days=1))
    }


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "dyad-duration-short": _short,
    "dyad-duration-planned": _planned,
    "dyad-commitment-expired": lambda flag: _("Engagement arrivé à sa fin"),
    "student-rematch": lambda flag: _("Nouveau jumelage après une relation terminée tôt"),
}

OBSERVED: dict[str, Callable[[Flag], str]] = {
    "dyad-duration-short": _observed_short,
    "dyad-duration-planned": _observed_planned,
    "dyad-commitment-expired": _observed_expired,
    "student-rematch": lambda flag: _(
        "Une relation précédente de l’élève avec une autre personne a pris fin avant six mois, "
        "ou avant la date convenue."
    ),
}
