"""What each guideline answers of one subject: breached, respected, or not to be told, with the facts behind."""

from collections.abc import Collection
from dataclasses import dataclass

from guidelines.catalogue import Guideline
from guidelines.evaluation import Finding, breaches, measured
from guidelines.measures import Scope
from people.sql import Row


@dataclass(frozen=True)
class Answer:
    """``row`` holds the measure's facts; ``finding`` what breaches, if anything; ``is_lacking``: too little data."""

    guideline: Guideline
    row: Row
    finding: Finding | None
    is_lacking: bool

    @property
    def value(self) -> int | None:
        """The observed value in the guideline's unit; None without one."""
        found = self.row[self.guideline.column] if self.guideline.column else None
        return None if found is None else int(found)


def answers(scope: Scope, codes: Collection[str]) -> dict[tuple[str, int], Answer]:
    """By guideline and subject, what the findings of the day are made of: one finds exactly where ``findings`` does.

    A subject that a guideline does not speak of on the day is absent. One statement per measure.
    """
    scope = scope.narrowed(codes)
    found: dict[tuple[str, int], Answer] = {}
    for guideline, rows in measured(scope):
        breached = {finding.subject_id: finding for finding in breaches(guideline, rows, scope)}
        for row in rows:
            pk = row["subject_id"]
            lacking = bool(guideline.lacking and row[guideline.lacking])
            found[guideline.code, pk] = Answer(guideline, row, breached.get(pk), lacking)
    return found
