"""What a record said before: the first line of history of rows made in bulk, and who was there, version by version."""

from typing import Any

from people.models import User
from programs.models import Attendance, GroupMeeting, LoggedRecord

Presences = dict[str, str]
"""By student's number, as text: JSON has no other keys."""


def history_of(record: LoggedRecord) -> Any:
    """The record's versions, latest first."""
    return _history(record).filter(id=record.pk).order_by("-history_id")


def remember(record: LoggedRecord) -> None:
    """Give a row that was planned or imported in bulk its first line: nobody's, of the moment when it was saved.

    Without one, undo would have nothing to go back to. One query when there is one already.
    """
    if record.pk is None or history_of(record).exists():
        return
    before: Any = type(record)._base_manager.get(pk=record.pk)
    before._history_user, before._history_date = None, before.saved_at
    _history(record).bulk_history_create([before])


def version_of(record: LoggedRecord) -> int:
    """The last version of the record; 0 when it was never changed here."""
    latest: int | None = history_of(record).values_list("history_id", flat=True).first()
    return latest or 0


def presences(meeting: GroupMeeting) -> Presences:
    """Who was there, as the log says now."""
    rows = Attendance.objects.filter(meeting=meeting).order_by("student").values_list("student", "status")
    return {str(student): status for student, status in rows}


def keep_presences(meeting: GroupMeeting, said: Presences) -> None:
    """Let the latest version say who was there, unless it does already. One query."""
    latest = history_of(meeting).values("history_id")[:1]
    silent = history_of(meeting).order_by().filter(history_id=latest, attendance__isnull=True)
    silent.update(attendance=said)


def last_hand(record: LoggedRecord) -> User | None:
    """Who saved the record last, when somebody did."""
    latest = history_of(record).select_related("history_user").first()
    person: User | None = latest.history_user if latest else None
    return person


def _history(record: LoggedRecord) -> Any:
    return type(record).history  # type: ignore[attr-defined]  # each record that one can make has one
