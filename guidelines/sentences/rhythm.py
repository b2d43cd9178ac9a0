"""How often a dyad meets, how regularly, and how long, in words."""

from collections.abc import Callable, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.models import Flag
from guidelines.sentences.words import count_in_words, value_of, weeks_in_words
from people.wording import spoken
from programs.periods import PeriodState, WeekCell

MOST_LISTED = 4
"""Missed weeks that a sentence names one by one; of more, it says since when."""


def _gap(flag: Flag) -> str:
    weeks = value_of(flag)
    if weeks < 2:
        return _("Une semaine de classe sans rencontre consignée")
    return capfirst(_("%(count)s semaines de suite sans rencontre consignée") % {"count": count_in_words(weeks)})


def _critical_period(flag: Flag) -> str:
    weeks = value_of(flag)
    if weeks < 2:
        return _("Une semaine sans rencontre consignée, pendant les premiers mois")
    words = count_in_words(weeks)
    return capfirst(
        _("%(count)s semaines de suite sans rencontre consignée, pendant les premiers mois") % {"count": words}
    )


def _frequency(flag: Flag) -> str:
    weeks = value_of(flag)
    return capfirst(
        ngettext(
            "%(count)s semaine de classe manquée parmi les dernières",
            "%(count)s semaines de classe manquées parmi les dernières",
            weeks,
        )
        % {"count": count_in_words(weeks)}
    )


def _first_meeting(flag: Flag) -> str:
    return ngettext(
        "Aucune rencontre tenue après %(count)s jour de classe",
        "Aucune rencontre tenue après %(count)s jours de classe",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _no_contact(flag: Flag) -> str:
    return ngettext(
        "Aucun contact consigné depuis %(count)s jour de classe",
        "Aucun contact consigné depuis %(count)s jours de classe",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _regularity(flag: Flag) -> str:
    return _("Une rencontre dans %(percent)s\u00a0%% des semaines de classe") % {"percent": value_of(flag)}


def _minutes(flag: Flag) -> str:
    return ngettext(
        "%(count)s minute de rencontre par semaine", "%(count)s minutes de rencontre par semaine", value_of(flag)
    ) % {"count": value_of(flag)}


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "dyad-gap": _gap,
    "dyad-critical-period": _critical_period,
    "dyad-frequency": _frequency,
    "dyad-first-meeting": _first_meeting,
    "dyad-no-contact": _no_contact,
    "dyad-regularity": _regularity,
    "dyad-weekly-minutes": _minutes,
}


def _silence(flag: Flag, cells: Sequence[WeekCell]) -> str:
    """The missed weeks by their dates; the last ones when there are many."""
    assessed = [cell for cell in cells if cell.state in (PeriodState.MET, PeriodState.MISSED)]
    window = assessed[-4:] if flag.guideline == "dyad-frequency" else assessed[-value_of(flag) :]
    missed = [cell for cell in window if cell.state == PeriodState.MISSED]
    if not missed:
        return HEADLINES[flag.guideline](flag) + "."
    if len(missed) > MOST_LISTED:
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


def _observed_first_meeting(flag: Flag) -> str:
    if flag.dyad is None:
        return _first_meeting(flag) + "."
    return ngettext(
        "La dyade a commencé le %(date)s. Depuis, l’école a compté %(count)s jour de classe, et aucune rencontre n’est "
        "consignée.",
        "La dyade a commencé le %(date)s. Depuis, l’école a compté %(count)s jours de classe, et aucune "
        "rencontre n’est consignée.",
        value_of(flag),
    ) % {"date": spoken(flag.dyad.starts_on), "count": value_of(flag)}


def _observed_no_contact(flag: Flag) -> str:
    return ngettext(
        "Aucune rencontre, aucun appel, aucun courriel ni message n’est consigné depuis %(count)s jour de "
        "classe, pauses exclues.",
        "Aucune rencontre, aucun appel, aucun courriel ni message n’est consigné depuis %(count)s jours de "
        "classe, pauses exclues.",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _observed_regularity(flag: Flag) -> str:
    return _(
        "Depuis le début, une rencontre est consignée dans %(percent)s\u00a0%% des semaines de classe évaluables "
        "(balise\u00a0: %(bound)s\u00a0%%)."
    ) % {"percent": value_of(flag), "bound": flag.threshold}


def _observed_minutes(flag: Flag) -> str:
    return ngettext(
        "Dans les dernières semaines évaluables, les rencontres durent en tout %(count)s minute par semaine "
        "(balise\u00a0: %(bound)s).",
        "Dans les dernières semaines évaluables, les rencontres durent en tout %(count)s minutes par semaine "
        "(balise\u00a0: %(bound)s).",
        value_of(flag),
    ) % {"count": value_of(flag), "bound": flag.threshold}


OBSERVED: dict[str, Callable[[Flag], str]] = {
    "dyad-first-meeting": _observed_first_meeting,
    "dyad-no-contact": _observed_no_contact,
    "dyad-regularity": _observed_regularity,
    "dyad-weekly-minutes": _observed_minutes,
}
