"""What another number would change, before it is applied: which findings would appear, go, or weigh more or less."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from guidelines.catalogue import CATALOGUE
from guidelines.evaluation import Finding, findings
from guidelines.measures import Scope
from guidelines.models import Severity
from guidelines.numbers import Numbers
from people.models import SchoolBoard
from programs.models import Program


@dataclass(frozen=True)
class Changed:
    """A finding that holds either way, with another severity."""

    before: Finding
    after: Finding

    @property
    def worsens(self) -> bool:
        return Severity(self.after.severity).rank < Severity(self.before.severity).rank


@dataclass(frozen=True)
class DryRun:
    """The difference that the numbers make on a day; ``held`` is how many findings hold with those in force."""

    appear: list[Finding]
    disappear: list[Finding]
    changed: list[Changed]
    held: int

    @property
    def is_empty(self) -> bool:
        return not (self.appear or self.disappear or self.changed)


def dry_run(
    board: SchoolBoard, code: str, wanted: Mapping[str, int | None], *, program: Program | None, on: date
) -> DryRun:
    """Evaluate one guideline on a day, past or present, with the numbers in force and with those wanted instead.

    ``wanted`` holds the numbers by name; None goes back to what is next nearest. Writes nothing; runs the guideline's
    statement twice.
    """
    now = Numbers.of(board, on)
    then = now
    for name, value in wanted.items():
        then = then.with_change(code, name, program.pk if program else None, value)
    before = _found(board, code, on, now, program)
    after = _found(board, code, on, then, program)
    both = [key for key in after if key in before]
    return DryRun(
        appear=[after[key] for key in after if key not in before],
        disappear=[before[key] for key in before if key not in after],
        changed=[Changed(before[key], after[key]) for key in both if before[key].severity != after[key].severity],
        held=len(before),
    )


def _found(board: SchoolBoard, code: str, on: date, numbers: Numbers, program: Program | None) -> dict[int, Finding]:
    found = findings(Scope(board, on, given=numbers), {code})
    kept = None if program is None else _of_program(CATALOGUE[code].subject, program)
    return {finding.subject_id: finding for finding in found if kept is None or finding.subject_id in kept}


def _of_program(kind: str, program: Program) -> set[int]:
    """The subjects of a kind that follow the programme's own numbers."""
    if kind == "program":
        return {program.pk}
    rows = program.dyads if kind == "dyad" else program.groups
    return set(rows.values_list("pk", flat=True))
