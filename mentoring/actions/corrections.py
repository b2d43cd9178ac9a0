"""Correct a routine: what was done with the student, and what a teacher was heard to say in the same sending."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring.kinds import KINDS
from mentoring.models import Dyad, FollowUp, TeacherLiaison
from mentoring.signals import dyad_changed
from people.models import User
from programs.actions.records import correct
from programs.memory import remember


@transaction.atomic
def correct_routine(
    *,
    record: FollowUp,
    values: dict[str, Any],
    heard: dict[str, bool],
    person: User,
    saved_at: datetime | None,
    on: date,
) -> FollowUp:
    """As any correction; what was heard is written, changed or taken away with it."""
    routine = correct(kind=KINDS["routine"], record=record, values=values, person=person, saved_at=saved_at, on=on)
    assert isinstance(routine, FollowUp)  # noqa: S101 - the kind says so
    twin = TeacherLiaison.objects.filter(dyad=routine.dyad_id, entry_uuid=routine.entry_uuid).first()
    if twin is None and not any(heard.values()):
        return routine
    twin = twin or TeacherLiaison(
        board_id=routine.board_id, dyad=routine.dyad, entry_uuid=routine.entry_uuid, logged_by=person, logged_on=on
    )
    remember(twin)
    twin.on = routine.on
    twin.deleted_at = None if any(heard.values()) else twin.deleted_at or timezone.now()
    for name, said in heard.items():
        # Taken away, it keeps what it said, for whoever puts it back.
        setattr(twin, name, said if twin.deleted_at is None else getattr(twin, name))
    twin.save()
    dyad_changed.send(sender=Dyad, dyad=routine.dyad, on=on)
    return routine
