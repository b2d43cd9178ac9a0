"""What a banner offers after a correction: back to what the record said before, or on to another correction."""

from django.urls import reverse

from programs.memory import history_of
from programs.models import LoggedRecord


def after_correction(slug: str, record: LoggedRecord, edit: str) -> str:
    """The message's tags; ``slug`` is the record's kind, ``edit`` the address where it is corrected. One query."""
    versions = list(history_of(record).values_list("history_id", flat=True)[:2])
    if len(versions) < 2:
        return f"edit:{edit}"
    restore = reverse("record_restore", args=[slug, record.pk])
    return f"undo:{restore}?version={versions[1]}&vu={versions[0]}|edit:{edit}"
