"""Findings raised in a period: by name for those who may, counted for the board's administration and trainers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidelines.attention import Standing, attention
from guidelines.catalogue import CATALOGUE, Guideline
from guidelines.counts import in_words
from guidelines.models import Flag, Severity
from guidelines.models.flags import FlagQuerySet
from people.models import School, User
from programs.models import Program
from reports.audiences import BOARD, ROWS, TRAINING
from reports.audit_verbs import FINDINGS_EXPORTED
from reports.registry import Edition, Report
from reports.scope import Period
from reports.tables import Column, Text, label_of

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
    Column(_("Relevé le"), "flag.raised_on"),
    Column(_("Gravité"), "flag.severity", label_of(Severity)),
    Column(_("Balise"), "flag.guideline"),
    Column(_("Titre"), "guideline.title"),
    Column(_("École"), "school"),
    Column(_("Programme"), "program"),
    Column(_("Relation, groupe ou personne"), "subject"),
    Column(_("Valeur observée"), "flag.value"),
    Column(_("Seuil"), "flag.threshold"),
    Column(_("Unité"), "unit"),
    Column(_("Données"), "flag.confidence", label_of(Flag.Confidence)),
    Column(_("Suivi"), "flag.state", label_of(Flag.State)),
    Column(_("Réglé le"), "flag.cleared_on"),
    Column(_("Préoccupation"), "guideline.concern.label"),
    Column(_("Attention"), "place"),
)
RESTS = _("à clore ou à renouveler")
NOT_FOLLOWED = _("non suivie")
PLACES = {Standing.REACH: _("à joindre"), Standing.WATCH: _("à garder à l’œil")}


def rows(user: User, period: Period) -> Iterator[Finding]:
    """Every finding raised in the period that the person may read. Seven queries, streamed."""
    raised, on = _raised_in(period), user.local_date()
    standing = {flag.pk: row.standing for row in attention(user, on=on).rows for flag in row.flags}
    named = set(Flag.objects.decidable_by(user).filter(raised).values_list("pk", flat=True))
    flags = Flag.objects.visible_to(user).filter(raised).with_followed(on).with_subject().order_by("raised_on", "pk")
    for flag in flags.select_related("mentor__person__school", "teacher__school").iterator(chunk_size=CHUNK):
        yield Finding(flag, flag.pk in named, _place(flag, standing.get(flag.pk), on))


def _place(flag: Flag, standing: Standing | None, on: date) -> Text:
    if not flag.is_followed:
        return NOT_FOLLOWED
    return RESTS if flag.rests_on(on) else PLACES[standing] if standing else ""


def _raised_in(period: Period) -> Q:
    return Q(raised_on__gte=period.since, raised_on__lt=period.until)


class Cell(NamedTuple):
    """What is counted in one line of the totals, and the wider totals that its reader may know from elsewhere."""

    school: str | None
    program: str | None
    code: str
    severity: str
    is_followed: bool

    def of_the_board(self) -> tuple[str, str]:
        return self.code, self.severity

    def of_the_programme(self) -> tuple[str | None, str | None, str]:
        return self.school, self.program, self.code


class Total(NamedTuple):
    cell: Cell
    number: str
    """In words: a small one is masked."""


TOTAL_COLUMNS = (
    Column(_("École"), "cell.school"),
    Column(_("Programme"), "cell.program"),
    Column(_("Balise"), "cell.code"),
    Column(_("Titre"), "cell.code", lambda code: CATALOGUE[code].title),
    Column(_("Gravité"), "cell.severity", label_of(Severity)),
    Column(_("Points de vigilance"), "number"),
    Column(_("Balise suivie"), "cell.is_followed", lambda followed: gettext("oui") if followed else str(NOT_FOLLOWED)),
)


def board_totals(user: User, period: Period) -> Iterator[Total]:
    """What the board's administration may count. One query."""
    return _totals(Flag.objects.counted_for(user), user, period)


def training_totals(user: User, period: Period) -> Iterator[Total]:
    """What a trainer advises on. One query."""
    return _totals(Flag.objects.advised_by(user), user, period)


def _totals(flags: FlagQuerySet, user: User, period: Period) -> Iterator[Total]:
    """How many findings of each guideline and severity, by school and programme; small ones masked."""
    found = (
        flags.filter(_raised_in(period))
        .with_followed(user.local_date())
        .order_by()
        .annotate(
            school_name=Coalesce(
                "dyad__program__school__name",
                "group__program__school__name",
                "mentor__person__school__name",
                "teacher__school__name",
                "program__school__name",
            ),
            program_name=Coalesce("dyad__program__name", "group__program__name", "program__name"),
        )
        .values_list("school_name", "program_name", "guideline", "severity", "is_followed")
        .annotate(number=Count("pk"))
        .order_by("school_name", "program_name", "guideline", "severity")
    )
    counts = {Cell(*cell): number for *cell, number in found}
    words = in_words(counts, lambda cell: cell.code, Cell.of_the_board, Cell.of_the_programme)
    yield from (Total(cell, number) for cell, number in words.items())


_TOTALS_HOLD = _(
    "Points de vigilance\u00a0: par école, programme, balise et gravité. Un nombre est masqué quand il compte moins de"
    " cinq relations ou personnes, ou quand il permettrait de retrouver un nombre masqué."
)

REPORT = Report(
    name="findings",
    file_name="points-de-vigilance",
    title=_("Points de vigilance"),
    verb=FINDINGS_EXPORTED,
    editions=(
        Edition(
            ROWS,
            COLUMNS,
            rows,
            holds=_("Points de vigilance\u00a0: ceux relevés pendant la période, avec leur balise et leur suivi."),
        ),
        Edition(BOARD, TOTAL_COLUMNS, board_totals, holds=_TOTALS_HOLD),
        Edition(TRAINING, TOTAL_COLUMNS, training_totals, holds=_TOTALS_HOLD),
    ),
)
