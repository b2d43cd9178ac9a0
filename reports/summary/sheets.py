"""The tables of a summary: one line for all, then schools, programmes, levels, years; nothing is ranked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from people.telling import Path
from programs.models import Program
from reports.document import Layout
from reports.summary.facts import Facts
from reports.summary.meetings import Held, Meetings
from reports.summary.told import MOVES, NONE, STUDENT, Number, Told
from reports.tables import Column, Kind, Text, Unsaid

ALL = pgettext_lazy("tout compté", "Ensemble")
GRADES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Line:
    """One place, or one year: what is told of people is masked, what counts meetings and groups is as it is."""

    school: str
    program: str
    programs: int
    groups: int
    open_dyads: Number
    members: Number
    begun: Number
    ended: Number
    mentors: Number
    teachers: Number
    meetings: Held
    logged: int
    due: int
    pooled: float | Unsaid
    mean: float | Unsaid


@dataclass(frozen=True)
class Measure:
    """A number or a share: each has its column, so that a share is written as in the other tables."""

    what: Text
    number: object
    about: Text
    share: object = None


@dataclass(frozen=True)
class GradeLine:
    grade: Text
    students: Number


@dataclass(frozen=True)
class YearLine:
    year: str
    students: Number
    begun: Number
    ended: Number
    groups: int
    meetings: Held


_ABOUT: dict[str, tuple[Text, Text]] = {
    "programs": (_("Programmes"), _("Ceux qui ne sont pas terminés le dernier jour.")),
    "groups": (_("Groupes"), _("Les groupes ouverts un jour au moins de la période.")),
    "open_dyads": (_("Dyades en cours"), _("Le dernier jour de la période.")),
    "members": (_("Membres de groupes"), _("Le dernier jour de la période; une fois par groupe.")),
    "begun": (_("Dyades commencées"), _("Pendant l’année scolaire; dit pour une année entière seulement.")),
    "ended": (
        _("Dyades terminées"),
        _("Pendant l’année scolaire, avant son dernier jour; dit pour une année entière seulement."),
    ),
    "mentors": (
        _("Mentores et mentors"),
        _("D’une dyade en cours le dernier jour; chaque personne une fois par ligne."),
    ),
    "teachers": (
        _("Personnel-ressource"),
        _("Responsable d’un groupe le dernier jour; chaque personne une fois par ligne."),
    ),
    "meetings.held": (
        _("Rencontres tenues"),
        _("En personne ou par vidéo, de dyades et de groupes, sans les contacts."),
    ),
    "meetings.not_held": (_("Rencontres non tenues"), _("Consignées comme non tenues.")),
    "meetings.planned": (_("Rencontres à consigner"), _("Prévues, sans que personne ait dit si elles ont eu lieu.")),
    "logged": (_("Rencontres prévues et consignées"), _("De celles dont le délai pour consigner est passé.")),
    "due": (_("Rencontres prévues (n)"), _("Celles dont le délai pour consigner est passé.")),
    "pooled": (
        _("Part consignée, ensemble (%)"),
        _("Rencontres consignées, divisées par les prévues, toutes ensemble."),
    ),
    "mean": (
        _("Part consignée, moyenne des programmes (%)"),
        _("La moyenne des parts des programmes, chacun comptant pour un."),
    ),
}
OF_PLACES = [
    Column(heading, lookup, kind=Kind.PERCENT if lookup in ("pooled", "mean") else Kind.NUMBER, about=about)
    for lookup, (heading, about) in _ABOUT.items()
]
SCHOOL = Column(_("École"), "school", about=_("Par ordre alphabétique; rien n’est classé."))
PROGRAM = Column(_("Programme"), "program", about=_("Par école, puis par ordre alphabétique."))
WHOLE = Layout(
    "ensemble",
    ALL,
    (
        Column(_("Mesure"), "what", about=_("Ce qui est compté.")),
        Column(_("Nombre"), "number", kind=Kind.NUMBER, about=_("Combien; vide pour une part.")),
        Column(_("Part (%)"), "share", kind=Kind.PERCENT, about=_("La part; vide pour un nombre.")),
        Column(_("Précision"), "about", about=_("De quoi, et sur quels jours.")),
    ),
)
NOT_OF_ONE = ("programs", "mean")
"""What has no meaning in one programme."""
STUDENTS = Column(
    _("Élèves accompagnés le dernier jour"),
    "students",
    kind=Kind.NUMBER,
    about=_("En dyade ou dans un groupe; chaque élève une fois."),
)
DURING = Column(
    _("Élèves accompagnés pendant la période"),
    "students",
    kind=Kind.NUMBER,
    about=_("En dyade ou dans un groupe, un jour au moins; chaque élève une fois."),
)
SCHOOLS = Layout("ecoles", _("Écoles"), (SCHOOL, *OF_PLACES))
PROGRAMS = Layout(
    "programmes", _("Programmes"), (SCHOOL, PROGRAM, *(one for one in OF_PLACES if one.lookup not in NOT_OF_ONE))
)
LEVELS = Layout(
    "niveaux",
    _("Niveaux"),
    (
        Column(
            _("Niveau"), "grade", about=_("L’année du secondaire, telle qu’elle était le dernier jour de la période.")
        ),
        STUDENTS,
    ),
)
YEARS = Layout(
    "annees",
    _("Années"),
    (
        Column(_("Année scolaire"), "year", about=_("Les cinq dernières; celle du fichier en dernier.")),
        DURING,
        *(one for one in OF_PLACES if one.lookup in ("begun", "ended", "groups") or "meetings." in one.lookup),
    ),
)


@dataclass(frozen=True)
class Lines:
    facts: Facts
    told: Told
    meetings: Meetings

    def at(self, place: Path) -> Line:
        """What is told of the whole, of a school or of a programme."""
        told, rate = self.told, self.meetings.rate(place)
        within = [one for one in self.facts.programs if (one.school_id, one.pk)[: len(place)] == place]
        moves = (told.begun(place), told.ended(place)) if told.with_moves else (Unsaid.UNKNOWN, Unsaid.UNKNOWN)
        return Line(
            str(within[0].school) if place and within else str(ALL),
            str(within[0]) if place[1:] else "",
            sum(_runs(one, self.facts.last) for one in within),
            sum(self._groups[one.pk] for one in within),
            told.open_dyads(place),
            told.members(place),
            *moves,
            told.mentors(place),
            told.teachers(place),
            self.meetings.at(place),
            logged=round(rate.pooled * rate.of) if rate else 0,
            due=rate.of if rate else 0,
            pooled=round(100 * rate.pooled, 1) if rate else Unsaid.UNKNOWN,
            mean=round(100 * rate.mean, 1) if rate else Unsaid.UNKNOWN,
        )

    @cached_property
    def _groups(self) -> Counter[int]:
        since, last = self.facts.period.since, self.facts.last
        return Counter(group.program for group in self.facts.groups if group.meets(since, last))

    def measures(self, place: Path) -> Iterator[Measure]:
        """Of the whole, students first."""
        if not place:
            yield Measure(STUDENTS.heading, self.told.students(), STUDENTS.about)
            yield Measure(DURING.heading, self.told.during(), DURING.about)
        line = self.at(place)
        for column in OF_PLACES:
            if not (place[1:] and column.lookup in NOT_OF_ONE):
                told = attrgetter(column.lookup)(line)
                number, share = (None, told) if column.kind is Kind.PERCENT else (told, None)
                yield Measure(column.heading, number, column.about, share)

    def levels(self) -> Iterator[GradeLine]:
        for grade in (*GRADES, NONE):
            label = gettext("%(n)s du secondaire") % {"n": _ordinal(grade)} if isinstance(grade, int) else _("Non dit")
            yield GradeLine(label, self.told.of_grade(grade))

    def years(self) -> Iterator[YearLine]:
        for year in self.facts.years:
            groups = sum(group.meets(year.since, year.last) for group in self.facts.groups)
            students, begun, ended = (self.told.of_year(year, kind) for kind in (STUDENT, *MOVES))
            yield YearLine(year.label, students, begun, ended, groups, self.meetings.of_year[year.label])


def _runs(program: Program, on: date) -> bool:
    return program.ends_on is None or program.ends_on > on


def _ordinal(n: int) -> str:
    return gettext("1re") if n == 1 else gettext("%(n)se") % {"n": n}
