"""The panel « Suivi » of a dyad's page: what surrounds its meetings, latest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from mentoring.models import Dyad, TeacherLiaison
from mentoring.records.followup import FollowUpKind
from people.models import User
from programs.log.kinds import KINDS, RecordKind

RECENT = 6
MOST = 500


@dataclass
class Line:
    """One record, as the panel shows it; ``heard`` is what a teacher said, in the same sending of the routine."""

    kind: str
    row: Any
    may_edit: bool
    heard: TeacherLiaison | None = None

    @property
    def icon(self) -> str:
        return KINDS[self.kind].icon


@dataclass(frozen=True)
class FollowUps:
    lines: list[Line]
    has_more: bool


def followups(dyad: Dyad, user: User, *, on: date, whole: bool) -> FollowUps:
    """The last records of a visible dyad, or all of them; two queries a kind."""
    most = MOST if whole else RECENT + 1
    kinds = [kind for kind in KINDS.values() if isinstance(kind, FollowUpKind)]
    may = {kind.slug: kind.may_log(user, dyad) for kind in kinds}
    lines = [Line(kind.slug, row, may[kind.slug]) for kind in kinds for row in _rows(kind, dyad, user, on)[:most]]
    lines = sorted(_joined(lines), key=lambda line: (line.row.on, line.row.saved_at), reverse=True)
    return FollowUps(lines if whole else lines[:RECENT], len(lines) > RECENT and not whole)


def _rows(kind: RecordKind[Any], dyad: Dyad, user: User, on: date) -> Any:
    noted = ExpressionWrapper(~Q(note=""), output_field=BooleanField())
    rows = kind.model.objects.visible_to(user).filter(dyad=dyad, on__lte=on).annotate(has_note=noted)
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
