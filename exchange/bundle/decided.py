"""What people decided of findings: written as it stood, and taken again into the life of each finding."""

from collections.abc import Iterable
from typing import Any

from exchange.bundle.base_rules import Rules
from exchange.bundle.drafts import Draft
from exchange.bundle.index import CHUNK
from exchange.reading import Problem
from exchange.scratch import batches
from guidelines.models import Flag, FlagEvent
from people.models import SchoolBoard

DECIDED = (Flag.State.TAKEN.value, Flag.State.SNOOZED.value, Flag.State.DISMISSED.value)
"""States that are decisions; the events that made them bear the same names."""
MEASURED = ("raised_on", "severity", "value", "threshold", "confidence", "cause", "catalogue_version")
"""What an evaluation says of a finding, and says better than a file."""


def last_decisions(column: str, board: SchoolBoard) -> dict[int, Any]:
    """A column of the decision that stands on each live finding of a board, by finding. One query."""
    live = FlagEvent.objects.filter(flag__board=board, flag__cleared_on=None, flag__state__in=DECIDED, kind__in=DECIDED)
    return dict(live.order_by("at", "pk").values_list("flag", column))


class FindingRules(Rules):
    """A decision moves the finding that lasts here; else it brings its finding, which the next evaluation looks at.

    What was measured here stays as it is. A decision that says otherwise than the last one is an event of its own.
    """

    def check(self, drafts: list[Draft]) -> list[Problem]:
        known = {draft.pk: draft for draft in drafts if draft.before is not None}
        said = self._said(known)
        for pk, draft in known.items():
            before = draft.before or {}
            draft.values.update((name, before[name]) for name in MEASURED)
            if said.get(pk) != self._told(draft) and not draft.changes():
                draft.before = {**before, "state": ""}  # it changes all the same, and is counted
        return []

    @staticmethod
    def _said(flags: Iterable[int]) -> dict[int, tuple[Any, ...]]:
        """The decision that stands on each of these findings."""
        said: dict[int, tuple[Any, ...]] = {}
        for some in batches(flags, CHUNK):
            events = FlagEvent.objects.filter(flag__in=some, kind__in=DECIDED).order_by("at", "pk")
            said.update(
                (pk, tuple(rest)) for pk, *rest in events.values_list("flag", "on", "person", "reason_code", "reason")
            )
        return said

    @staticmethod
    def _told(draft: Draft) -> tuple[Any, ...]:
        return tuple(draft.extra.get(name) for name in ("on", "by", "reason_code", "reason"))

    def written(self, drafts: list[Draft]) -> None:
        if self.state.problems:
            return
        events = []
        for draft in drafts:
            if draft.before is None:
                events.append(self._event(draft, FlagEvent.Kind.RAISED, on=draft.values["raised_on"]))
            if draft.before is None or draft.changes():
                on, by, code, reason = self._told(draft)
                decision = {"person_id": by, "reason_code": code, "reason": reason, "until": draft.final("until")}
                events.append(self._event(draft, draft.final("state"), on=on, **decision))
        FlagEvent.objects.bulk_create(events, batch_size=CHUNK)

    @staticmethod
    def _event(draft: Draft, kind: str, **said: Any) -> FlagEvent:
        return FlagEvent(
            flag_id=draft.pk, kind=kind, severity=draft.final("severity"), value=draft.final("value"), **said
        )
