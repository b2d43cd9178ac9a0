"""« Bilan pour le conseil d’établissement »: two pages in plain words, two figures at most, for who reads no table."""

from collections.abc import Iterator, Sequence
from functools import partial

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from guidelines.catalogue.groups import GROUP_TOO_LARGE
from guidelines.catalogue.silence import DYAD_GAP
from people.suppression import FEWEST
from reports.asking import Ask
from reports.audiences import TOTALS
from reports.audit_verbs import COUNCIL_EXPORTED
from reports.document import Document, Picture, Rates
from reports.drawings.sizes import group_sizes_svg
from reports.durations import sheets as of_durations
from reports.durations.facts import Facts as DurationFacts
from reports.durations.picture import drawn, pictures
from reports.durations.told import Told as DurationsTold
from reports.in_force import LAYOUT as NUMBERS
from reports.in_force import LEFT, last_tables
from reports.lengths import MESSAGE, is_known, survival_title, told_first
from reports.registry import Edition, ReportKind
from reports.relations import GroupRow, group_rows
from reports.scope import Scope
from reports.sizes import group_title
from reports.summary import sheets as of_summary
from reports.summary.facts import Facts as SummaryFacts
from reports.summary.meetings import Meetings
from reports.summary.told import Told as SummaryTold
from reports.whole import is_a_year, whole_of

TITLE = _("Bilan pour le conseil d’établissement")
SAID_BY_THE_REVIEW = (DYAD_DURATION_SHORT, DYAD_GAP, GROUP_TOO_LARGE)
"""The core: too short, too infrequent, too large."""
SAID = [
    of_summary.STUDENTS.heading,
    *(
        column.heading
        for column in of_summary.OF_PLACES
        if column.lookup in ("open_dyads", "groups", "meetings.held", "pooled")
    ),
]
"""The measures that its sentences tell: its table holds no other, for what is masked is counted there."""


def build(ask: Ask) -> Document:
    """The numbers of « Bilan chiffré » and of « Durée des relations », said in sentences; some thirty queries."""
    asked = whole_of(ask)
    durations = DurationsTold(DurationFacts.read(asked), with_endings=is_a_year(ask))
    facts = SummaryFacts.read(asked)
    told = SummaryTold(facts, with_moves=is_a_year(ask))
    lines = of_summary.Lines(facts, told, Meetings.read(asked, facts.programs, ()))
    whole = [one for one in lines.measures(()) if one.what in SAID]
    groups = group_rows(asked.user, Scope(asked.programs, asked.on, asked.period))
    return Document(
        asked,
        TITLE,
        [of_summary.WHOLE.sheet(whole), *last_tables(asked)],
        counted=(
            (_("élèves accompagnés le dernier jour"), told.students()),
            (_("dyades en cours"), told.open_dyads(())),
        ),
        rates=Rates.POOLED,
        pictures=[*pictures(of_durations.lives(durations))[:1], *_sizes(groups)],
        words=[*_accompanied(lines), *_unsaid_sizes(groups), *_met(lines), *_lasted(durations)],
        template="reports/council_pdf.html",
        more={"review": SAID_BY_THE_REVIEW, "period": asked.named.name},
    )


def _accompanied(lines: of_summary.Lines) -> Iterator[str]:
    students, line = lines.told.students(), lines.at(())
    if students == 0:
        yield gettext("Le dernier jour de la période, personne n’était accompagné.")
    elif isinstance(students, int):
        yield ngettext(
            "Le dernier jour de la période, %(count)s élève était accompagné.",
            "Le dernier jour de la période, %(count)s élèves étaient accompagnés.",
            students,
        ) % {"count": number_format(students)}
    else:
        yield gettext(
            "Le nombre d’élèves accompagnés ne se dit pas ici\u00a0: il est petit, ou il ferait retrouver un petit"
            " nombre."
        )
    if isinstance(line.open_dyads, int) and line.open_dyads:
        yield ngettext(
            "%(count)s dyade de mentorat est en cours\u00a0: une ou un élève, et un adulte ou un pair plus âgé.",
            "%(count)s dyades de mentorat sont en cours\u00a0: une ou un élève, et un adulte ou un pair plus âgé.",
            line.open_dyads,
        ) % {"count": number_format(line.open_dyads)}
    if line.groups:
        yield ngettext(
            "%(count)s groupe d’accompagnement a réuni des élèves pendant la période.",
            "%(count)s groupes d’accompagnement ont réuni des élèves pendant la période.",
            line.groups,
        ) % {"count": number_format(line.groups)}


def _met(lines: of_summary.Lines) -> Iterator[str]:
    line = lines.at(())
    if not line.meetings.held:
        yield gettext("Aucune rencontre n’a eu lieu, en dyade ou en groupe.")
    else:
        yield ngettext(
            "%(count)s rencontre a eu lieu, en dyade ou en groupe.",
            "%(count)s rencontres ont eu lieu, en dyade ou en groupe.",
            line.meetings.held,
        ) % {"count": number_format(line.meetings.held)}
    if isinstance(line.pooled, float):
        yield gettext("De celles qui étaient prévues, %(percent)s\u00a0%% sont consignées (n = %(of)s).") % {
            "percent": round(line.pooled),
            "of": number_format(line.due),
        }


def _lasted(told: DurationsTold) -> Iterator[str]:
    """The message of the figure, with how many: two ways to count would give one page two shares."""
    found = drawn(of_durations.lives(told))
    if found and is_known((first := told_first(found)).survival, MESSAGE):
        yield gettext("%(message)s (n = %(count)s).") % {
            "message": survival_title(first),
            "count": number_format(first.survival.count),
        }


def _sizes(groups: Sequence[GroupRow]) -> list[Picture]:
    """Of all groups or of none: beside the members of all, the sizes of the others would give a small one's back."""
    if not groups or _any_is_small(groups):
        return []
    title = group_title(groups)
    draw = partial(group_sizes_svg, tuple((row.name, row.size, row.bounds) for row in groups), title)
    return [Picture(title, gettext("Membres de chaque groupe, le dernier jour de la période."), draw)]


def _unsaid_sizes(groups: Sequence[GroupRow]) -> Iterator[str]:
    if _any_is_small(groups):
        yield gettext(
            "La taille des groupes ne se dit pas ici\u00a0: l’un d’eux est si petit que quelqu’un serait reconnu."
        )


def _any_is_small(groups: Sequence[GroupRow]) -> bool:
    return any(0 < row.size < FEWEST for row in groups)


REPORT = ReportKind(
    name="council",
    file_name="bilan-conseil-etablissement",
    title=TITLE,
    verb=COUNCIL_EXPORTED,
    formats=("pdf",),
    editions=(
        Edition(
            TOTALS,
            build,
            holds=_("Deux pages en mots simples, avec deux figures au plus, sans aucun nom."),
            layouts=[of_summary.WHOLE, NUMBERS, LEFT],
        ),
    ),
)
