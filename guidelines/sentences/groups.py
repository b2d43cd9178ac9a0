"""Support groups, in words."""

from collections.abc import Callable

from django.utils.translation import ngettext

from guidelines.models import Flag
from guidelines.sentences.words import value_of


def _members(flag: Flag) -> str:
    return ngettext(
        "%(count)s membre actif, balise\u00a0: %(bound)s",
        "%(count)s membres actifs, balise\u00a0: %(bound)s",
        value_of(flag),
    ) % {"count": value_of(flag), "bound": flag.threshold}


def _observed_members(flag: Flag) -> str:
    return ngettext(
        "Le groupe compte %(count)s membre actif.", "Le groupe compte %(count)s membres actifs.", value_of(flag)
    ) % {"count": value_of(flag)}


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "group-too-large": _members,
    "group-too-small": _members,
}

OBSERVED: dict[str, Callable[[Flag], str]] = {
    "group-too-large": _observed_members,
    "group-too-small": _observed_members,
}
