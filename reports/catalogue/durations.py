"""« Durée des relations »: where each student stands, what became of the relations begun, why some ended early."""

from django.utils.translation import gettext_lazy as _

from reports.asking import Ask
from reports.audiences import BOARD, TOTALS
from reports.audit_verbs import DURATIONS_EXPORTED
from reports.document import Document, Rates, Sheet
from reports.durations import sheets
from reports.durations.facts import Facts
from reports.durations.picture import pictures
from reports.durations.told import Told
from reports.in_force import LAYOUT as NUMBERS
from reports.in_force import LEFT, last_tables
from reports.registry import Edition, ReportKind
from reports.whole import is_a_year, whole_of

TITLE = _("Durée des relations")
_OF_STUDENTS = _(
    "Les élèves qui ont eu une dyade ou attendu un jour de la période, le dernier jour. Un nombre de moins de cinq est "
    "masqué, et ce qui le redonnerait."
)
_OF_YEARS = _(
    "Les relations commencées chaque année, suivies jusqu’au dernier jour de la période. Une relation que personne n’a "
    "close cesse d’être suivie après la date prévue et le délai pour consigner."
)
_OF_ENDINGS = _(
    "Les relations terminées dans la période avant la fin prévue. Ce tableau n’est fait que d’une année entière\u00a0: "
    "de deux périodes qui se recoupent, l’une redonnerait ce que l’autre masque."
)


def build(ask: Ask) -> Document:
    """Twelve queries or fewer, whatever the size. It tells of all that the person answers for, never of a part."""
    asked, with_endings = whole_of(ask), is_a_year(ask)
    told = Told(Facts.read(asked), with_endings=with_endings)
    lines = list(sheets.lives(told))
    tables: list[Sheet] = [
        sheets.STATUS.sheet(list(sheets.statuses(told)), note=_OF_STUDENTS, total=len(sheets.STATUSES) + 1),
        sheets.SIX.sheet(list(sheets.classes(told)), note=_OF_STUDENTS),
        sheets.RETENTION.sheet(list(sheets.retention(told)), note=_OF_YEARS),
        sheets.LIVES.sheet(lines, note=_OF_YEARS, total=len(lines)),
    ]
    if with_endings:
        tables.append(sheets.ENDINGS.sheet(list(sheets.endings(told)), note=_OF_ENDINGS))
        tables.append(sheets.INITIATIVE.sheet(list(sheets.initiatives(told)), note=_OF_ENDINGS))
    return Document(
        asked,
        TITLE,
        [*tables, *last_tables(asked)],
        counted=((_("élèves"), told.students()), (_("relations commencées"), told.relations())),
        rates=Rates.BOTH,
        pictures=pictures(lines),
    )


LAYOUTS = (
    sheets.STATUS, sheets.SIX, sheets.RETENTION, sheets.LIVES, sheets.ENDINGS, sheets.INITIATIVE, NUMBERS, LEFT,
)  # fmt: skip
_HOLDS = _("Situation et durée, six situations, maintien, tables de survie, fins hâtives par motif et par initiative.")

REPORT = ReportKind(
    name="durations",
    file_name="duree-des-relations",
    title=TITLE,
    verb=DURATIONS_EXPORTED,
    editions=tuple(Edition(audience, build, holds=_HOLDS, layouts=LAYOUTS) for audience in (TOTALS, BOARD)),
)
