"""How long a board keeps what: its own durations where it says some, ours elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from people.models import RetentionPlan, SchoolBoard
from people.privacy.tables import DECLARED, YEAR, KeptTable
from people.retention import NIGHT_NOTICE

RULES = ("students", "adults", "journal", "incidents", "messages", "imports")
"""The columns of a plan that say a number of years."""


def plan_of(board: SchoolBoard) -> RetentionPlan | None:
    """What the board said; None when it said nothing. One query."""
    return RetentionPlan.objects.filter(board=board).first()


def durations_said(plan: RetentionPlan | None) -> Mapping[str, timedelta]:
    """By rule, what a board says otherwise than we do."""
    said = {rule: getattr(plan, rule) for rule in RULES} if plan else {}
    return {rule: years * YEAR for rule, years in said.items() if years}


def tables_of(plan: RetentionPlan | None) -> list[KeptTable]:
    """Every table, with the durations of a board."""
    said = durations_said(plan)
    return [replace(one, keeping=one.keeping.by(said)) for one in DECLARED]


@dataclass(frozen=True)
class Night:
    """What the night will destroy, and on which day at the earliest."""

    on: date
    kinds: list[tuple[str, int]]

    @property
    def count(self) -> int:
        return sum(count for _kind, count in self.kinds)


def night_of(plan: RetentionPlan | None) -> Night | None:
    """What was announced; None where the night destroys nothing."""
    if plan is None or plan.nightly_from is None or plan.announced_on is None:
        return None
    words = {one.model: str(one.words) for one in DECLARED}
    kinds = [(words.get(model, model), count) for model, count in plan.announced.items()]
    return Night(max(plan.nightly_from, plan.announced_on + NIGHT_NOTICE), kinds)


def ours() -> Mapping[str, str]:
    """By rule, how long we keep where a board says nothing, in words."""
    return {one.keeping.rule: one.keeping.length for one in DECLARED if one.keeping.rule}
