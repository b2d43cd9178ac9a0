"""What a record said before, version by version; rows made in bulk get their first one when somebody touches them."""

from typing import Any

from django.db.models import QuerySet

from people.models import User
from programs.models import LoggedRecord, Relation, Version


def history_of(record: LoggedRecord | Relation) -> QuerySet[Any]:
    """The versions of a record (each a ``Version``), or of a relation, latest first."""
    versions: QuerySet[Any] = type(record).history.filter(id=record.pk).order_by("-history_id")
    return versions


def remember(record: LoggedRecord) -> None:
    """Give a row that was planned or imported in bulk its first line: nobody's, of the moment when it was saved.

    Without one, undo would have nothing to go back to. One query when there is one already.
    """
    if record.pk is None or history_of(record).exists():
        return
    before: Any = type(record)._base_manager.get(pk=record.pk)
    before._history_user, before._history_date = None, before.saved_at
    type(record).history.bulk_history_create([before])


def version_of(record: LoggedRecord | Relation) -> int:
    """Its last version; 0 when it was never changed here."""
    latest: int | None = history_of(record).values_list("history_id", flat=True).first()
    return latest or 0


def last_hand(record: LoggedRecord) -> User | None:
    """Who saved the record last, when somebody did."""
    latest: Version | None = history_of(record).select_related("history_user").first()
    return latest.history_user if latest else None
