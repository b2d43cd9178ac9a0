"""Say when a dyad meets, from a day on."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.actions.planning import plan_ahead
from mentoring.audit_verbs import DYAD
from mentoring.models import Dyad, DyadTimetable
from mentoring.signals import dyad_changed
from people import audit
from people.models import User
from programs.actions import slots
from programs.actions.slots import Change


@transaction.atomic
def put_dyad_slot(*, dyad: Dyad, change: Change, person: User, on: date) -> DyadTimetable:
    """Meet at this slot from a day on, beside the others or in place of one or of all.

    The next four weeks are planned again, except what somebody touched. The same slot sent twice is one.
    """
    dyad = _locked(dyad)
    outside = _("La dyade n’est pas en cours à cette date. Choisissez un jour où elle l’est.")
    slots.check(change, dyad.program, on=on, opens=dyad.starts_on, closes=dyad.ended_on, outside=outside)
    row: DyadTimetable
    row, is_new = slots.put(dyad.timetables.all(), change, on=on, dyad=dyad)
    if is_new:
        audit.record(board=dyad.board, person=person, verb=DYAD.slot_added, subject=row)
    _planned_again(dyad, on)
    return row


@transaction.atomic
def end_dyad_slot(*, slot: DyadTimetable, person: User, on: date) -> None:
    """No longer meet at this slot, from today on. Twice changes nothing."""
    dyad = _locked(slot.dyad)
    for row in slots.open_slots(dyad.timetables.filter(pk=slot.pk), on):
        audit.record(board=dyad.board, person=person, verb=DYAD.slot_ended, subject=row)
        slots.end(row, on)
    _planned_again(dyad, on)


def _locked(dyad: Dyad) -> Dyad:
    return Dyad.objects.select_for_update(of=("self",)).select_related("board", "program").get(pk=dyad.pk)


def _planned_again(dyad: Dyad, on: date) -> None:
    plan_ahead(board=dyad.board, on=on, dyad=dyad)
    dyad_changed.send(sender=Dyad, dyad=dyad, on=on)
