"""The panel « Suivi » of a dyad's page: what surrounds its meetings, latest first."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse

from mentoring.models import Dyad
from mentoring.records import FOLLOWUPS
from mentoring.records.followup import FollowUpKind
from people.models import User
from programs.access import Rights
from programs.log.labels import fields_of, label_of, names_of, words_of
from programs.models import LoggedRecord

RECENT = 6
MOST = 500


@dataclass
class Line:
    """One record, as the panel shows it; ``heard`` is what a teacher said, in the same sending of the routine."""

    of: FollowUpKind[Any, Any]
    row: LoggedRecord
    may_edit: bool
    heard: LoggedRecord | None = None

    @property
    def kind(self) -> str:
        return self.of.slug

    @property
    def said(self) -> list[str]:
        """Its fields in words, where the page has no words of its own for them."""
        fields = [field for field in fields_of(self.of.model) if field.name in self.of.form_class.said]
        names = names_of(fields, [self.row])
        said = [(label_of(field), words_of(field, self.row, names)) for field in fields]
        return [f"{label}\u00a0: {words}" for label, words in said if words]


@dataclass(frozen=True)
class FollowUps:
    """``to_log`` are the kinds that the person logs, each with its form's address."""

    lines: list[Line]
    has_more: bool
    to_log: Sequence[tuple[FollowUpKind[Any, Any], str]]


def followups(dyad: Dyad, user: User, *, on: date, whole: bool, rights: Rights, logged: Collection[str]) -> FollowUps:
    """The last records of a visible dyad, or all of them; one query for each kind that it has (``logged``)."""
    most = MOST if whole else RECENT + 1
    may = {kind.slug: kind.granted(user, dyad, rights) for kind in FOLLOWUPS}
    kinds = [kind for kind in FOLLOWUPS if kind.slug in logged]
    lines = [Line(kind, row, may[kind.slug]) for kind in kinds for row in _rows(kind, dyad, user, on)[:most]]
    lines = sorted(_joined(lines), key=lambda line: (line.row.on, line.row.saved_at), reverse=True)
    to_log = [(kind, reverse(kind.names["log"], args=[dyad.pk])) for kind in FOLLOWUPS if may[kind.slug]]
    to_log.sort(key=lambda one: one[0].slug != "routine")  # what comes back every week is first
    return FollowUps(lines if whole else lines[:RECENT], len(lines) > RECENT and not whole, to_log)


def _rows(kind: FollowUpKind[Any, Any], dyad: Dyad, user: User, on: date) -> QuerySet[LoggedRecord]:
    noted = ExpressionWrapper(~Q(note=""), output_field=BooleanField())
    rows: QuerySet[LoggedRecord] = (
        kind.model.objects.visible_to(user).filter(dyad=dyad, on__lte=on).annotate(has_note=noted)
    )
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
