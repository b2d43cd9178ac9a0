"""What became of the findings of each guideline in a fixed period: the masked counts of the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import Audience, Guideline
from guidelines.counts import COUNTED, IMPERSONAL
from guidelines.health import MOST_PERCENT, Counts, readings
from guidelines.models import Flag
from guidelines.models.evaluations import Evaluation
from guidelines.models.flags import FlagQuerySet
from people.suppression import FEWEST
from reports.asking import Ask, programs_of
from reports.audiences import BOARD, TRAINING
from reports.document import Layout
from reports.tables import Column, Kind, Unsaid, shown

Cell = int | Unsaid


@dataclass(frozen=True)
class HealthLine:
    """One guideline. Each share stands beside its terms; it is masked where one of them is."""

    entry: Guideline
    programs: int
    subjects: Cell
    holds: Cell
    age: Cell
    judged: Cell
    soon: Cell
    stood: Cell
    taken: Cell
    set_aside: Cell

    @property
    def holds_percent(self) -> float | Unsaid:
        return percent(self.holds, self.subjects)

    @property
    def soon_percent(self) -> float | Unsaid:
        return percent(self.soon, self.judged)

    @property
    def taken_percent(self) -> float | Unsaid:
        return percent(self.taken, self.stood)


@dataclass(frozen=True)
class ReasonLine:
    entry: Guideline
    reason: str
    number: Cell


def percent(part: Cell, whole: Cell) -> float | Unsaid:
    """With one decimal; unknown of nobody."""
    if isinstance(part, Unsaid) or isinstance(whole, Unsaid):
        return Unsaid.MASKED
    return round(100 * part / whole, 1) if whole else Unsaid.UNKNOWN


def _number(heading: object, lookup: str, about: object) -> Column:
    return Column(heading, lookup, kind=Kind.NUMBER, about=about)  # type: ignore[arg-type]


def _share(heading: object, lookup: str, about: object) -> Column:
    return Column(heading, lookup, kind=Kind.PERCENT, about=about)  # type: ignore[arg-type]


BALISE = (
    Column(_("Balise"), "entry.title", about=_("Ce qui est vérifié, dans les programmes qui suivent la balise.")),
    Column(_("Code"), "entry.code", about=_("Le code de la balise, le même dans tous les fichiers.")),
)
HEALTH = Layout(
    "sante-des-balises",
    _("Santé des balises"),
    (
        *BALISE,
        _number(_("Programmes"), "programs", _("Combien de programmes la suivent le dernier jour.")),
        _number(_("Relevée chez"), "holds", _("Relations, groupes, personnes ou programmes, le dernier jour.")),
        _number(_("Sur"), "subjects", _("Combien la balise en regarde, dans ces programmes (n).")),
        _share(_("Part relevée (%)"), "holds_percent", _("Relevée chez, divisé par sur\u00a0: tous ensemble.")),
        _number(_("Âge médian (jours)"), "age", _("De ce qui tient le dernier jour; masqué sous cinq.")),
        _number(_("Réglés d’eux-mêmes en sept jours"), "soon", _("Par les faits, sans décision de personne.")),
        _number(_("Relevés dans la période"), "judged", _("Ceux d’au moins sept jours avant le dernier (n).")),
        _share(_("Part réglée d’elle-même (%)"), "soon_percent", _("Réglés d’eux-mêmes, divisé par relevés.")),
        _number(_("Pris en charge"), "taken", _("Au moins une fois dans la période.")),
        _number(_("Présents dans la période"), "stood", _("Les points qui ont tenu un jour au moins (n).")),
        _share(_("Part prise en charge (%)"), "taken_percent", _("Pris en charge, divisé par présents.")),
        _number(_("Écartés"), "set_aside", _("Ceux qu’une personne a écartés dans la période, motif à l’appui.")),
    ),
)
REASONS = Layout(
    "motifs-d-ecart",
    _("Pourquoi des points sont écartés"),
    (
        *BALISE,
        Column(_("Motif"), "reason", about=_("Le motif codé de la mise à l’écart.")),
        _number(_("Points écartés"), "number", _("Combien, avec ce motif, dans la période.")),
    ),
)


def note(ask: Ask) -> str:
    """On how many days of the period the guidelines were checked: without any, no number says that all is well."""
    days = Evaluation.objects.filter(board=ask.board, on__gte=ask.period.since, on__lte=ask.last_day)
    n = days.order_by().values("on").distinct().count()
    if not n:
        return gettext("Les balises n’ont été vérifiées aucun jour de la période\u00a0: ces nombres ne disent rien.")
    checked = ngettext("Vérifiées %(n)s jour de la période.", "Vérifiées %(n)s jours de la période.", n) % {"n": n}
    worn = gettext("Relevée chez plus de %(most)s\u00a0%% de ce qu’elle regarde, une balise ne distingue plus.")
    return f"{checked} {worn % {'most': MOST_PERCENT}}"


class Told:
    """The guidelines that anybody follows, as the page masks them. Eight queries."""

    def __init__(self, ask: Ask, entries: Iterable[Guideline]) -> None:
        programs = programs_of(ask.user, ask.audience, on=ask.on)
        told = [entry for entry in entries if entry in COUNTED and entry.audience != Audience.LEADS]
        found = readings(programs, _flags(ask), told, since=ask.period.since, last=ask.last_day)
        self.readings = [
            Counts(reading, is_masked=reading.entry.subject not in IMPERSONAL) for reading in found if reading.following
        ]

    def lines(self) -> list[HealthLine]:
        return [_line(counts) for counts in self.readings]

    def reasons(self) -> list[ReasonLine]:
        return [
            ReasonLine(counts.reading.entry, str(words), shown(number))
            for counts in self.readings
            for words, number in counts.reasons
        ]


def _line(counts: Counts) -> HealthLine:
    reading = counts.reading
    age: Cell = Unsaid.UNKNOWN
    if reading.age is not None:
        is_few = counts.is_masked and len(reading.standing) < FEWEST
        age = Unsaid.MASKED if is_few or counts.holds is None else reading.age
    return HealthLine(
        reading.entry,
        len(reading.following),
        shown(counts.subjects),
        shown(counts.holds),
        age,
        shown(counts.judged),
        shown(counts.soon),
        shown(counts.stood),
        shown(counts.taken),
        shown(counts.set_aside),
    )


def _flags(ask: Ask) -> FlagQuerySet:
    if ask.audience is BOARD:
        return Flag.objects.counted_for(ask.user)
    if ask.audience is TRAINING:
        return Flag.objects.advised_by(ask.user)
    return Flag.objects.decidable_by(ask.user)
