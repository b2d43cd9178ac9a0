"""Support groups, in words: counts only, never the name of a student."""

from collections.abc import Callable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.models import Flag
from guidelines.sentences.words import count_in_words, value_of


def _members(flag: Flag) -> str:
    return ngettext(
        "%(count)s membre actif, balise\u00a0: %(bound)s",
        "%(count)s membres actifs, balise\u00a0: %(bound)s",
        value_of(flag),
    ) % {"count": value_of(flag), "bound": flag.threshold}


def _gap(flag: Flag) -> str:
    words = count_in_words(value_of(flag))
    return capfirst(_("%(count)s semaines de suite sans rencontre du groupe consignée") % {"count": words})


def _frequency(flag: Flag) -> str:
    return _("%(percent)s\u00a0%% des rencontres prévues sont tenues") % {"percent": value_of(flag)}


def _length(flag: Flag) -> str:
    return ngettext(
        "Rencontres de %(count)s minute par jour", "Rencontres de %(count)s minutes par jour", value_of(flag)
    ) % {"count": value_of(flag)}


def _first_year(flag: Flag) -> str:
    return ngettext(
        "%(count)s élève d’une autre année que la première",
        "%(count)s élèves d’une autre année que la première",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _continuity(flag: Flag) -> str:
    return ngettext(
        "%(count)s élève a changé d’adulte responsable",
        "%(count)s élèves ont changé d’adulte responsable",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _individual(flag: Flag) -> str:
    return ngettext(
        "%(count)s élève sans moment individuel consigné",
        "%(count)s élèves sans moment individuel consigné",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _families(flag: Flag) -> str:
    return ngettext(
        "%(count)s famille sans contact consigné", "%(count)s familles sans contact consigné", value_of(flag)
    ) % {"count": value_of(flag)}


def _reviews(flag: Flag) -> str:
    return ngettext("%(count)s bilan à faire", "%(count)s bilans à faire", value_of(flag)) % {"count": value_of(flag)}


def _absent(flag: Flag) -> str:
    return ngettext(
        "%(count)s élève avec quatre absences de suite",
        "%(count)s élèves avec quatre absences de suite",
        value_of(flag),
    ) % {"count": value_of(flag)}


HEADLINES: dict[str, Callable[[Flag], str]] = {
    "group-too-large": _members,
    "group-too-small": _members,
    "group-first-year": _first_year,
    "group-no-lead": lambda flag: _("Aucun adulte responsable du groupe"),
    "group-continuity": _continuity,
    "group-frequency": _frequency,
    "group-gap": _gap,
    "group-meeting-length": _length,
    "group-individual-contact": _individual,
    "group-family-contact": _families,
    "group-review": _reviews,
    "group-attendance": _absent,
}


def _observed_members(flag: Flag) -> str:
    return ngettext(
        "Le groupe compte %(count)s membre actif.", "Le groupe compte %(count)s membres actifs.", value_of(flag)
    ) % {"count": value_of(flag)}


def _observed_gap(flag: Flag) -> str:
    return _(
        "Aucune rencontre du groupe n’est consignée dans les dernières semaines de classe\u00a0: %(count)s de suite."
    ) % {"count": count_in_words(value_of(flag))}


def _observed_frequency(flag: Flag) -> str:
    return _(
        "Dans les quatre dernières semaines de classe évaluables, %(percent)s\u00a0%% des rencontres prévues sont "
        "consignées comme tenues."
    ) % {"percent": value_of(flag)}


def _observed_length(flag: Flag) -> str:
    return ngettext(
        "Le groupe se réunit %(count)s minute par jour, selon son horaire, son programme ou son journal.",
        "Le groupe se réunit %(count)s minutes par jour, selon son horaire, son programme ou son journal.",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _observed_first_year(flag: Flag) -> str:
    return ngettext(
        "Le groupe est dans sa première année, et %(count)s membre n’est pas en première secondaire.",
        "Le groupe est dans sa première année, et %(count)s membres ne sont pas en première secondaire.",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _observed_continuity(flag: Flag) -> str:
    return ngettext(
        "Depuis son entrée dans le programme, %(count)s membre du groupe a changé d’adulte responsable.",
        "Depuis leur entrée dans le programme, %(count)s membres du groupe ont changé d’adulte responsable.",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _observed_individual(flag: Flag) -> str:
    return ngettext(
        "Pendant la dernière étape terminée, aucun moment individuel n’est consigné pour %(count)s élève.",
        "Pendant la dernière étape terminée, aucun moment individuel n’est consigné pour %(count)s élèves.",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _observed_families(flag: Flag) -> str:
    return ngettext(
        "Pendant la dernière étape terminée, aucun contact n’est consigné avec %(count)s famille.",
        "Pendant la dernière étape terminée, aucun contact n’est consigné avec %(count)s familles.",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _observed_reviews(flag: Flag) -> str:
    return ngettext(
        "Pour la dernière étape terminée, %(count)s bilan n’est pas consigné, du groupe ou d’un lien.",
        "Pour la dernière étape terminée, %(count)s bilans ne sont pas consignés, du groupe ou d’un lien.",
        value_of(flag),
    ) % {"count": value_of(flag)}


def _observed_absent(flag: Flag) -> str:
    return ngettext(
        "Pour %(count)s élève, une absence sans motif est notée à chacune des quatre dernières rencontres tenues.",
        "Pour %(count)s élèves, une absence sans motif est notée à chacune des quatre dernières rencontres tenues.",
        value_of(flag),
    ) % {"count": value_of(flag)}


OBSERVED: dict[str, Callable[[Flag], str]] = {
    "group-too-large": _observed_members,
    "group-too-small": _observed_members,
    "group-first-year": _observed_first_year,
    "group-no-lead": lambda flag: _("Le groupe est ouvert, et aucun adulte n’en a la responsabilité ce jour-là."),
    "group-continuity": _observed_continuity,
    "group-frequency": _observed_frequency,
    "group-gap": _observed_gap,
    "group-meeting-length": _observed_length,
    "group-individual-contact": _observed_individual,
    "group-family-contact": _observed_families,
    "group-review": _observed_reviews,
    "group-attendance": _observed_absent,
}
