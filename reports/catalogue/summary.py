"""« Bilan chiffré »: counts by school, programme, level and year, for a board, a council, the ministry."""

from django.utils.translation import gettext_lazy as _

from people.telling import Path
from reports.asking import Ask
from reports.audiences import BOARD, TOTALS
from reports.audit_verbs import SUMMARY_EXPORTED
from reports.document import Document, Rates, Sheet
from reports.in_force import LAYOUT as NUMBERS
from reports.in_force import LEFT, last_tables
from reports.registry import Edition, ReportKind
from reports.summary import sheets
from reports.summary.facts import Facts
from reports.summary.meetings import Meetings
from reports.summary.told import Told
from reports.tables import Unsaid
from reports.whole import is_a_year

TITLE = _("Bilan chiffré")
_NOTE = _(
    "Un nombre de personnes de moins de cinq est masqué, et ce qui le redonnerait. Les rencontres et les groupes ne "
    "sont personne\u00a0: ils sont dits tels quels."
)
_OF_WHOLE = _("De tout ce que vous suivez ensemble.")


def build(ask: Ask) -> Document:
    """Some twenty queries, whatever the size. What is masked does not depend on what the file is narrowed to."""
    is_year = is_a_year(ask)
    facts = Facts.read(ask)
    years = facts.years if is_year and not ask.is_narrowed else ()
    lines = sheets.Lines(facts, Told(facts, with_moves=is_year), Meetings.read(ask, facts.programs, years))
    here = _place(ask)
    tables: list[Sheet] = [sheets.WHOLE.sheet(list(lines.measures(here)), note=_NOTE)]
    if len(here) < len(FULL):
        schools = dict.fromkeys(program.school_id for program in ask.programs)
        above = [] if here else [lines.at(())]
        rows = [*above, *(lines.at((pk,)) for pk in schools)]
        tables.append(sheets.SCHOOLS.sheet(rows, note=_NOTE, total=len(rows)))
    of_programs = [lines.at((program.school_id, program.pk)) for program in ask.programs]
    tables.append(sheets.PROGRAMS.sheet(of_programs, note=_NOTE, total=len(of_programs)))
    if not here:
        tables.append(sheets.LEVELS.sheet(list(lines.levels()), note=_OF_WHOLE, total=len(sheets.GRADES) + 1))
    if years:
        tables.append(sheets.YEARS.sheet(list(lines.years()), note=_OF_WHOLE, total=len(years)))
    line = lines.at(here)
    return Document(
        ask,
        TITLE,
        [*tables, *last_tables(ask)],
        counted=(
            (_("élèves accompagnés le dernier jour"), Unsaid.UNKNOWN if here else lines.told.students()),
            (_("dyades en cours"), line.open_dyads),
            (_("groupes"), line.groups),
        ),
        rates=Rates.BOTH,
    )


FULL = ("school", "program")
NOWHERE: Path = (None,)
"""Of what is not theirs, nobody."""


def _place(ask: Ask) -> Path:
    """The whole, or the school or programme that the file is narrowed to."""
    if not ask.is_narrowed:
        return ()
    if not ask.programs:
        return NOWHERE
    first = ask.programs[0]
    return (first.school_id, first.pk) if ask.program else (first.school_id,)


LAYOUTS = (sheets.WHOLE, sheets.SCHOOLS, sheets.PROGRAMS, sheets.LEVELS, sheets.YEARS, NUMBERS, LEFT)
_HOLDS = _(
    "Élèves, dyades, groupes, adultes et rencontres, par école, programme, niveau et année. Les "
    "relations à joindre se lisent au tableau de bord, jour après jour\u00a0: un jour passé ne les redonne pas."
)

REPORT = ReportKind(
    name="summary",
    file_name="bilan-chiffre",
    title=TITLE,
    verb=SUMMARY_EXPORTED,
    editions=tuple(
        Edition(audience, build, holds=_HOLDS, layouts=LAYOUTS, narrows=True) for audience in (TOTALS, BOARD)
    ),
)
