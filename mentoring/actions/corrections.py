"""Correct a routine, or go back: what was done with the student, and what a teacher was heard to say with it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring.kinds import KINDS
from mentoring.models import Dyad, FollowUp, TeacherLiaison
from mentoring.signals import dyad_changed
from people.models import User
from programs.actions.records import bring_back, correct
from programs.memory import history_of, remember, version_of


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
    twin = _heard_with(routine)
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
    dyad_changed.send(sender=Dyad, dyad=routine.dyad, on=on, records={TeacherLiaison})
    return routine


@transaction.atomic
def bring_back_routine(*, record: FollowUp, version: int, seen: int, person: User, on: date) -> FollowUp:
    """As any return to an earlier version; what was heard is again what it was then."""
    routine = bring_back(kind=KINDS["routine"], record=record, version=version, seen=seen, person=person, on=on)
    assert isinstance(routine, FollowUp)  # noqa: S101 - the kind says so
    twin, corrected = _heard_with(routine), history_of(routine).filter(history_id__gt=version).last()
    if twin is None or corrected is None:
        return routine
    then = history_of(twin).filter(history_date__lt=corrected.history_date).first()
    if then is not None and then.deleted_at is None:
        said = {"record": twin, "version": then.history_id, "seen": version_of(twin)}
        bring_back(kind=KINDS["echange"], person=person, on=on, **said)
    elif twin.deleted_at is None:
        twin.deleted_at = timezone.now()
        twin.save()
        dyad_changed.send(sender=Dyad, dyad=routine.dyad, on=on, records={TeacherLiaison})
    return routine


def _heard_with(routine: FollowUp) -> TeacherLiaison | None:
    """What the same sending says that a teacher was heard to say, taken away or not."""
    return TeacherLiaison.objects.filter(dyad=routine.dyad_id, entry_uuid=routine.entry_uuid).first()
