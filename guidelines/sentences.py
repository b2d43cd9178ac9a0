"""Findings in words: what was seen, plainly, without blame."""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from guidelines.models import Flag
from people.wording import written
from programs.periods import PeriodState, WeekCell


def headline(flag: Flag) -> str:
    """One short line that names the fact."""
    return HEADLINES[flag.guideline](flag)


def observed(flag: Flag, cells: Sequence[WeekCell] = ()) -> str:
    """The fact in one or two sentences, with its dates when the week's cells are given."""
    if flag.guideline in RHYTHM:
        return _silence(flag, cells)
    return OBSERVED[flag.guideline](flag)


def count_in_words(number: int) -> str:
    """A feminine number in letters up to ten, in digits above."""
    words = (
        _("aucune"),
        _("une"),
        _("deux"),
        _("trois"),
        _("quatre"),
        _("cinq"),
        _("six"),
        _("sept"),
        _("huit"),
        _("neuf"),
        _("dix"),
    )
    return words[number] if 0 <= number < len(words) else str(number)


def weeks_in_words(cells: Sequence[WeekCell]) -> str:
    """« du 2 et du 9 novembre »: the Mondays of weeks, the month said once."""
    return join_words([_("du %(day)s") % {"day": words} for words in _days([cell.span_from for cell in cells])])


def days_in_words(days: Sequence[date]) -> str:
    """« 4 et 11 novembre »."""
    return join_words(_days(days))


def join_words(parts: Sequence[str]) -> str:
    """« a, b et c »."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s et %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _days(days: Sequence[date]) -> list[str]:
    """Each day in words, the month said once for the days that share it (English says it each time)."""
    full, short = pgettext("jour et mois", "j F"), pgettext("jour dont le mois suit", "j")
    words = []
    for place, day in enumerate(days):
        shared = place + 1 < len(days) and days[place + 1].month == day.month
        words.append(written(day, short if shared else full))
    return words


def _value(flag: Flag) -> int:
    return flag.value or 0


def _gap(flag: Flag) -> str:
    words = count_in_words(_value(flag))
    return capfirst(_("%(count)s semaines de suite sans rencontre consignée") % {"count": words})


def _critical_period(flag: Flag) -> str:
    words = count_in_words(_value(flag))
    return capfirst(_("%(count)s semaines de suite sans rencontre consignée, avant trois mois") % {"count": words})


def _frequency(flag: Flag) -> str:
    words = count_in_words(_value(flag))
    return capfirst(_("%(count)s semaines de classe manquées sur quatre") % {"count": words})


def _short(flag: Flag) -> str:
    months = _value(flag)
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


def _training(flag: Flag) -> str:
    return _("Formation initiale\u00a0: %(minutes)s min sur 120") % {"minutes": _value(flag)}


def _members(flag: Flag) -> str:
    return ngettext(
        "%(count)s membre actif, balise\u00a0: %(bound)s",
        "%(count)s membres actifs, balise\u00a0: %(bound)s",
        _value(flag),
    ) % {"count": _value(flag), "bound": flag.threshold}


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "dyad-gap": _gap,
    "dyad-critical-period": _critical_period,
    "dyad-frequency": _frequency,
    "dyad-duration-short": _short,
    "dyad-duration-planned": _planned,
    "student-rematch": lambda flag: _("Nouveau jumelage après une relation terminée tôt"),
    "mentor-training": _training,
    "group-too-large": _members,
    "group-too-small": _members,
}

RHYTHM = {"dyad-gap", "dyad-critical-period", "dyad-frequency"}


def _silence(flag: Flag, cells: Sequence[WeekCell]) -> str:
    """The missed weeks by their dates; the last ones when there are many."""
    assessed = [cell for cell in cells if cell.state in (PeriodState.MET, PeriodState.MISSED)]
    window = assessed[-4:] if flag.guideline == "dyad-frequency" else assessed[-_value(flag) :]
    missed = [cell for cell in window if cell.state == PeriodState.MISSED]
    if not missed:
        return headline(flag) + "."
    if len(missed) > 4:
        return _("Aucune rencontre n’est consignée depuis la semaine %(week)s\u00a0: %(count)s semaines de classe.") % {
            "week": weeks_in_words(missed[:1]),
            "count": count_in_words(_value(flag)),
        }
    return ngettext(
        "Aucune rencontre n’est consignée dans la semaine %(weeks)s.",
        "Aucune rencontre n’est consignée dans les semaines %(weeks)s.",
        len(missed),
    ) % {"weeks": weeks_in_words(missed)}


def _observed_short(flag: Flag) -> str:
    dyad = flag.dyad
    if dyad is None or dyad.ended_on is None:
        return headline(flag) + "."
    return _("La relation a pris fin le %(date)s. %(headline)s, à compter de la première rencontre tenue.") % {
        "date": date_format(dyad.ended_on, "DATE_FORMAT"),
        "headline": headline(flag),
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


def _observed_members(flag: Flag) -> str:
    return ngettext(
        "Le groupe compte %(count)s membre actif.", "Le groupe compte %(count)s membres actifs.", _value(flag)
    ) % {"count": _value(flag)}


def _observed_training(flag: Flag) -> str:
    if not flag.value:
        return _("Aucune formation initiale n’est inscrite, et au moins une dyade est en cours.")
    return _("%(minutes)s minutes de formation initiale sont inscrites, et au moins une dyade est en cours.") % {
        "minutes": flag.value
    }


OBSERVED: dict[str, Callable[[Flag], str]] = {
    "dyad-duration-short": _observed_short,
    "dyad-duration-planned": _observed_planned,
    "student-rematch": lambda flag: _(
        "Une relation précédente de l’élève avec une autre personne a pris fin avant six mois, "
        "ou avant la date convenue."
    ),
    "mentor-training": _observed_training,
    "group-too-large": _observed_members,
    "group-too-small": _observed_members,
}
