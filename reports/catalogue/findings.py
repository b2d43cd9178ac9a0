"""Findings raised in a period: by name for those who may, counted for the board's administration and trainers."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidelines.attention import Standing, attention
from guidelines.catalogue import CATALOGUE, ENTRIES, Guideline
from guidelines.counts import Numbers
from guidelines.models import Flag, Severity
from guidelines.models.flags import FlagQuerySet
from mentoring.models import Dyad
from people.apart import people_in
from people.models import School, Student, User
from people.telling import Path
from programs.models import Program
from reports.asking import Ask
from reports.audiences import BOARD, ROWS, TRAINING
from reports.audit_verbs import FINDINGS_EXPORTED
from reports.document import Build, Document, Layout, one_sheet
from reports.in_force import LAYOUT as NUMBERS
from reports.in_force import LEFT, OF_TRAINING, in_force, last_tables
from reports.namesakes import Namesakes
from reports.raised import raised
from reports.rates import UNIT
from reports.registry import NOMINAL, Edition, ReportKind
from reports.scope import Period
from reports.tables import Column, Kind, Text, Unsaid, label_of, shown

CHUNK = 2000


@dataclass(frozen=True)
class Finding:
    """A finding as its reader may know it: a dyad has a name for those who decide on it, else a number."""

    flag: Flag
    is_named: bool
    place: Text
    """Where it stands among what deserves attention, on the day of the file."""

    @property
    def guideline(self) -> Guideline:
        return CATALOGUE[self.flag.guideline]

    @property
    def program(self) -> Program | None:
        flag = self.flag
        return flag.dyad.program if flag.dyad else flag.group.program if flag.group else flag.program

    @property
    def school(self) -> School | None:
        if self.program:
            return self.program.school
        person = self.flag.mentor.person if self.flag.mentor else self.flag.teacher
        return person.school if person else None

    @property
    def subject(self) -> str:
        if self.is_named or not self.flag.dyad:
            return str(self.flag.subject)
        return gettext("Dyade nº %(number)s") % {"number": self.flag.dyad_id}

    @property
    def unit(self) -> Text:
        return self.guideline.unit if self.flag.value is not None else ""


COLUMNS = (
    Column(
        _("Relevé le"),
        "flag.raised_on",
        kind=Kind.DATE,
        about=_("Le premier jour où le point de vigilance a été relevé."),
    ),
    Column(
        _("Gravité"), "flag.severity", label_of(Severity), about=_("Prioritaire, à surveiller ou pour information.")
    ),
    Column(_("Balise"), "flag.guideline", about=_("Le code de la balise, expliqué dans la méthodologie.")),
    Column(_("Titre"), "guideline.title", about=_("Le nom de la balise.")),
    Column(_("École"), "school", about=_("L’école du programme, ou de la personne quand la balise parle d’elle.")),
    Column(_("Programme"), "program", about=_("Le programme; vide quand la balise parle d’une personne.")),
    Column(
        _("Relation, groupe ou personne"),
        "subject",
        about=_("De qui ou de quoi parle le point; une dyade dont on ne répond pas porte un numéro."),
    ),
    Column(
        _("Valeur observée"),
        "flag.value",
        kind=Kind.NUMBER,
        about=_("Ce qui est mesuré, dans l’unité de la balise; vide quand rien ne se mesure."),
    ),
    Column(
        _("Seuil"),
        "flag.threshold",
        kind=Kind.NUMBER,
        about=_("La valeur à partir de laquelle cette gravité est relevée."),
    ),
    Column(_("Unité"), "unit", about=_("L’unité de la valeur observée et du seuil.")),
    Column(
        _("Données"),
        "flag.confidence",
        label_of(Flag.Confidence),
        about=_("Complètes, ou partielles quand des rencontres prévues ne sont pas consignées."),
    ),
    Column(
        _("Suivi"),
        "flag.state",
        label_of(Flag.State),
        about=_("Où en est le point\u00a0: à examiner, pris en charge, réglé, etc."),
    ),
    Column(_("Réglé le"), "flag.cleared_on", kind=Kind.DATE, about=_("Le jour où le point a cessé de tenir.")),
    Column(_("Préoccupation"), "guideline.concern.label", about=_("Le thème auquel la balise appartient.")),
    Column(
        _("Attention"), "place", about=_("Où le point se trouve, le jour du fichier, dans ce qui demande attention.")
    ),
)
RESTS, ALONE = _("à clore ou à renouveler"), _("sans adulte")
NOT_FOLLOWED = _("non suivie")
PLACES = {Standing.REACH: _("à joindre"), Standing.WATCH: _("à garder à l’œil")}


def rows(user: User, period: Period) -> Iterator[Finding]:
    """Every finding raised in the period that the person may read. Nine queries, streamed."""
    raised, on = _raised_in(period), user.local_date()
    standing = {mark.pk: row.standing for row in attention(user, on=on).rows for mark in row.marks}
    decidable, visible = (
        rows.filter(raised) for rows in (Flag.objects.decidable_by(user), Flag.objects.visible_to(user))
    )
    alone = set(Dyad.objects.visible_to(user).left_alone_on(on).values_list("pk", flat=True))
    named, namesakes = set(decidable.values_list("pk", flat=True)), _namesakes(decidable, visible)
    flags = visible.with_followed(on).with_subject().order_by("raised_on", "pk")
    for flag in flags.select_related("mentor__person__school", "teacher__school").iterator(chunk_size=CHUNK):
        namesakes.tell(*people_in(flag.subject))
        yield Finding(flag, flag.pk in named, _place(flag, standing.get(flag.pk), on, alone))


def _namesakes(decidable: FlagQuerySet, visible: FlagQuerySet) -> Namesakes:
    """Of a dyad, those that the reader decides on alone are named."""
    adults = Q(pk__in=decidable.values("dyad__mentor__person")) | Q(pk__in=visible.values("mentor__person"))
    return Namesakes.among(
        Student.objects.filter(pk__in=decidable.values("dyad__student")),
        User.objects.filter(adults | Q(pk__in=visible.values("teacher"))),
    )


def _place(flag: Flag, standing: Standing | None, on: date, alone: Collection[int]) -> Text:
    if not flag.is_followed:
        return NOT_FOLLOWED
    if flag.rests_on(on, alone):
        return ALONE if flag.dyad_id in alone else RESTS
    return PLACES[standing] if standing else ""


def _raised_in(period: Period) -> Q:
    return Q(raised_on__gte=period.since, raised_on__lt=period.until)


class Total(NamedTuple):
    """One number of a programme, of a school or of them all; a small one is masked."""

    school: Text
    program: Text
    code: str
    number: int | Unsaid | None
    is_followed: bool


TOTAL_COLUMNS = (
    Column(_("École"), "school", about=_("L’école, ou l’ensemble des écoles.")),
    Column(_("Programme"), "program", about=_("Le programme, ou l’ensemble des programmes.")),
    Column(_("Balise"), "code", about=_("Le code de la balise, expliqué dans la méthodologie.")),
    Column(_("Titre"), "code", lambda code: CATALOGUE[code].title, key="title", about=_("Le nom de la balise.")),
    Column(
        _("Points de vigilance"),
        "number",
        kind=Kind.NUMBER,
        about=_("Combien ont été relevés pendant la période; vide si la balise n’est pas suivie."),
    ),
    Column(
        _("Balise suivie"),
        "is_followed",
        lambda followed: gettext("oui") if followed else str(NOT_FOLLOWED),
        about=_("Oui, ou non suivie\u00a0: ce n’est pas un zéro."),
    ),
)
ALL_SCHOOLS = _("Ensemble des écoles")
ALL_PROGRAMS = _("Ensemble des programmes")


def board_totals(user: User, period: Period) -> Iterator[Total]:
    """What the board's administration may count. Four queries."""
    return _totals(Flag.objects.counted_for(user), user, period)


