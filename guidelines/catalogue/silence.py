"""When a dyad falls silent: five rules of one cause, shown and counted as one."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from guidelines.catalogue.citations import TAKE_TIME
from guidelines.catalogue.entry import Audience, Breach, Clearing, Guideline, Parameter, Threshold
from guidelines.catalogue.sentence import Sentence, say, value_of
from guidelines.catalogue.steps import LOG_FORGOTTEN, OPEN_DYAD, PAUSE, PLAN_MEETING
from guidelines.concerns import Concern
from guidelines.severity import Severity
from guidelines.words import count_in_words, weeks_in_words
from mentoring.models import DyadMeeting, DyadTimetable, Pause
from programs.calendars.periods import PeriodState, WeekCell
from programs.models import SchoolDay

if TYPE_CHECKING:
    from guidelines.models import Flag

SILENCE = "silence"
STEPS = (LOG_FORGOTTEN, PLAN_MEETING, PAUSE, OPEN_DYAD)
TWO_WEEKS = _(
    "Assez de semaines de classe évaluables (deux, par défaut)\u00a0: tenues ou manquées, hors congés, pauses, absences de l’élève, "
    "semaines dont les jours d’horaire sont sans classe et jours laissés pour consigner."
)
LEAST = Parameter("least", 2, _("Semaines évaluables qu’il faut au moins"))
CALENDAR = _("Les jours de classe de l’école, et les rencontres et contacts consignés.")

SILENT = Sentence(
    _("%(count)s semaines de suite sans rencontre consignée"),
    at_one=_("Une semaine de classe sans rencontre consignée"),
    in_letters=True,
)
SILENT_EARLY = Sentence(
    _("%(count)s semaines de suite sans rencontre consignée, pendant les premiers mois"),
    at_one=_("Une semaine sans rencontre consignée, pendant les premiers mois"),
    in_letters=True,
)
SPACED = Sentence(
    ngettext_lazy(
        "%(count)s semaine de classe manquée parmi les dernières",
        "%(count)s semaines de classe manquées parmi les dernières",
        "number",
    ),
    in_letters=True,
)
MOST_LISTED = 4
"""Missed weeks that a sentence names one by one; of more, it says since when."""


def weeks_missed(headline: Sentence) -> Callable[["Flag", Sequence[WeekCell]], str]:
    """The missed weeks by their dates: the last ones, as many as the finding counts."""

    def told(flag: "Flag", cells: Sequence[WeekCell]) -> str:
        assessed = [cell for cell in cells if cell.state in (PeriodState.MET, PeriodState.MISSED)]
        count = value_of(flag)
        missed = [cell for cell in assessed if cell.state == PeriodState.MISSED][-count:] if count else []
        if not missed:
            return say(headline, flag) + "."
        if len(missed) > MOST_LISTED and missed == assessed[-len(missed) :]:
            since = {"week": weeks_in_words(missed[:1]), "count": count_in_words(count)}
            return (
                _("Aucune rencontre n’est consignée depuis la semaine %(week)s\u00a0: %(count)s semaines de classe.")
                % since
            )
        return ngettext(
            "Aucune rencontre n’est consignée dans la semaine %(weeks)s.",
            "Aucune rencontre n’est consignée dans les semaines %(weeks)s.",
            len(missed),
        ) % {"weeks": weeks_in_words(missed)}

    return told


DYAD_CRITICAL_PERIOD = Guideline(
    code="dyad-critical-period",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.RHYTHM,
    moved_by=(DyadMeeting, Pause, DyadTimetable, SchoolDay),
    remindable=True,
    title=_("Silence pendant les premiers mois"),
    checks=_("Peu après le début, les dernières semaines de classe évaluables."),
    headline=SILENT_EARLY,
    observed=weeks_missed(SILENT_EARLY),
    measure="open_dyad_weeks",
    column="missed_of_last_2",
    unlogged="unlogged_of_last_2",
    lacking="early_lacking",
    thresholds=(
        Threshold(
            Severity.CRITICAL,
            Breach.HOLDS,
            2,
            _("%(bound)s semaines de classe manquées de suite, pendant les premiers mois"),
            "silent_early",
        ),
    ),
    unit=_("semaines"),
    citation=TAKE_TIME,
    explanation=_(
        "Une relation qui s’arrête avant trois mois est associée à des effets défavorables sur le sentiment de "
        "compétence et l’estime de soi de l’élève. Deux semaines de silence au début sont le moment d’agir."
    ),
    next_steps=STEPS,
    clears=_("Par les faits, dès qu’une rencontre est consignée; par le temps, après les premiers mois."),
    clearing=(Clearing.FACTS, Clearing.TIME, Clearing.CORRECTION),
    needs=TWO_WEEKS,
    parameters=(Parameter("months", 3, _("Mois depuis le début pendant lesquels la règle vaut"), fewest=1), LEAST),
    cause=SILENCE,
)

DYAD_GAP = Guideline(
    code="dyad-gap",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.RHYTHM,
    moved_by=(DyadMeeting, Pause, DyadTimetable, SchoolDay),
    remindable=True,
    title=_("Plusieurs semaines de suite sans rencontre"),
    checks=_("Les semaines de classe manquées de suite, à la fin des semaines évaluables."),
    headline=SILENT,
    observed=weeks_missed(SILENT),
    measure="open_dyad_weeks",
    column="gap",
    unlogged="unlogged_in_gap",
    lacking="gap_lacking",
    thresholds=(
        Threshold(Severity.CRITICAL, Breach.AT_LEAST, 3, _("%(bound)s semaines de suite ou plus"), "gap"),
        Threshold(Severity.WARNING, Breach.AT_LEAST, 2, _("%(bound)s semaines de suite ou plus"), "gap"),
    ),
    unit=_("semaines"),
    citation=TAKE_TIME,
    explanation=_(
        "Les programmes demandent habituellement une rencontre par semaine. Des rencontres fréquentes, sur une longue "
        "période, sont associées à de bonnes relations de mentorat."
    ),
    next_steps=STEPS,
    clears=_("Par les faits, quand une rencontre tenue met fin à la suite."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    needs=TWO_WEEKS,
    parameters=(LEAST,),
    cause=SILENCE,
)

DYAD_FREQUENCY = Guideline(
    code="dyad-frequency",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.RHYTHM,
    moved_by=(DyadMeeting, Pause, DyadTimetable, SchoolDay),
    remindable=True,
    title=_("Rencontres trop espacées"),
    checks=_("Les semaines de classe manquées parmi les dernières évaluables, quatre par défaut."),
    headline=SPACED,
    observed=weeks_missed(SPACED),
    measure="open_dyad_weeks",
    column="missed_of_last_4",
    unlogged="unlogged_of_last_4",
    lacking="frequency_lacking",
    thresholds=(
        Threshold(
            Severity.CRITICAL,
            Breach.AT_LEAST,
            3,
            _("%(bound)s semaines manquées ou plus, parmi les dernières"),
            "missed_of_last_4",
            within="weeks",
        ),
        Threshold(
            Severity.WARNING,
            Breach.AT_LEAST,
            2,
            _("%(bound)s semaines manquées ou plus, parmi les dernières"),
            "missed_of_last_4",
            within="weeks",
        ),
    ),
    unit=_("semaines"),
    citation=TAKE_TIME,
    explanation=_(
        "Les programmes demandent habituellement une rencontre par semaine. Passer du temps ensemble, souvent et "
        "longtemps, est associé à de bonnes relations de mentorat."
    ),
    next_steps=STEPS,
    clears=_("Par les faits, quand les rencontres reprennent chaque semaine."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    needs=TWO_WEEKS,
    parameters=(Parameter("weeks", 4, _("Dernières semaines évaluables que l’on regarde"), fewest=1), LEAST),
    cause=SILENCE,
)

DYAD_FIRST_MEETING = Guideline(
    code="dyad-first-meeting",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.RHYTHM,
    moved_by=(DyadMeeting, SchoolDay),
    remindable=True,
    title=_("Première rencontre à venir"),
    checks=_("Les jours de classe écoulés depuis le début d’une dyade sans aucune rencontre tenue."),
    headline=ngettext_lazy(
        "Aucune rencontre tenue après %(count)s jour de classe",
        "Aucune rencontre tenue après %(count)s jours de classe",
        "count",
    ),
    observed=ngettext_lazy(
        "La dyade a commencé le %(date)s. Depuis, l’école a compté %(count)s jour de classe, et aucune rencontre n’est "
        "consignée.",
        "La dyade a commencé le %(date)s. Depuis, l’école a compté %(count)s jours de classe, et aucune "
        "rencontre n’est consignée.",
        "count",
    ),
    measure="open_dyad_facts",
    column="days_unmet",
    unlogged="unlogged_unmet",
    lacking="unmet_lacking",
    thresholds=(Threshold(Severity.WARNING, Breach.ABOVE, 10, _("plus de %(bound)s jours de classe"), "days_unmet"),),
    unit=_("jours de classe"),
    citation=TAKE_TIME,
    explanation=_(
        "Le temps passé ensemble, souvent et longtemps, est associé à de bonnes relations\u00a0: il commence à la "
        "première rencontre. Le nombre de jours est notre repère, non celui de la recension."
    ),
    next_steps=STEPS,
    clears=_("Par les faits, dès qu’une première rencontre est consignée."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    needs=CALENDAR,
    cause=SILENCE,
)

DYAD_NO_CONTACT = Guideline(
    code="dyad-no-contact",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.RHYTHM,
    moved_by=(DyadMeeting, Pause, SchoolDay),
    remindable=True,
    title=_("Plus de nouvelles depuis quelque temps"),
    checks=_(
        "Les jours de classe écoulés depuis la dernière rencontre ou le dernier contact, par quelque moyen que ce soit "
        "(depuis le début, s’il n’y en a pas eu), pauses exclues."
    ),
    headline=ngettext_lazy(
        "Aucun contact consigné depuis %(count)s jour de classe",
        "Aucun contact consigné depuis %(count)s jours de classe",
        "count",
    ),
    observed=ngettext_lazy(
        "Aucune rencontre, aucun appel, aucun courriel ni message n’est consigné depuis %(count)s jour de "
        "classe, pauses exclues.",
        "Aucune rencontre, aucun appel, aucun courriel ni message n’est consigné depuis %(count)s jours de "
        "classe, pauses exclues.",
        "count",
    ),
    measure="open_dyad_facts",
    column="days_silent",
    unlogged="unlogged_silent",
    lacking="silent_lacking",
    thresholds=(Threshold(Severity.WARNING, Breach.ABOVE, 10, _("plus de %(bound)s jours de classe"), "days_silent"),),
    unit=_("jours de classe"),
    citation=TAKE_TIME,
    explanation=_(
        "Les programmes demandent de garder le contact\u00a0: en se voyant, au téléphone, par courriel ou par message. Un "
        "mot entre deux rencontres tient le lien. Le nombre de jours est notre repère, non celui de la recension."
    ),
    next_steps=STEPS,
    clears=_("Par les faits, dès qu’une rencontre ou un contact est consigné."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    needs=CALENDAR,
    cause=SILENCE,
)
