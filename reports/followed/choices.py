"""A line for each programme and guideline: followed from when, or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import CATALOGUE_VERSION, ESSENTIAL, Guideline
from guidelines.following import guidelines_of
from guidelines.models import ProgramGuideline
from programs.models import Program
from reports.document import Layout
from reports.in_force import InForce
from reports.tables import Column, Kind, Text

FOLLOWED, NOT_FOLLOWED = _("suivie"), _("non suivie")


@dataclass(frozen=True)
class Choice:
    program: Program
    entry: Guideline
    is_followed: bool
    since: date | None
    reason: str
    numbers: str

    @property
    def state(self) -> Text:
        return FOLLOWED if self.is_followed else NOT_FOLLOWED

    @property
    def step(self) -> Text:
        return _("l’essentiel") if self.entry.code in ESSENTIAL else _("au choix du programme")

    @property
    def version(self) -> int:
        return CATALOGUE_VERSION


LAYOUT = Layout(
    "balises-suivies",
    _("Balises suivies"),
    (
        Column(_("École"), "program.school", about=_("L’école du programme.")),
        Column(_("Programme"), "program", about=_("Le programme qui suit la balise, ou non.")),
        Column(_("Balise"), "entry.title", about=_("Ce qui est vérifié.")),
        Column(_("Code"), "entry.code", about=_("Le code de la balise, le même dans tous les fichiers.")),
        Column(_("Préoccupation"), "entry.concern.label", about=_("Ce dont parle la balise.")),
        Column(_("Étape"), "step", about=_("L’essentiel est suivi d’office, tant que le programme n’a rien choisi.")),
        Column(
            _("État"),
            "state",
            about=_("Suivie ou non le dernier jour de la période. Non suivie ne veut jamais dire conforme."),
        ),
        Column(
            _("Suivie depuis"),
            "since",
            kind=Kind.DATE,
            about=_("Le premier jour; vide quand elle est suivie d’office, ou ne l’est pas."),
        ),
        Column(_("Motif"), "reason", about=_("La raison donnée par qui l’a choisie.")),
        Column(_("Nombres"), "numbers", about=_("Ses nombres pour ce programme, et d’où vient chacun.")),
        Column(_("Catalogue, version"), "version", kind=Kind.NUMBER, about=_("La version du catalogue des balises.")),
        Column(_("Section"), "entry.citation", about=_("La section de la recension (Boyer, 2014) d’où elle vient.")),
    ),
)
NOTE = _(
    "Chaque balise qui parle du programme, le dernier jour de la période. Ce qui n’est pas suivi n’entre dans aucun "
    "nombre de ce fichier."
)


def choices(found: InForce) -> Iterator[Choice]:
    """By school, programme, then in the order of the catalogue. One query."""
    rows = ProgramGuideline.objects.filter(program__in=found.programs).running(found.on)
    running = {(row.program_id, row.guideline): row for row in rows}
    for program in found.programs:
        for entry in guidelines_of(program):
            if entry not in found.entries:
                continue
            is_followed = entry.code in found.followed[program.pk]
            row = running.get((program.pk, entry.code)) if is_followed else None
            numbers = _numbers(found, entry, program) if is_followed else ""
            yield Choice(
                program, entry, is_followed, row.followed_from if row else None, row.reason if row else "", numbers
            )


def _numbers(found: InForce, entry: Guideline, program: Program) -> str:
    worths = ((name, found.worth(entry, name, program)) for name in entry.settable)
    return "; ".join(f"{found.label(entry, name, worth.value)} ({worth.source})" for name, worth in worths)
