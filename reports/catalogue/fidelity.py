"""How far programmes do what the review retains: each item of the sheets, counted; nobody is compared."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import Guideline
from people.cube import Cell, Cube
from programs.models import Program
from reports.asking import Ask
from reports.audiences import BOARD, TOTALS
from reports.audit_verbs import FIDELITY_EXPORTED
from reports.document import Document, Layout, Rates
from reports.fidelity.items import Verdict
from reports.fidelity.totals import Asked, asked, totals
from reports.in_force import LAYOUT as NUMBERS
from reports.in_force import LEFT, in_force, last_tables
from reports.registry import Edition, ReportKind
from reports.tables import Column, Kind, Text, Unsaid, shown
from reports.whole import whole_of

EVERY_SCHOOL, EVERY_PROGRAM = _("Ensemble des écoles"), _("Ensemble des programmes")
Number = int | Unsaid
Fixed = dict[str, int | Verdict]


@dataclass(frozen=True)
class Place:
    school: Text
    program: Text
    fixed: Fixed


@dataclass(frozen=True)
class Line:
    """What one item says of the relations of one place."""

    place: Place
    asked: Asked
    met: Number
    not_met: Number
    not_assessable: Number
    of: Number

    @property
    def percent(self) -> float | Unsaid:
        """Of those that can be told: what is not recorded is neither for nor against."""
        if not isinstance(self.met, int) or not isinstance(self.not_met, int):
            return Unsaid.MASKED
        told = self.met + self.not_met
        return 100 * self.met / told if told else Unsaid.UNKNOWN


def _columns(of: Text, about: Text) -> tuple[Column, ...]:
    number = Kind.NUMBER
    return (
        Column(_("École"), "place.school", about=_("École du programme, ou toutes ensemble.")),
        Column(_("Programme"), "place.program", about=_("Nom du programme, ou tous ensemble.")),
        Column(_("Partie de la fiche"), "asked.criterion.title", about=_("Son titre dans la fiche de fidélité.")),
        Column(_("Ce que la recension retient"), "asked.item.asks", about=_("L’énoncé de la fiche de fidélité.")),
        Column(_("Section de la recension"), "asked.item.source", about=_("Où la recension le dit.")),
        Column(_("Atteint"), "met", kind=number, about=_("Relations où les faits consignés le montrent.")),
        Column(_("Non atteint"), "not_met", kind=number, about=_("Relations où la balise relève un écart.")),
        Column(_("Non évaluable"), "not_assessable", kind=number, about=_(
            "Relations où ce qui est consigné ne permet pas de le dire.")),
        Column(of, "of", kind=number, about=about),
        Column(_("Atteint, en %"), "percent", kind=Kind.PERCENT, about=_(
            "Atteint, sur atteint et non atteint ensemble; masqué quand l’un des deux l’est.")),
    )  # fmt: skip


DYADS = Layout("fidelite-des-dyades", _("Fidélité des dyades"), _columns(
    _("Dyades"), _("Dyades en cours le dernier jour de la période.")))  # fmt: skip
GROUPS = Layout("fidelite-des-groupes", _("Fidélité des groupes"), _columns(
    _("Groupes"), _("Groupes en cours le dernier jour\u00a0: un groupe n’est personne, rien n’est masqué.")
))  # fmt: skip
NOTE = _(
    "Chaque énoncé des fiches de fidélité, sur les relations en cours le dernier jour de la période. Rien n’est "
    "additionné en une note, et aucun adulte n’est comparé à un autre."
)


def build(ask: Ask) -> Document:
    """Two tables, and the numbers that they read, followed or not; those of dyads come from one masked cube.

    The cube is of all that the person answers for: a narrowed file has some of its lines. A number of queries that does
    not grow.
    """
    everything, kept = whole_of(ask).programs, {program.pk for program in ask.programs}
    sheets, counted, read = [], [], dict[Guideline, None]()
    for layout, is_group in ((DYADS, False), (GROUPS, True)):
        domain = Program.Domain.GROUP if is_group else Program.Domain.MENTORING
        programs = [program for program in everything if program.domain == domain]
        here = [program for program in programs if program.pk in kept]
        if not here:
            continue
        cells = totals(ask.board, programs, ask.last_day, is_group=is_group)
        items = asked(is_group=is_group)
        read |= dict.fromkeys(one.item.guideline for one in items)
        lines = list(_lines(cells, _places(programs), items, is_exact=is_group))
        if ask.is_narrowed:
            lines = [line for line in lines if line.place.fixed.get("program") in kept]
        sheets.append(layout.sheet(lines, note=NOTE, total=len(lines)))
        is_summed = len(here) == 1 or not ask.is_narrowed
        counted.append((_("Groupes") if is_group else _("Dyades"), lines[0].of if is_summed else Unsaid.UNKNOWN))
    sheets += last_tables(ask, in_force(ask, list(read), reads_all=True))
    return Document(ask, TITLE, sheets, counted=counted, rates=Rates.POOLED)


def _places(programs: Iterable[Program]) -> list[Place]:
    """All of them, then each programme; schools and programmes come by name."""
    each = [Place(str(one.school), str(one), {"school": one.school_id, "program": one.pk}) for one in programs]
    return [Place(EVERY_SCHOOL, EVERY_PROGRAM, {}), *each] if len(each) > 1 else each


def _lines(cells: Counter[Cell], places: list[Place], items: list[Asked], *, is_exact: bool) -> Iterator[Line]:
    cube = Cube(("school", "program", "item", "verdict"), cells)
    for place in places:
        for number in range(len(items)):
            cube.ask(**place.fixed, item=number)
    for place in places:
        for number in range(len(items)):
            for verdict in Verdict:
                cube.ask(**place.fixed, item=number, verdict=verdict)
    if not is_exact:
        cube.tell()

    def told(**fixed: int | Verdict) -> Number:
        return cube.exactly(**fixed) if is_exact else shown(cube.number(**fixed))

    for place in places:
        # The same relations stand behind each item: hidden once, their number is hidden every time.
        of = [told(**place.fixed, item=number) for number in range(len(items))]
        is_told = not any(one is Unsaid.MASKED for one in of)
        for number, one in enumerate(items):
            met, not_met, not_assessable = (
                told(**place.fixed, item=number, verdict=verdict)
                for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE)
            )
            yield Line(place, one, met, not_met, not_assessable, of[number] if is_told else Unsaid.MASKED)


TITLE = _("Fidélité aux balises de la recension")
REPORT = ReportKind(
    name="fidelity",
    file_name="fidelite",
    title=TITLE,
    verb=FIDELITY_EXPORTED,
    editions=tuple(
        Edition(
            one,
            build,
            holds=_("Pour chaque énoncé des fiches, combien de relations l’atteignent, par programme."),
            layouts=[DYADS, GROUPS, NUMBERS, LEFT],
            narrows=True,
        )
        for one in (TOTALS, BOARD)
    ),
)
