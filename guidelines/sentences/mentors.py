"""A mentor's preparation, approach and load, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.models import Flag
from guidelines.sentences.words import value_of

ENOUGH = 120


def _training(flag: Flag) -> str:
    return _("Formation initiale\u00a0: %(minutes)s min sur %(bound)s") % {
        "minutes": value_of(flag),
        "bound": flag.threshold or ENOUGH,
    }


def _late(flag: Flag) -> str:
    return _("Formation\u00a0: %(minutes)s min sur %(bound)s à la première rencontre") % {
        "minutes": value_of(flag),
        "bound": flag.threshold or ENOUGH,
    }


def _approach(flag: Flag) -> str:
    return ngettext(
        "Approche\u00a0: %(count)s élément énoncé sur quatre",
        "Approche\u00a0: %(count)s éléments énoncés sur quatre",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _load(flag: Flag) -> str:
    return ngettext("%(count)s dyade en cours", "%(count)s dyades en cours", value_of(flag)) % {"count": value_of(flag)}


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "mentor-training": _training,
    "mentor-training-late": _late,
    "mentor-style": lambda flag: _("Style surtout prescriptif, selon l’autoévaluation"),
    "mentor-approach": _approach,
    "mentor-peer-age": lambda flag: _("Pair du même âge que l’élève, ou plus jeune"),
    "mentor-load": _load,
}


def _observed_training(flag: Flag) -> str:
    if not flag.value:
        return _("Aucune formation initiale n’est inscrite, et au moins une dyade est en cours.")
    return _("%(minutes)s minutes de formation initiale sont inscrites, et au moins une dyade est en cours.") % {
        "minutes": flag.value
    }


def _observed_late(flag: Flag) -> str:
    return ngettext(
        "Le jour de la première rencontre, %(count)s minute de formation initiale était terminée; le reste a suivi.",
        "Le jour de la première rencontre, %(count)s minutes de formation initiale étaient terminées; le "
        "reste a suivi.",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _observed_approach(flag: Flag) -> str:
    if not flag.value:
        return _("Aucun des quatre éléments (croyances, attitudes, comportements, style) n’est énoncé.")
    return ngettext(
        "%(count)s des quatre éléments (croyances, attitudes, comportements, style) est énoncé.",
        "%(count)s des quatre éléments (croyances, attitudes, comportements, style) sont énoncés.",
        flag.value,
    ) % {"count": flag.value}


def _observed_load(flag: Flag) -> str:
    return ngettext(
        "%(count)s dyade est en cours avec cette personne (balise\u00a0: %(bound)s).",
        "%(count)s dyades sont en cours avec cette personne (balise\u00a0: %(bound)s).",
        value_of(flag),
    ) % {"count": value_of(flag), "bound": flag.threshold}


OBSERVED: dict[str, Callable[[Flag], str]] = {
    "mentor-training": _observed_training,
    "mentor-training-late": _observed_late,
    "mentor-style": lambda flag: _(
        "La dernière autoévaluation compte plus de repères prescriptifs que de repères développementaux."
    ),
    "mentor-approach": _observed_approach,
    "mentor-peer-age": lambda flag: _(
        "D’après les dates de naissance inscrites, ce pair a le même âge que l’élève, ou est plus jeune."
    ),
    "mentor-load": _observed_load,
}
