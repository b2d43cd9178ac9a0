"""Who may open what: a stranger finds nothing, the right person in the wrong role is told so."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from mentoring.models import Dyad, DyadMeeting
from people.models import User
from programs.models import Program


def dyad_of(user: User, pk: int) -> Dyad:
    """A visible dyad, or 404."""
    return get_object_or_404(Dyad.objects.visible_to(user).with_people(), pk=pk)


def dyad_to_log(user: User, pk: int) -> Dyad:
    """A dyad whose meetings the person may log; 403 when they may only read it."""
    dyad = dyad_of(user, pk)
    if not may_log(user, dyad):
        raise PermissionDenied
    return dyad


def dyad_to_run(user: User, pk: int) -> Dyad:
    """A dyad whose course the person decides on; 403 when they may only read it."""
    dyad = dyad_of(user, pk)
    if not may_run(user, dyad):
        raise PermissionDenied
    return dyad


def dyad_to_plan(user: User, pk: int) -> Dyad:
    """A dyad that the person logs or decides on; 403 otherwise."""
    dyad = dyad_of(user, pk)
    if not (may_log(user, dyad) or may_run(user, dyad)):
        raise PermissionDenied
    return dyad


def meeting_to_log(user: User, pk: int) -> DyadMeeting:
    """A meeting that the person may log or correct; 403 when they may only read it."""
    visible = DyadMeeting.objects.visible_to(user).select_related(
        "dyad__student", "dyad__mentor__person", "dyad__program__school", "dyad__board", "timetable"
    )
    meeting = get_object_or_404(visible, pk=pk)
    if not may_log(user, meeting.dyad):
        raise PermissionDenied
    return meeting


def meeting_to_undo(user: User, pk: int) -> DyadMeeting:
    """As above, also when it is already undone: a second press must find it."""
    meeting = get_object_or_404(DyadMeeting.objects.filter(dyad__in=Dyad.objects.visible_to(user)), pk=pk)
    if not may_log(user, meeting.dyad):
        raise PermissionDenied
    return meeting


def may_log(user: User, dyad: Dyad) -> bool:
    return Dyad.objects.loggable_by(user).filter(pk=dyad.pk).exists()


def may_run(user: User, dyad: Dyad) -> bool:
    return Program.objects.led_by(user).filter(pk=dyad.program_id).exists()
