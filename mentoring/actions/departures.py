"""A student is gone from the school of their dyad: nobody is blamed for the weeks that follow."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mentoring.audit_verbs import DYAD_PAUSED
from mentoring.models import Dyad, Pause
from mentoring.signals import mentor_changed
from people import audit
from people.models import SchoolBoard, User
from people.witness import tell_created
from programs.actions.planning import plan_ahead


def pause_what_they_left(sender: object, *, schools: Mapping[int, int], on: date, **_more: Any) -> None:
    """Pause the open dyads of students in the programmes of the school that they left, from the Monday of that week,
    so that the week itself is nobody's fault. What is paused without an end stays so."""
    rows = Dyad.objects.open_on(on).filter(student__in=schools).exclude(pauses__in=_endless(on))
    dyads = [one for one in rows.with_people() if one.program.school_id == schools[one.student_id]]
    reason = _("L’élève n’est plus à l’école du programme.")
    for dyad in dyads:
        starts_on = max(dyad.starts_on, on - timedelta(days=on.weekday()))
        pause = Pause.objects.create(dyad=dyad, starts_on=starts_on, reason=reason)
        tell_created(Pause, [pause.pk])
        audit.record(board=dyad.board, person=None, verb=DYAD_PAUSED, subject=dyad, reason=reason)
    for board in SchoolBoard.objects.filter(pk__in={dyad.board_id for dyad in dyads}):
        plan_ahead(board=board, on=on)
    for dyad in dyads:
        dyad.announce(on)


def _endless(on: date) -> Any:
    return Pause.objects.filter(Q(ends_on__isnull=True), starts_on__lte=on).values("pk")


def tell_what_they_left(sender: object, *, people: list[User], at: Any, **_more: Any) -> None:
    """The dyads of adults whose accounts were closed are looked at again: nothing more is asked of who left."""
    for board in SchoolBoard.objects.filter(pk__in={one.board_id for one in people}):
        on = board.local_date(at)
        rows = Dyad.objects.open_on(on).filter(mentor__person__in=people, board=board).with_people()
        for dyad in rows:
            dyad.announce(on)
        for mentor in {dyad.mentor for dyad in rows}:
            mentor_changed.send(sender=type(mentor), mentor=mentor, on=on)
