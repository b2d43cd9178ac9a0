"""How mentors are prepared: in numbers for who answers for a school or a board, by name for who runs the programme."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guidelines.numbers import SPOKEN_OF
from mentoring.models import Mentor, Training
from mentoring.numbers import TRAINING_MINUTES
from people.cube import Cube
from people.names import plain
from reports.asking import Ask
from reports.audiences import BOARD, STAFF, TOTALS, TRAINING
from reports.audit_verbs import TRAINING_EXPORTED
from reports.document import Document, Layout, Rates
from reports.in_force import LAYOUT as NUMBERS
from reports.in_force import LEFT, InForce, in_force, last_tables
from reports.registry import Edition, ReportKind
from reports.tables import Column, Kind, Text, Unsaid, label_of, shown
from reports.training import DIMENSIONS, Preparation, Prepared, cells, prepared, sessions

PREPARATIONS: dict[Preparation, Text] = {
    Preparation.NONE: _("Aucune formation initiale consignée"),
    Preparation.PARTIAL: _("Formation initiale plus courte que la durée demandée"),
    Preparation.BEFORE: _("Durée demandée atteinte avant la première rencontre"),
    Preparation.AFTER: _("Durée demandée atteinte après la première rencontre"),
    Preparation.WAITING: _("Durée demandée atteinte, première rencontre à venir"),
}
ASKED_ABOUT = _("La durée demandée est celle de la balise sur la formation initiale, en vigueur le dernier jour.")
NOTE = _(
    "Mentores et mentors d’une dyade en cours le dernier jour de la période, chaque personne une fois, à son école. "
    "La durée demandée est celle de la balise sur la formation initiale."
)


@dataclass(frozen=True)
class Share:
    """A number of mentors of all those of a place, and their part of them, when both may be told."""

    place: Text
    what: Text
    number: int | Unsaid
    of: int | Unsaid
    percent: float | Unsaid


COUNTED = (
    Column(_("Situation"), "what", about=ASKED_ABOUT),
    Column(_("Mentores et mentors"), "number", kind=Kind.NUMBER, about=_("Combien de personnes sont dans ce cas.")),
    Column(_("Sur"), "of", kind=Kind.NUMBER, about=_("Toutes les personnes qui mentorent, au même endroit.")),
    Column(_("Part (%)"), "percent", kind=Kind.PERCENT, about=_(
        "Le premier nombre sur le second; masquée quand l’un des deux l’est.")),
)  # fmt: skip
ALL = Layout("formation", _("Formation, ensemble"), COUNTED)
BY_SCHOOL = Layout("formation-par-ecole", _("Formation, par école"), (
    Column(_("École"), "place", about=_("École de la personne qui mentore.")), *COUNTED))  # fmt: skip
BY_KIND = Layout("formation-par-profil", _("Formation, selon qui mentore"), (
    Column(_("Qui mentore"), "place", about=_(
        "Personnel enseignant, pair d’âge supérieur, bénévole de l’école ou de la communauté.")),
    *COUNTED))  # fmt: skip


Fixed = dict[str, str | int | bool]
"""What a sum of the cube is of."""


def build_totals(ask: Ask) -> Document:
    """Three tables, and the numbers asked for. Ten queries.

    They come from one masked cube, of all that the person answers for: a part would give back what the whole masks.
    """
    found = prepared(ask)
    cube, places = told(found), _places(found)
    tables = [(layout, [line for place, fixed in of for line in _lines(cube, place, fixed)]) for layout, of in places]
    return Document(
        ask,
        TITLE,
        [
            *(layout.sheet(lines, note=NOTE if layout is ALL else "", total=len(lines)) for layout, lines in tables),
            *last_tables(ask, _asked(ask)),
        ],
        counted=[(_("Mentores et mentors"), shown(cube.number()))],
        rates=Rates.PEOPLE,
    )


def _asked(ask: Ask) -> InForce:
    """The length of training that is asked for, by whoever follows it or not."""
    return in_force(ask, [SPOKEN_OF[TRAINING_MINUTES][0]], reads_all=True)


def told(found: Sequence[Prepared]) -> Cube:
    """Where training stands first, apart: files of one last day mask it alike, whatever went on in their periods."""
    everything = cells(found)
    cube = Cube(DIMENSIONS, Counter(everything))
    stands = Cube(DIMENSIONS[:-1], Counter(cell[:-1] for cell in everything))
    places = [fixed for _layout, of in _places(found) for _place, fixed in of]
    for fixed in places:
        stands.ask(**fixed)
    for fixed in places:
        for one in PREPARATIONS:
            stands.ask(**fixed, preparation=str(one))
        cube.ask(**fixed, **ONGOING)
    stands.tell()
    cube.follow(stands)
    cube.tell()
    return cube


def _places(found: Sequence[Prepared]) -> list[tuple[Layout, list[tuple[Text, Fixed]]]]:
    """The lines of each table: everyone, each school by name, each kind of mentor that there is."""
    schools = {one.mentor.person.school_id or 0: str(one.mentor.person.school or "") for one in found}
    kinds = {one.mentor.kind for one in found}
    everyone: Fixed = {}
    return [
        (ALL, [("", everyone)]),
        (
            BY_SCHOOL,
            [(name, {"school": pk}) for pk, name in sorted(schools.items(), key=lambda it: (plain(it[1]), it))],
        ),
        (BY_KIND, [(str(label), {"kind": value}) for value, label in Mentor.Kind.choices if value in kinds]),
    ]


ONGOING: Fixed = {"ongoing": True}
SITUATIONS: dict[Text, Fixed] = {
    **{words: {"preparation": str(one)} for one, words in PREPARATIONS.items()},
    _("Formation continue pendant la période"): ONGOING,
}


def _lines(cube: Cube, place: Text, fixed: Fixed) -> Iterator[Share]:
    of = shown(cube.number(**fixed))
    for what, more in SITUATIONS.items():
        number = shown(cube.number(**fixed, **more))
        percent: float | Unsaid = Unsaid.MASKED
        if isinstance(number, int) and isinstance(of, int):
            percent = 100 * number / of if of else Unsaid.UNKNOWN
        yield Share(place, what, number, of, percent)


@dataclass(frozen=True)
class Person:
    """One mentor, as the file of names tells."""

    one: Prepared

    @property
    def name(self) -> str:
        return str(self.one.mentor.person)

    @property
    def school(self) -> str:
        return str(self.one.mentor.person.school or "")

    @property
    def preparation(self) -> Text:
        return PREPARATIONS[self.one.preparation]


NAMES = Layout("formation-des-personnes", _("Formation, par personne"), (
    Column(_("Mentore ou mentor"), "name", about=_("Prénom et nom de la personne.")),
    Column(_("École"), "school", about=_("École de la personne qui mentore.")),
    Column(_("Qui mentore"), "one.mentor.kind", label_of(Mentor.Kind), about=_(
        "Personnel enseignant, pair d’âge supérieur, bénévole de l’école ou de la communauté.")),
    Column(_("Situation"), "preparation", about=ASKED_ABOUT),
    Column(_("Formation initiale, minutes"), "one.initial", kind=Kind.NUMBER, about=_(
        "Minutes de formation initiale terminées au dernier jour de la période.")),
    Column(_("Avant la première rencontre, minutes"), "one.before", kind=Kind.NUMBER, about=_(
        "Celles qui étaient terminées le jour de la première rencontre tenue d’une dyade en cours.")),
    Column(_("Première rencontre"), "one.first_met", kind=Kind.DATE, about=_(
        "Première rencontre tenue d’une dyade en cours; vide tant qu’aucune n’a eu lieu.")),
    Column(_("Formation continue, minutes"), "one.ongoing", kind=Kind.NUMBER, about=_(
        "Minutes de formation continue terminées pendant la période.")),
))  # fmt: skip
SESSIONS = Layout("seances", _("Séances de la période"), (
    Column(_("Terminée le"), "on", kind=Kind.DATE, about=_("Dernier jour de la séance.")),
    Column(_("Nature"), "kind", label_of(Training.Kind), about=_("Initiale ou continue.")),
    Column(_("Titre"), "title", about=_("Titre de la séance, comme il a été saisi.")),
    Column(_("Minutes"), "minutes", kind=Kind.NUMBER, about=_("Durée de la séance pour chaque personne.")),
    Column(_("Personnes"), "people", kind=Kind.NUMBER, about=_("Combien de ces mentores et mentors y étaient.")),
))  # fmt: skip


def build_names(ask: Ask) -> Document:
    """One line a mentor, and the sessions that they followed. Nine queries."""
    found = prepared(ask)
    given = sessions(found)
    return Document(
        ask,
        TITLE,
        [
            NAMES.sheet(map(Person, found), note=NOTE, total=len(found)),
            SESSIONS.sheet(given, total=len(given)),
            *last_tables(ask, _asked(ask)),
        ],
        counted=[(_("Mentores et mentors"), len(found))],
    )


TITLE = _("Formation des mentores et mentors")
HOLDS = _("Combien de mentores et de mentors sont formés, avant ou après la première rencontre, par école.")
REPORT = ReportKind(
    name="training",
    file_name="formation",
    title=TITLE,
    verb=TRAINING_EXPORTED,
    editions=(
        *(
            Edition(one, build_totals, HOLDS, layouts=[ALL, BY_SCHOOL, BY_KIND, NUMBERS, LEFT])
            for one in (TOTALS, BOARD, TRAINING)
        ),
        Edition(
            STAFF,
            build_names,
            holds=_("Minutes initiales et continues de chaque personne, et les séances de la période."),
            layouts=[NAMES, SESSIONS, NUMBERS, LEFT],
            narrows=True,
        ),
    ),
)
