"""How often a dyad meets, in words."""

from collections.abc import Callable, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.models import Flag
from guidelines.sentences.words import count_in_words, value_of, weeks_in_words
from programs.periods import PeriodState, WeekCell


def _gap(flag: Flag) -> str:
    words = count_in_words(value_of(flag))
    return capfirst(_("%(count)s semaines de suite sans rencontre consignée") % {"count": words})


def _critical_period(flag: Flag) -> str:
    words = count_in_words(value_of(flag))
    return capfirst(_("%(count)s semaines de suite sans rencontre consignée, avant trois mois") % {"count": words})


def _frequency(flag: Flag) -> str:
    words = count_in_words(value_of(flag))
    return capfirst(_("%(count)s semaines de classe manquées sur quatre") % {"count": words})


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "dyad-gap": _gap,
    "dyad-critical-period": _critical_period,
    "dyad-frequency": _frequency,
}


def _silence(flag: Flag, cells: Sequence[WeekCell]) -> str:
    """The missed weeks by their dates; the last ones when there are many."""
    assessed = [cell for cell in cells if cell.state in (PeriodState.MET, PeriodState.MISSED)]
    window = assessed[-4:] if flag.guideline == "dyad-frequency" else assessed[-value_of(flag) :]
    missed = [cell for cell in window if cell.state == PeriodState.MISSED]
    if not missed:
        return HEADLINES[flag.guideline](flag) + "."
    if len(missed) > 4:
        return _("Aucune rencontre n’est consignée depuis la semaine %(week)s\u00a0: %(count)s semaines de classe.") % {
            "week": weeks_in_words(missed[:1]),
            "count": count_in_words(value_of(flag)),
        }
    return ngettext(
        "Aucune rencontre n’est consignée dans la semaine %(weeks)s.",
        "Aucune rencontre n’est consignée dans les semaines %(weeks)s.",
        len(missed),
    ) % {"weeks": weeks_in_words(missed)}


FROM_WEEKS: dict[str, Callable[[Flag, Sequence[WeekCell]], str]] = {
    "dyad-gap": _silence,
    "dyad-critical-period": _silence,
    "dyad-frequency": _silence,
}
