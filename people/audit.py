"""The one door to the audit."""

from collections.abc import Iterable

from django.db import models

from people.audit_registry import Verb
from people.models import AuditEntry, SchoolBoard, User


def record(
    *, board: SchoolBoard, person: User | None, verb: Verb, subject: models.Model | None, reason: str = ""
) -> None:
    """Add an entry: who did what to which row, and why. Ids only."""
    AuditEntry.objects.create(
        board=board,
        person=person,
        verb=verb.code,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        reason=reason,
    )


def record_all(
    *,
    person: User | None,
    verb: Verb,
    subjects: Iterable[models.Model],
    reason: str = "",
    board: SchoolBoard | None = None,
) -> None:
    """Add an entry for each row, of the board given or of its own: what one gesture did to many is many deeds.

    One statement.
    """
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(
                board_id=board.pk if board is not None else subject.board_id,  # type: ignore[attr-defined]
                person=person,
                verb=verb.code,
                subject_type=subject._meta.label_lower,
                subject_id=subject.pk,
                reason=reason,
            )
            for subject in subjects
        ),
        batch_size=500,
    )
