"""The panel « Suivi » of a dyad's page: what surrounds its meetings, latest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from mentoring.actions.followup import FollowUpRecord, may_take_back
from mentoring.models import DifficultEvent, Dyad, FollowUp, RelationshipReview, TeacherLiaison
from people.models import User

KINDS: dict[str, type[FollowUpRecord]] = {
    "echange": TeacherLiaison,
    "routine": FollowUp,
    "evenement": DifficultEvent,
    "bilan": RelationshipReview,
}
RECENT = 6
MOST = 500


@dataclass
class Line:
    """One record, as the panel shows it; ``heard`` is what a teacher said, in the same sending of the routine."""

    kind: str
    row: Any
    may_edit: bool
    may_undo: bool
    heard: TeacherLiaison | None = None


@dataclass(frozen=True)
class FollowUps:
    lines: list[Line]
    has_more: bool


def followups(dyad: Dyad, user: User, *, on: date, whole: bool, may_log: bool, may_run: bool) -> FollowUps:
    """The last records of a visible dyad, or all of them; four queries."""
    most = MOST if whole else RECENT + 1
    may = {kind: may_run if kind == "bilan" else may_log for kind in KINDS}
    lines = [
        Line(kind, row, may[kind], may[kind] and may_take_back(row, on))
        for kind, model in KINDS.items()
        for row in _rows(model, dyad, user, on)[:most]
    ]
    lines = sorted(_joined(lines), key=lambda line: (line.row.on, line.row.saved_at), reverse=True)
    return FollowUps(lines if whole else lines[:RECENT], len(lines) > RECENT and not whole)


def _rows(model: type[FollowUpRecord], dyad: Dyad, user: User, on: date) -> Any:
    noted = ExpressionWrapper(~Q(note=""), output_field=BooleanField())
    rows = model.objects.visible_to(user).filter(dyad=dyad, on__lte=on).annotate(has_note=noted)
    return rows.select_related("logged_by").order_by("-on", "-pk")


def _joined(lines: list[Line]) -> Iterable[Line]:
    """With what a routine wrote in two records on one line."""
    routines = {line.row.entry_uuid: line for line in lines if line.kind == "routine"}
    for line in lines:
        routine = routines.get(line.row.entry_uuid) if line.kind == "echange" else None
        if routine is None:
            yield line
        else:
            routine.heard = line.row
