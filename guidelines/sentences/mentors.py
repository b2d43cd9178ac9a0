"""A mentor's preparation, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from guidelines.models import Flag
from guidelines.sentences.words import value_of


def _training(flag: Flag) -> str:
    return _("Formation initiale\u00a0: %(minutes)s min sur 120") % {"minutes": value_of(flag)}


def _observed_training(flag: Flag) -> str:
    if not flag.value:
        return _("Aucune formation initiale n’est inscrite, et au moins une dyade est en cours.")
    return _("%(minutes)s minutes de formation initiale sont inscrites, et au moins une dyade est en cours.") % {
        "minutes": flag.value
    }


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "mentor-training": _training,
}

OBSERVED: dict[str, Callable[[Flag], str]] = {
    "mentor-training": _observed_training,
}
