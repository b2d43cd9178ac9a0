"""What became of the findings of each guideline in a fixed period: counts from one masked cube."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import Audience, Guideline
from guidelines.counts import COUNTED, IMPERSONAL
from guidelines.health import MOST_PERCENT, Life, Reading, readings, reason_in_words
from guidelines.models import Flag, FlagEvent
from guidelines.models.evaluations import Evaluation
from guidelines.models.flags import FlagQuerySet
from people.cube import Cube
from people.suppression import FEWEST
from reports.asking import Ask, programs_of
from reports.audiences import BOARD, TRAINING
from reports.document import Layout
from reports.tables import Column, Kind, Unsaid, shown

SUBJECT, LIFE = "subject", "life"
DIMENSIONS = ("guideline", "of", "holds", "judged", "soon", "taken", "reason")
NO = ""
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
    """The guidelines that anybody follows, masked together. Eight queries."""

    def __init__(self, ask: Ask, entries: Iterable[Guideline]) -> None:
        programs = programs_of(ask.user, ask.audience, on=ask.on)
        told = [entry for entry in entries if entry in COUNTED and entry.audience != Audience.LEADS]
        found = readings(programs, _flags(ask), told, since=ask.period.since, last=ask.last_day)
        self.readings = [reading for reading in found if reading.following]
        self._cube = Cube(DIMENSIONS, Counter(cell for reading in self.readings for cell in _cells(reading)))
        codes = frozenset(reason for reason in self._cube.values("reason") if reason != NO)
        self._asked: Sequence[dict[str, Hashable]] = (
            {"of": SUBJECT},
            {"of": SUBJECT, "holds": "yes"},
            {"of": LIFE},
            {"of": LIFE, "taken": "yes"},
            {"of": LIFE, "judged": "yes"},
            {"of": LIFE, "soon": "yes"},
            {"of": LIFE, "reason": codes},
        )
        """What is told of each guideline, the most important first."""
        for reading in self.readings:
            code = reading.entry.code
            if reading.entry.subject not in IMPERSONAL:
                for fixed in self._asked:
                    self._cube.ask(guideline=code, **fixed)
                self._cube.ask(guideline=code, of=LIFE, reason=NO)
                self._cube.ask_each("reason", guideline=code, of=LIFE)
        self._cube.tell()

    def lines(self) -> list[HealthLine]:
        return [self._line(reading) for reading in self.readings]

    def reasons(self) -> list[ReasonLine]:
        found = []
        for reading in self.readings:
            codes = Counter(code for life in reading.lives if (code := _reason(life)) != NO)
            for code, _n in codes.most_common():
                number = self._cell(reading.entry, of=LIFE, reason=code)
                found.append(ReasonLine(reading.entry, str(reason_in_words(code.removeprefix("."))), number))
        return found

    def _line(self, reading: Reading) -> HealthLine:
        cells = [self._cell(reading.entry, **fixed) for fixed in self._asked]
        subjects, holds, stood, taken, judged, soon, aside = cells
        is_few = reading.entry.subject not in IMPERSONAL and len(reading.standing) < FEWEST
        age: Cell = Unsaid.MASKED if is_few or isinstance(holds, Unsaid) else reading.age or 0
        if reading.age is None:
            age = Unsaid.UNKNOWN
        return HealthLine(
            reading.entry, len(reading.following), subjects, holds, age, judged, soon, stood, taken, aside
        )

    def _cell(self, entry: Guideline, **fixed: Hashable) -> Cell:
        if entry.subject in IMPERSONAL:
            return self._cube.exactly(guideline=entry.code, **fixed)
        return shown(self._cube.number(guideline=entry.code, **fixed))


def _cells(reading: Reading) -> Iterable[tuple[str, ...]]:
    code, holding = reading.entry.code, reading.holding
    for number in range(len(reading.subjects)):
        yield code, SUBJECT, "yes" if number < holding else NO, NO, NO, NO, NO
    for life in reading.lives:
        judged = reading.judges(life)
        taken = life.was(FlagEvent.Kind.TAKEN) is not None
        soon = judged and life.went_by_itself
        yield code, LIFE, NO, *("yes" if one else NO for one in (judged, soon, taken)), _reason(life)


def _reason(life: Life) -> str:
    """The code of why it was set aside, after a point: one may be empty."""
    code = life.was(FlagEvent.Kind.DISMISSED)
    return NO if code is None else f".{code}"


def _flags(ask: Ask) -> FlagQuerySet:
    if ask.audience is BOARD:
        return Flag.objects.counted_for(ask.user)
    if ask.audience is TRAINING:
        return Flag.objects.advised_by(ask.user)
    return Flag.objects.decidable_by(ask.user)
