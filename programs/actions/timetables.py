"""Say when a relation meets, from a day on."""

from datetime import date

from django.db import transaction

from people import audit
from people.models import User
from programs.actions import slots
from programs.actions.held import locked
from programs.actions.planning import plan_ahead
from programs.actions.slots import Change
from programs.gestures.kinds import KINDS, made_of
from programs.gestures.memory import Changes
from programs.gestures.verbs import keep
from programs.models import Relation, RelationSlot


@transaction.atomic
def put_slot(*, relation: Relation, change: Change, person: User | None, on: date) -> RelationSlot:
    """Meet at this slot from a day on, beside the others or in place of one or of all.

    The next four weeks are planned again, except what somebody touched. The same slot sent twice is one.
    """
    relation = locked(relation)
    slots.check(change, relation, on=on)
    row: RelationSlot
    row, is_new = slots.put(relation.timetables.all(), change, on=on, **{relation.NOUN: relation})
    if is_new:
        audit.record(board=relation.board, person=person, verb=relation.verbs.slot_added, subject=row)
    _planned_again(relation, on)
    return row


@transaction.atomic
def end_slot(*, slot: RelationSlot, person: User | None, on: date) -> None:
    """No longer meet at this slot, from today on. Twice changes nothing; it can be undone."""
    relation = locked(slot.relation)
    for row in slots.open_slots(relation.timetables.filter(pk=slot.pk), on):
        audit.record(board=relation.board, person=person, verb=relation.verbs.slot_ended, subject=row)
        changes = Changes()
        changes.write(row, ends_on=slots.end_of(row, on))
        keep(kind=KINDS[f"retrait-{made_of(type(row)).slug}"], row=row, person=person, changes=changes)
    _planned_again(relation, on)


def _planned_again(relation: Relation, on: date) -> None:
    plan_ahead(board=relation.board, on=on, relation=relation)
    relation.announce(on)
