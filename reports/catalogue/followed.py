"""« Balises suivies »: what each programme follows, by which numbers, and what became of the findings."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import ENTRIES, Guideline
from reports.asking import Ask
from reports.audiences import BOARD, TOTALS, TRAINING
from reports.audit_verbs import FOLLOWED_EXPORTED
from reports.document import Build, Document, Rates
from reports.followed import choices, health
from reports.in_force import LAYOUT as NUMBERS
from reports.in_force import LEFT, OF_TRAINING, in_force, last_tables
from reports.registry import Edition, ReportKind

TITLE = _("Balises suivies")


def build_of(entries: Sequence[Guideline]) -> Build:
    def build(ask: Ask) -> Document:
        """Some fifteen queries, whatever the size.

        What became of the findings is told of all that the person answers for: narrowed, two files would give one
        another's masked numbers back.
        """
        found = in_force(ask, entries)
        chosen = list(choices.choices(found))
        sheets = [choices.LAYOUT.sheet(chosen, note=choices.NOTE, total=len(chosen))]
        if not ask.is_narrowed:
            told = health.Told(ask, entries)
            lines, reasons = told.lines(), told.reasons()
            sheets.append(health.HEALTH.sheet(lines, note=health.note(ask), total=len(lines)))
            sheets.append(health.REASONS.sheet(reasons, total=len(reasons)))
        counted = ((_("programmes"), len(ask.programs)), (_("balises du catalogue"), len(entries)))
        rates = Rates.NONE if ask.is_narrowed else Rates.POOLED
        return Document(
            ask,
            TITLE,
            [*sheets, *last_tables(ask, found)],
            counted=counted,
            rates=rates,
        )

    return build


LAYOUTS = (choices.LAYOUT, health.HEALTH, health.REASONS, NUMBERS, LEFT)
_HOLDS = _(
    "Par programme, depuis quand, avec quels nombres et d’où ils viennent; ce que "
    "deviennent les points relevés, en nombres masqués sous cinq."
)

REPORT = ReportKind(
    name="followed",
    file_name="balises-suivies",
    title=TITLE,
    verb=FOLLOWED_EXPORTED,
    editions=(
        Edition(TOTALS, build_of(ENTRIES), holds=_HOLDS, layouts=LAYOUTS, narrows=True),
        Edition(BOARD, build_of(ENTRIES), holds=_HOLDS, layouts=LAYOUTS, narrows=True),
        Edition(
            TRAINING,
            build_of(OF_TRAINING),
            holds=_("Celles qui touchent la formation et le style, par programme."),
            layouts=LAYOUTS,
            narrows=True,
        ),
    ),
)