def training_totals(user: User, period: Period) -> Iterator[Total]:
    """What a trainer advises on. Four queries."""
    return _totals(Flag.objects.advised_by(user), user, period)


def _totals(flags: FlagQuerySet, user: User, period: Period) -> Iterator[Total]:
    """How many findings of each guideline, by school and programme, and their totals; small ones masked.

    What a programme doesn't follow has no number.
    """
    found = raised(flags, user, period)
    places = {place for numbers in found.numbers.values() for place in numbers} | {at for _c, at in found.unfollowed}
    names = _names(places)
    lines = [
        Total(*_said(place, names), code, shown(number), is_followed=True)
        for code, numbers in found.numbers.items()
        for place, number in numbers.items()
        if number != 0 and (len(place) == UNIT or len(_within(numbers, place)) > 1)
    ]
    lines += [Total(*_said(place, names), code, None, is_followed=False) for code, place in found.unfollowed]
    yield from sorted(lines, key=lambda line: tuple(map(str, line)))


def _within(numbers: Numbers, place: Path) -> list[Path]:
    """The places that a total is made of."""
    return [one for one in numbers if len(one) == len(place) + 1 and one[: len(place)] == place]


def _names(places: Iterable[Path]) -> dict[str, dict[int, str]]:
    """Of the schools and the programmes. Two queries."""
    schools = {place[0] for place in places if place and place[0]}
    programs = {place[1] for place in places if place[1:] and place[1]}
    return {
        "school": dict(School.objects.filter(pk__in=schools).values_list("pk", "name")),
        "program": dict(Program.objects.filter(pk__in=programs).values_list("pk", "name")),
    }


