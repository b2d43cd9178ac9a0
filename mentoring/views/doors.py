"""Who may open what: a stranger finds nothing, the right person in the wrong role is told so."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from mentoring.actions.followup import FollowUpRecord
from mentoring.followup import KINDS
from mentoring.kinds import DYAD_KINDS
from mentoring.models import DifficultEvent, Dyad, DyadMeeting, DyadSubstitute, Mentor, RelationshipReview
from people.access import Role
from people.models import User
from programs.models import Program
from programs.substitutes import other_day
from programs.views.doors import record_of


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
    """A dyad that the person accompanies for good, or decides on; 403 otherwise, to whoever stands in too."""
    dyad = dyad_of(user, pk)
    if not may_plan(user, dyad):
        raise PermissionDenied
    return dyad


def dyad_to_entrust(user: User, pk: int) -> Dyad:
    """A dyad that the person may entrust to a substitute; 403 otherwise."""
    dyad = dyad_of(user, pk)
    if not may_entrust(user, dyad):
        raise PermissionDenied
    return dyad


def substitute_to_end(user: User, pk: int) -> DyadSubstitute:
    """A substitute of a visible dyad; 403 for who doesn't name them."""
    rows = DyadSubstitute.objects.filter(dyad__in=Dyad.objects.visible_to(user)).select_related("dyad__mentor")
    row = get_object_or_404(rows, pk=pk)
    if not may_entrust(user, row.dyad):
        raise PermissionDenied
    return row


def meeting_to_log(user: User, pk: int) -> DyadMeeting:
    """A meeting that the person may log or correct; 403 when they may only read it."""
    visible = DyadMeeting.objects.visible_to(user).select_related(
        "dyad__student", "dyad__mentor__person", "dyad__program__school", "dyad__board", "timetable"
    )
    meeting = record_of(DYAD_KINDS["rencontre"], user, visible, pk)
    if not may_log(user, meeting.dyad):
        raise PermissionDenied
    return meeting


def meeting_to_undo(user: User, pk: int) -> DyadMeeting:
    """As above, also when it is already undone: a second press must find it."""
    meeting = get_object_or_404(DyadMeeting.objects.filter(dyad__in=Dyad.objects.visible_to(user)), pk=pk)
    if not may_log(user, meeting.dyad):
        raise PermissionDenied
    _refuse_other_day(user, meeting.dyad, meeting.on)
    return meeting


def event_to_log(user: User, pk: int) -> DifficultEvent:
    """A hard event that the person may say the support of; 403 when they may only read it."""
    visible = DifficultEvent.objects.visible_to(user).select_related("dyad__student", "dyad__mentor__person")
    event = get_object_or_404(visible, pk=pk)
    if not may_log(user, event.dyad):
        raise PermissionDenied
    _refuse_other_day(user, event.dyad, event.on)
    return event


def record_to_undo(user: User, kind: str, pk: int) -> FollowUpRecord:
    """A record of a visible dyad's follow-up, undone or not; 403 for who doesn't log such records."""
    if kind not in KINDS:
        raise Http404
    rows: Any = KINDS[kind]._default_manager.filter(dyad__in=Dyad.objects.visible_to(user)).select_related("dyad")
    record: FollowUpRecord = get_object_or_404(rows, pk=pk)
    may = may_run if isinstance(record, RelationshipReview) else may_log
    if not may(user, record.dyad):
        raise PermissionDenied
    _refuse_other_day(user, record.dyad, record.on)
    return record


def mentor_of(user: User, pk: int) -> Mentor:
    """A visible mentor, or 404."""
    return get_object_or_404(Mentor.objects.visible_to(user).select_related("person__board"), pk=pk)


def mentor_to_train(user: User, pk: int) -> Mentor:
    """A mentor whose training the person records; 403 when they may only read it."""
    mentor = mentor_of(user, pk)
    if not Mentor.objects.trainable_by(user).filter(pk=pk).exists():
        raise PermissionDenied
    return mentor


def mentor_to_run(user: User, pk: int) -> Mentor:
    """A mentor whom the person answers for; 403 when they may only read."""
    mentor = mentor_of(user, pk)
    if not Mentor.objects.run_by(user).filter(pk=pk).exists():
        raise PermissionDenied
    return mentor


def own_mentor(user: User) -> Mentor:
    """Oneself as a mentor; 403 for who doesn't mentor."""
    mentor = Mentor.objects.visible_to(user).select_related("person__board").filter(person=user.pk).first()
    if mentor is None:
        raise PermissionDenied
    return mentor


def may_log(user: User, dyad: Dyad) -> bool:
    return Dyad.objects.loggable_by(user).filter(pk=dyad.pk).exists()


def may_run(user: User, dyad: Dyad) -> bool:
    return Program.objects.led_by(user).filter(pk=dyad.program_id).exists()


def may_plan(user: User, dyad: Dyad) -> bool:
    """Plan, and sign the agreement: the mentor, and those who answer for the programme."""
    return Dyad.objects.loggable_any_day_by(user).filter(pk=dyad.pk).exists() or may_run(user, dyad)


def may_entrust(user: User, dyad: Dyad) -> bool:
    """Name a substitute: who answers for the programme; a mentor of the school's staff, for their own absence."""
    staff = user.access.holds(Role.RESOURCE_TEACHER) and dyad.mentor.person_id == user.pk
    return staff or may_run(user, dyad)


def _refuse_other_day(user: User, dyad: Dyad, day: date) -> None:
    """403 with a sentence, to whoever stands in on other days."""
    any_day = Dyad.objects.loggable_any_day_by(user).filter(pk=dyad.pk)
    if words := other_day(dyad.substitutes.all(), user, day, any_day):
        raise PermissionDenied(words)
