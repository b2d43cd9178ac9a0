"""The rows of a file of findings: by name for those who may, counted for the board's administration and trainers."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from guidelines.catalogue import CATALOGUE
from guidelines.counts import in_words
from guidelines.models import Flag, Severity
from guidelines.models.flags import FlagQuerySet
from people.models import User

Row = Iterable[Any]
CHUNK = 2000


class Total(NamedTuple):
    """A line of the file of totals, and the wider totals that its reader may know from elsewhere."""

    school: str | None
    program: str | None
    code: str
    severity: str

    def of_the_board(self) -> tuple[str, str]:
        return self.code, self.severity

    def of_the_programme(self) -> tuple[str | None, str | None, str]:
        return self.school, self.program, self.code


def finding_rows(user: User, *, since: date, until: date) -> Iterator[Row]:
    """A header, then every finding raised in the period that the person may read. Two queries, streamed.

    A dyad is named to those who decide on it; to its mentor it is a number.
    """
    yield [
        _("Relevé le"),
        _("Gravité"),
        _("Balise"),
        _("Titre"),
        _("École"),
        _("Programme"),
        _("Relation, groupe ou personne"),
        _("Valeur observée"),
        _("Seuil"),
        _("Unité"),
        _("Données"),
        _("Suivi"),
        _("Réglé le"),
    ]
    named = set(Flag.objects.decidable_by(user).filter(_raised(since, until)).values_list("pk", flat=True))
    flags = Flag.objects.visible_to(user).filter(_raised(since, until)).with_subject().order_by("raised_on", "pk")
    for flag in flags.select_related("mentor__person__school", "teacher__school").iterator(chunk_size=CHUNK):
        yield _row(flag, flag.pk in named)


def finding_totals(flags: FlagQuerySet, *, since: date, until: date) -> Iterator[Row]:
    """A header, then how many findings of each guideline and severity, by school and programme; small ones masked."""
    yield [_("École"), _("Programme"), _("Balise"), _("Titre"), _("Gravité"), _("Points de vigilance")]
    rows = (
        flags.filter(_raised(since, until))
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
        .values("school_name", "program_name", "guideline", "severity")
        .annotate(number=Count("pk"))
        .order_by("school_name", "program_name", "guideline", "severity")
        .values_list("school_name", "program_name", "guideline", "severity", "number")
    )
    counts = {Total(*cell): number for *cell, number in rows}
    words = in_words(counts, lambda cell: cell.code, Total.of_the_board, Total.of_the_programme)
    for cell, number in words.items():
        title = CATALOGUE[cell.code].title
        yield [cell.school, cell.program, cell.code, title, Severity(cell.severity).label, number]


def _raised(since: date, until: date) -> Q:
    return Q(raised_on__gte=since, raised_on__lt=until)


def _row(flag: Flag, is_named: bool) -> list[Any]:
    guideline = CATALOGUE[flag.guideline]
    program = flag.dyad.program if flag.dyad else flag.group.program if flag.group else flag.program
    person = flag.mentor.person if flag.mentor else flag.teacher
    school = program.school if program else person.school if person else None
    subject = str(flag.subject) if is_named or not flag.dyad else _("Dyade nº %(number)s") % {"number": flag.dyad_id}
    return [
        flag.raised_on,
        flag.get_severity_display(),
        flag.guideline,
        guideline.title,
        school,
        program,
        subject,
        flag.value,
        flag.threshold,
        guideline.unit if flag.value is not None else "",
        flag.get_confidence_display(),
        flag.get_state_display(),
        flag.cleared_on,
    ]