def _said(place: Path, names: dict[str, dict[int, str]]) -> tuple[Text, Text]:
    school = names["school"].get(place[0] or 0, "") if place else ALL_SCHOOLS
    program = names["program"].get(place[1] or 0, "") if place[1:] else ALL_PROGRAMS
    return school, program


def _counted(totals: Callable[[User, Period], Iterable[Total]], entries: Sequence[Guideline]) -> Build:
    def build(ask: Ask) -> Document:
        """Eight queries."""
        lines = list(totals(ask.user, ask.period))
        told = {line.code for line in lines if line.is_followed}
        return Document(
            ask,
            TITLE,
            [TOTAL_LAYOUT.sheet(lines, total=len(lines)), *last_tables(ask, in_force(ask, entries))],
            counted=[(_("Balises dont des points sont comptés"), len(told))],
        )

    return build


_TOTALS_HOLD = _(
    "Par école, programme et balise, avec leurs totaux. Un nombre est masqué quand il compte"
    " moins de cinq relations ou personnes, ou quand il permettrait de retrouver un nombre masqué, dans ce fichier ou"
    " dans celui d’une autre période."
)

TITLE = _("Points de vigilance")
LAYOUT = Layout("points-de-vigilance", TITLE, COLUMNS)
TOTAL_LAYOUT = Layout("points-de-vigilance", TITLE, TOTAL_COLUMNS)
_TOTALS = (TOTAL_LAYOUT, NUMBERS, LEFT)

REPORT = ReportKind(
    name="findings",
    file_name="points-de-vigilance",
    title=TITLE,
    formats=NOMINAL,
    streams=True,
    verb=FINDINGS_EXPORTED,
    editions=(
        Edition(
            ROWS,
            one_sheet(LAYOUT, rows),
            holds=_("Ceux relevés pendant la période, avec leur balise et leur suivi."),
            layouts=[LAYOUT],
        ),
        Edition(BOARD, _counted(board_totals, ENTRIES), holds=_TOTALS_HOLD, layouts=_TOTALS),
        Edition(TRAINING, _counted(training_totals, OF_TRAINING), holds=_TOTALS_HOLD, layouts=_TOTALS),
    ),
)
