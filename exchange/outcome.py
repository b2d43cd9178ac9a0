"""What the page of an import says of all its lines at once, out of the figures that the last look kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from exchange.forms import sentence_of
from exchange.imports import undoing
from exchange.imports.declaration import Level, Remark, Words
from exchange.models import ImportRow, ImportRun

Standing, Effect = ImportRow.Standing, ImportRow.Effect


TO_DO: dict[str, Words] = {
    Effect.CREATED: _l("à créer"),
    Effect.CHANGED: _l("à modifier"),
    Effect.MOVED: _l("en changement d’école"),
    Effect.ENDED: _l("en départ"),
    Effect.RETURNED: _l("de retour"),
    Effect.NONE: _l("sans changement"),
}
DONE = TO_DO | {Effect.CREATED: _l("fiches créées"), Effect.CHANGED: _l("fiches modifiées")}


@dataclass(frozen=True)
class Asked:
    """A remark that lines wait for, with the answers that may be given to all of them."""

    code: str
    count: int
    sentence: str
    answers: tuple[tuple[str, Words], ...]


class Outcome:
    def __init__(self, run: ImportRun, on: date) -> None:
        self.run, self.on, self.summary = run, on, dict(run.summary)
        self.counts: dict[str, int] = self.summary.get("counts", {})

    @property
    def title(self) -> str:
        titles = {
            ImportRun.State.REVIEWED: _("Ce que l’importation changera"),
            ImportRun.State.APPLIED: _("L’importation est faite"),
            ImportRun.State.UNDONE: _("L’importation est annulée"),
            ImportRun.State.FAILED: _("Ce fichier ne peut pas être importé"),
        }
        return titles.get(ImportRun.State(self.run.state), _("Importation en cours"))

    def of(self, effect: str) -> int:
        return self.counts.get(f"{Standing.FINE}_{effect}", 0)

    @property
    def waiting(self) -> int:
        return self.counts.get(Standing.ASKS, 0) + self.counts.get(Standing.WRONG, 0)

    @property
    def left(self) -> int:
        return self.counts.get(Standing.LEFT, 0)

    @property
    def ready(self) -> int:
        return sum(self.of(effect) for effect in Effect.values if effect != Effect.NONE)

    @property
    def figures(self) -> list[tuple[int, Words]]:
        """How many of the lines that are ready do what, those that do nothing last."""
        words = DONE if self.run.state in (ImportRun.State.APPLIED, ImportRun.State.UNDONE) else TO_DO
        return [(self.of(effect), words[effect]) for effect in words if self.of(effect)]

    @property
    def consequences(self) -> list[str]:
        """What the lines that are ready do to groups, dyads and plans; and whom the list does not name."""
        said = []
        for name, one, many in (
            ("members_end", _("%(n)s place dans un groupe prend fin."), _("%(n)s places dans un groupe prennent fin.")),
            ("dyads_end", _("%(n)s dyade prend fin."), _("%(n)s dyades prennent fin.")),
            ("plans_end", _("%(n)s rencontre prévue disparaît."), _("%(n)s rencontres prévues disparaissent.")),
            (
                "unnamed",
                _("%(n)s élève de l’école n’est pas dans la liste\u00a0: rien ne change à son dossier."),
                _("%(n)s élèves de l’école ne sont pas dans la liste\u00a0: rien ne change à leur dossier."),
            ),
        ):
            if count := self.summary.get(name, 0):
                said.append((one if count < 2 else many) % {"n": count})
        return said

    @property
    def asked(self) -> list[Asked]:
        """The questions that several lines ask, so that they are answered once."""
        return [
            Asked(remark.code, count, sentence, remark.answers)
            for remark, count, sentence in self._said()
            if remark.answers and count > 1 and self.waiting
        ]

    @property
    def told(self) -> list[tuple[int, str]]:
        """What was read in spite of something, by number of lines, with the sentence of the first of them."""
        return [(count, sentence) for remark, count, sentence in self._said() if remark.level == Level.TOLD]

    def _said(self) -> Iterator[tuple[Remark, int, str]]:
        kind = self.run.declared
        for code, example in self.summary.get("examples", {}).items():
            remark = kind.remark(code) if kind else None
            if kind and remark:
                given: dict[str, Any] = example[2]
                yield remark, self.counts.get(f"said_{code}", 0), sentence_of(kind, code, given)

    @cached_property
    def obstacles(self) -> list[str]:
        """What stands in the way of taking it back."""
        return undoing.obstacles(self.run, self.on) if self.run.state == ImportRun.State.APPLIED else []

    @property
    def percent(self) -> int:
        return 100 * self.run.done // self.run.total if self.run.total else 0
