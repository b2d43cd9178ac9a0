"""The tables of a report on durations."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mentoring.models.endings import EndCode, EndedBy, Whose
from reports.classes import LABELS
from reports.document import Layout
from reports.durations.facts import BANDS, EDGES, NOT_SAID, Outcome, Status
from reports.durations.told import AFTER, CLASSES, CODES, LEFT, Number, Told
from reports.lengths import MONTHS
from reports.shares import mean_of_programs, percent
from reports.survival import FEWEST
from reports.tables import Column, Kind, Text, Unsaid

STATUSES: dict[Status, Text] = {
    Status.NEVER: _("Sans dyade jusqu’ici"),
    Status.OPEN: _("Une dyade, en cours"),
    Status.ENDED: _("Une dyade, terminée"),
    Status.REMATCHED: _("Jumelé de nouveau (deux dyades ou plus)"),
}
ALL = pgettext_lazy("tout compté", "Ensemble")


@dataclass(frozen=True)
class StatusLine:
    label: Text
    under_first: Number | None
    under_second: Number | None
    under_last: Number | None
    over: Number | None
    total: Number
    of: Number

    @property
    def share(self) -> float | Unsaid:
        return percent(self.total, self.of)


@dataclass(frozen=True)
class ClassLine:
    label: str
    number: Number
    of: Number

    @property
    def share(self) -> float | Unsaid:
        return percent(self.number, self.of)


@dataclass(frozen=True)
class RetentionLine:
    begun: str
    months: int
    count: Number
    followed: Number
    early: Number
    planned: Number
    shorter: Number
    mean: float | Unsaid
    programs: int
    is_due: bool
    """Whether all that ended were begun so many months before the last day."""

    @property
    def long_enough(self) -> Number:
        """Of those begun, the ones that were followed long enough to say."""
        if isinstance(self.count, Unsaid) or isinstance(self.shorter, Unsaid):
            return Unsaid.MASKED
        return self.count - self.shorter

    @property
    def share(self) -> float | Unsaid:
        """Of those without an early end: a planned one is none.

        Unknown once some begun more recently have ended, for of these the ends alone would count; and while most were
        followed less long.
        """
        if not self.is_due:
            return Unsaid.UNKNOWN
        if isinstance(self.long_enough, Unsaid) or isinstance(self.early, Unsaid):
            return Unsaid.MASKED
        if isinstance(self.count, int) and 2 * self.long_enough < self.count:
            return Unsaid.UNKNOWN
        return percent(self.long_enough - self.early, self.long_enough)


@dataclass(frozen=True)
class LifeLine:
    begun: str
    since: int
    until: int
    at_risk: Number
    early: Number
    left: Number
    share: float | Unsaid
    low: float | Unsaid
    high: float | Unsaid


@dataclass(frozen=True)
class EndingLine:
    whose: Text
    what: Text
    number: Number
    of: Number

    @property
    def share(self) -> float | Unsaid:
        return percent(self.number, self.of)


def _number(heading: Text, lookup: str, about: Text) -> Column:
    return Column(heading, lookup, kind=Kind.NUMBER, about=about)


def _percent(heading: Text, lookup: str, about: Text) -> Column:
    return Column(heading, lookup, kind=Kind.PERCENT, about=about)


OF = _number(_("Sur (n)"), "of", _("Le nombre de tous, dont la part est tirée."))
BEGUN = Column(_("Commencées en"), "begun", about=_("L’année scolaire où la relation a commencé."))
STATUS = Layout(
    "situation-et-duree",
    _("Situation et durée"),
    (
        Column(
            _("Situation"),
            "label",
            about=_("Chaque élève une fois. Deux dyades ou plus\u00a0: jumelé de nouveau, quoi qu’il en soit devenu."),
        ),
        _number(
            format_lazy(_("Moins de {until} mois"), until=BANDS[0]),
            "under_first",
            _("Depuis le début de la dyade, de la dernière s’il y en a plusieurs."),
        ),
        *(
            _number(
                format_lazy(_("{since} à {until} mois"), since=since, until=until),
                lookup,
                format_lazy(_("{since} mois juste en font partie, {until} mois juste non."), since=since, until=until),
            )
            for lookup, (since, until) in zip(("under_second", "under_last"), pairwise(BANDS), strict=True)
        ),
        _number(
            format_lazy(_("{since} mois et plus"), since=BANDS[-1]),
            "over",
            format_lazy(_("{since} mois juste en font partie."), since=BANDS[-1]),
        ),
        _number(_("Élèves"), "total", _("Toutes durées ensemble.")),
        _percent(_("Part (%)"), "share", _("Des élèves de la dernière ligne.")),
    ),
)
SIX = Layout(
    "six-situations",
    _("Six situations de mentorat"),
    (
        Column(_("Situation"), "label", about=_("Les six classes de DeWit et collègues (2016).")),
        _number(_("Élèves"), "number", _("Chaque élève une fois, le dernier jour de la période.")),
        _percent(_("Part (%)"), "share", _("Élèves de la ligne, divisés par tous.")),
        OF,
    ),
)
RETENTION = Layout(
    "maintien",
    _("Maintien des relations"),
    (
        BEGUN,
        _number(_("Mois"), "months", _("Depuis la première rencontre, ou depuis le début sans rencontre.")),
        _number(
            _("Relations (n)"), "count", _("Commencées dans l’année. Les quatre nombres qui suivent y reviennent.")
        ),
        _number(_("Encore suivies"), "followed", _("Celles qui durent plus longtemps que ces mois.")),
        _number(_("Fin hâtive"), "early", _("Avant la fin de l’engagement ou, sans engagement, celle de l’année.")),
        _number(_("Fin prévue"), "planned", _("Terminées comme prévu, à la date ou dans le délai pour consigner.")),
        _number(_("Suivies moins longtemps"), "shorter", _("Ni terminées ni assez anciennes pour qu’on le sache.")),
        _number(_("Suivies assez longtemps"), "long_enough", _("Toutes, moins celles suivies moins longtemps.")),
        _percent(
            _("Sans fin hâtive, ensemble (%)"),
            "share",
            _(
                "Encore suivies ou terminées comme prévu, sur celles suivies assez longtemps; tu si elles "
                "sont peu, ou si d’autres, plus récentes, se sont déjà terminées."
            ),
        ),
        _percent(
            _("Sans fin hâtive, moyenne des programmes (%)"),
            "mean",
            _("La même, chaque programme comptant pour un; de trois programmes de dix relations au moins."),
        ),
        _number(_("Programmes de la moyenne"), "programs", _("Ceux qui ont dix relations ou plus à compter.")),
    ),
)
LIVES = Layout(
    "tables-de-survie",
    _("Tables de survie"),
    (
        BEGUN,
        _number(_("De (mois)"), "since", _("Depuis la première rencontre; ce mois juste n’en est pas.")),
        _number(_("À (mois)"), "until", _("Ce mois juste en est.")),
        _number(_("Suivies au début"), "at_risk", _("Les relations encore suivies au début de la ligne (n).")),
        _number(_("Fins hâtives"), "early", _("Pendant ces mois, plus ou moins nombreux selon ce qui peut se dire.")),
        _number(_("Sorties"), "left", _("Terminées comme prévu ou suivies moins longtemps, pendant ces mois.")),
        _percent(
            _("Sans fin hâtive (%)"),
            "share",
            _("À la fin de la ligne, selon Kaplan et Meier; tu sous dix relations suivies."),
        ),
        _percent(_("Intervalle à 95\u00a0%, bas"), "low", _("De Greenwood, échelle log-log.")),
        _percent(_("Intervalle à 95\u00a0%, haut"), "high", _("De Greenwood, échelle log-log.")),
    ),
)
ENDINGS = Layout(
    "fins-hatives-motifs",
    _("Fins hâtives, par motif"),
    (
        Column(_("De qui"), "whose", about=_("De quel côté se trouve ce qui a mené à la fin.")),
        Column(
            _("Ce qui y a mené"),
            "what",
            about=_("Le motif codé; «\u00a0ensemble\u00a0» pour la somme de la ligne."),
        ),
        _number(_("Fins hâtives"), "number", _("Des relations terminées dans la période, avant la fin prévue.")),
        _percent(_("Part (%)"), "share", _("De toutes les fins hâtives.")),
        OF,
    ),
)
INITIATIVE = Layout(
    "fins-hatives-initiative",
    _("Fins hâtives, à l’initiative de qui"),
    (
        Column(_("À l’initiative de"), "what", about=_("Qui a souhaité la fin.")),
        _number(_("Fins hâtives"), "number", _("Des relations terminées dans la période, avant la fin prévue.")),
        _percent(_("Part (%)"), "share", _("De toutes les fins hâtives.")),
        OF,
    ),
)


def statuses(told: Told) -> Iterator[StatusLine]:
    whole = told.students()
    for status, label in STATUSES.items():
        under_first, under_second, under_last, over = (
            None if status is Status.NEVER else told.students(status=status, band=band)
            for band in range(len(BANDS) + 1)
        )
        yield StatusLine(label, under_first, under_second, under_last, over, told.students(status=status), whole)
    yield StatusLine(ALL, None, None, None, None, whole, whole)


def classes(told: Told) -> Iterator[ClassLine]:
    for kind, label in LABELS.items():
        yield ClassLine(str(label) % {"months": BANDS[-1]}, told.students(**CLASSES[kind]), told.students())


def retention(told: Told) -> Iterator[RetentionLine]:
    for begun in told.facts.begun:
        for months in MONTHS[1:]:
            followed, early, planned, shorter = told.kept(begun, EDGES.index(months))
            mean, programs = mean_of_programs(told.facts.kept_by_program(begun, months), fewest=FEWEST)
            line = RetentionLine(
                begun, months, told.relations(begun=begun), followed, early, planned, shorter, mean, programs,
                is_due=told.facts.no_younger_ended(begun, months),
            )  # fmt: skip
            yield line if not isinstance(line.share, Unsaid) else _without_mean(line)


def _without_mean(line: RetentionLine) -> RetentionLine:
    """A mean beside a masked share would tell of it."""
    return replace(line, mean=Unsaid.UNKNOWN)


def lives(told: Told) -> Iterator[LifeLine]:
    """A line for each interval in which anybody is followed; no share where few are, nor beside a masked count.

    What is only told with those that last longer still is masked.
    """
    for begun in told.facts.begun:
        at_risk, since, curve = told.relations(begun=begun), 0, told.facts.survival(begun)
        is_told = True
        for place in told.facts.ends[begun]:
            if at_risk == 0 or since == EDGES[-1]:
                break
            if place == len(EDGES):
                yield LifeLine(begun, since, EDGES[-1], at_risk, *[Unsaid.MASKED] * 5)
                break
            until = EDGES[place]
            early = told.relations(begun=begun, interval=place, outcome=Outcome.EARLY)
            left = told.relations(begun=begun, interval=place, outcome=LEFT)
            is_told = is_told and Unsaid.MASKED not in (at_risk, early, left)
            share: list[float | Unsaid] = [Unsaid.UNKNOWN if is_told else Unsaid.MASKED] * 3
            if is_told and isinstance(at_risk, int) and at_risk >= FEWEST:
                point = curve.at(until)
                share = [round(100 * part, 1) for part in (point.share, point.low, point.high)]
            yield LifeLine(begun, since, until, at_risk, early, left, *share)
            at_risk, since = told.relations(begun=begun, interval=AFTER[place]), until


def endings(told: Told) -> Iterator[EndingLine]:
    whole = told.endings()
    for whose in Whose:
        yield EndingLine(whose.label, gettext("ensemble"), told.endings(code=CODES[whose]), whole)
        for code in EndCode:
            if code.whose == whose:
                yield EndingLine(whose.label, code.label, told.endings(code=code.value), whole)
    yield EndingLine("", gettext("sans motif codé"), told.endings(code=NOT_SAID), whole)
    yield EndingLine(ALL, "", whole, whole)


def initiatives(told: Told) -> Iterator[EndingLine]:
    whole = told.endings()
    for by in EndedBy:
        yield EndingLine("", by.label, told.endings(by=by.value), whole)
    yield EndingLine("", gettext("non dit"), told.endings(by=NOT_SAID), whole)
    yield EndingLine("", ALL, whole, whole)
