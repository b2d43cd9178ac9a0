"""What was undone in the last thirty days, by those who may put it back: one line per press that took it away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Field, Model, OuterRef, Q, QuerySet
from django.utils.text import capfirst

from people.apart import tell_apart
from people.models import User
from programs.log.kinds import KINDS, AnyKind
from programs.log.labels import Names, fields_of, label_of, names_of, words_of
from programs.log.restoring import restorable_since
from programs.models import LoggedRecord, MeetingRecord, Version

MOST = 100
PLANNED = MeetingRecord.Status.PLANNED
UNSAID = {"on", "status", "note_level", "starts_at", "slot"}
"""What the line's day and name say already, or what has no place on a line."""


@dataclass
class Undone:
    """``version`` is what putting it back brings, ``seen`` the latest version: both numbers of the history."""

    kind: AnyKind
    record: LoggedRecord
    owner: Model
    title: str
    day: date
    said: list[str]
    at: datetime
    who: str
    version: int
    seen: int


def undone(user: User, *, on: date, owner: str = "", pk: int | None = None) -> list[Undone]:
    """Latest first; only of one group or dyad with ``owner`` (« group », « dyad ») and its ``pk``.

    The number of queries does not grow with the rows.
    """
    found: dict[tuple[object, ...], Undone] = {}
    for kind in KINDS.values():
        if owner and kind.owner != owner:
            continue
        rows = list(_rows(kind, user, on, pk)[:MOST])
        for line in _lines(kind, rows):
            press = (line.owner, kind.family or kind.slug, line.record.deleted_at or line.record.pk)
            if press in found:
                found[press].said += line.said
            else:
                found[press] = line
    shown = sorted(found.values(), key=lambda line: line.at, reverse=True)[:MOST]
    tell_apart(line.owner for line in shown)
    return shown


def _rows(kind: AnyKind, user: User, on: date, pk: int | None) -> QuerySet[LoggedRecord]:
    """What was taken away, and the plans whose log was taken back."""
    since = restorable_since(on)
    rows = kind.rows().filter(kind.model.mine_of(user))
    gone = Q(deleted_at__gte=since)
    if issubclass(kind.model, MeetingRecord):
        taken_back = kind.model.history.filter(
            id=OuterRef("pk"), status=PLANNED, history_type="~", history_date__gte=since
        )
        gone |= Q(Exists(taken_back), status=PLANNED, deleted_at__isnull=True)
    if pk is not None:
        rows = rows.filter(**{f"{kind.owner}": pk})
    return rows.filter(gone).order_by("-pk")


def _lines(kind: AnyKind, rows: Sequence[LoggedRecord]) -> Iterable[Undone]:
    if not rows:
        return
    versions: dict[int, list[Version]] = {}
    for version in (
        kind.model.history.filter(id__in=[row.pk for row in rows])
        .select_related("history_user")
        .order_by("-history_id")
    ):
        versions.setdefault(version.id, []).append(version)
    fields = [field for field in fields_of(kind.model) if field.name not in UNSAID]
    logged = {
        row.pk: next((v for v in versions.get(row.pk, []) if v.deleted_at is None and v.is_logged), None)
        for row in rows
    }
    names = names_of(fields, [version for version in logged.values() if version])
    for row in rows:
        past = logged[row.pk]
        if past is not None:
            yield _line(kind, row, past, versions[row.pk], _said(past, fields, names))


def _line(kind: AnyKind, row: LoggedRecord, past: Version, versions: list[Version], said: list[str]) -> Undone:
    last = versions[0]
    after = [version for version in versions if version.history_id > past.history_id]
    undoing = after[-1] if after else last
    return Undone(
        kind=kind,
        record=row,
        owner=kind.owner_of(row),
        title=capfirst(str(kind.name)),
        day=past.on,
        said=said,
        at=undoing.history_date,
        who=str(undoing.history_user or ""),
        version=past.history_id,
        seen=last.history_id,
    )


def _said(past: Version, fields: Sequence[Field], names: Names) -> list[str]:
    """The record on one line: what was ticked by its label, the rest by its words."""
    said = []
    for field in fields:
        value = getattr(past, field.attname)
        if value is True:
            said.append(label_of(field))
        elif value is not False and (words := words_of(field, past, names)):
            said.append(words if len(words) < 80 else f"{words[:79]}…")
    return said
