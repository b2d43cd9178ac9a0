"""Log a group's meeting, say that it was not held, correct it, undo it."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from programs import attendance
from programs.actions.checks import check_entry, late_reason
from programs.actions.conflicts import Conflict
from programs.actions.substitutes import group_credit
from programs.activities import GROUP_ACTIVITIES
from programs.memory import keep_presences, presences, remember, version_of
from programs.models import GroupMeeting, SupportGroup
from programs.signals import group_changed

Status = GroupMeeting.Status
NoteLevel = GroupMeeting.NoteLevel


@transaction.atomic
def log_group_meeting(
    *,
    group: SupportGroup,
    met_on: date,
    minutes: int | None,
    person: User,
    on: date,
    entry_uuid: uuid.UUID,
    activities: Sequence[str] = (),
    absent: Collection[int] = (),
    note: str = "",
    note_level: str = NoteLevel.ORDINARY,
    second: bool = False,
    late: Collection[int] = (),
    excused: Collection[int] = (),
    why_late: str = "",
    met_by: int | None = None,
) -> GroupMeeting:
    """Record that the group met on a day: on that day's planned row when one waits, else on a new one.

    The same ``entry_uuid`` twice gives one record. ``absent``, ``late`` (came after the start) and ``excused`` hold
    the ids of students; ``second`` confirms another meeting on a day that already has one; ``why_late`` is asked for
    when the day is more than thirty days back.
    """
    group = SupportGroup.objects.select_for_update().get(pk=group.pk)
    sent = GroupMeeting.objects.filter(entry_uuid=entry_uuid).first()
    if sent is not None and sent.group_id == group.pk:
        return sent
    if sent is not None:
        raise ValidationError(_("Ce formulaire a déjà servi ailleurs. Ouvrez-le de nouveau, puis enregistrez."))
    check_entry(group, met_on, minutes, on)
    why_late = late_reason(met_on, on, why_late)
    meeting = _waiting(group, met_on)
    if meeting is None:
        _refuse_double(group, met_on, second)
        meeting = GroupMeeting(board_id=group.board_id, group=group, on=met_on)
    meeting.entry_uuid, meeting.minutes, meeting.activities = entry_uuid, minutes, list(activities)
    meeting.late_reason = why_late
    if note:
        meeting.note_level = note_level
    # Nothing typed leaves the note that an import brought with the plan.
    _log(meeting, Status.HELD, person, on, note=note or None, met_by=met_by)
    attendance.write(meeting, attendance.Away(absent, late, excused))
    group_changed.send(sender=SupportGroup, group=group, on=on, records={GroupMeeting})
    return meeting


@transaction.atomic
def hold_group_as_planned(*, meeting: GroupMeeting, person: User, on: date) -> GroupMeeting:
    """Record a planned meeting as held, everybody present. Asked twice, it changes nothing the second time."""
    meeting = _locked(meeting)
    if meeting.status == Status.HELD:
        return meeting
    if meeting.status == Status.NOT_HELD:
        raise ValidationError(_("Cette rencontre est consignée comme non tenue. Modifiez-la pour la corriger."))
    check_entry(meeting.group, meeting.on, None, on)
    late_reason(meeting.on, on, "")
    _log(meeting, Status.HELD, person, on)
    attendance.write(meeting, attendance.Away())
    group_changed.send(sender=SupportGroup, group=meeting.group, on=on, records={GroupMeeting})
    return meeting


@transaction.atomic
def mark_not_held(
    *,
    meeting: GroupMeeting,
    reason: str,
    person: User,
    on: date,
    note: str | None = None,
    saved_at: datetime | None = None,
    why_late: str = "",
) -> GroupMeeting:
    """Record why a meeting did not take place. ``note`` None leaves the note as it is.

    A meeting already logged, held or not, asks for ``saved_at`` as it stood in the form: ``Conflict`` otherwise. The
    same words sent twice are one change.
    """
    meeting = _locked(meeting)
    check_entry(meeting.group, meeting.on, None, on)
    if reason not in GroupMeeting.Reason.values:
        raise ValidationError({"reason": _("Choisissez un motif.")})
    said = (Status.NOT_HELD, reason, why_late.strip())
    if (meeting.status, meeting.reason, meeting.late_reason) == said and note in (None, meeting.note):
        return meeting
    if meeting.is_logged and meeting.saved_at != saved_at:
        raise Conflict(meeting)
    meeting.late_reason = why_late.strip() if meeting.is_logged else late_reason(meeting.on, on, why_late)
    _log(meeting, Status.NOT_HELD, person, on, reason=reason, note=note)
    meeting.attendances.all().delete()
    group_changed.send(sender=SupportGroup, group=meeting.group, on=on, records={GroupMeeting})
    return meeting


@transaction.atomic
def edit_group_meeting(
    *,
    meeting: GroupMeeting,
    saved_at: datetime | None,
    met_on: date,
    minutes: int | None,
    person: User,
    on: date,
    activities: Sequence[str] = (),
    absent: Collection[int] = (),
    note: str | None = None,
    note_level: str | None = None,
    second: bool = False,
    late: Collection[int] = (),
    excused: Collection[int] = (),
    why_late: str = "",
    met_by: int | None = None,
) -> GroupMeeting:
    """Correct a logged meeting, as held. ``Conflict`` when it was saved after ``saved_at``: nothing is overwritten.

    The same words sent twice are one change. ``note`` and ``note_level`` None leave them: who can't read a
    confidential note doesn't replace it. ``second`` confirms a move to a day that already has a meeting.
    """
    meeting = _locked(meeting)
    other_words = [code for code in meeting.activities if code not in GROUP_ACTIVITIES]
    values: dict[str, Any] = {"on": met_on, "minutes": minutes, "activities": [*activities, *other_words]}
    values |= {} if note is None else {"note": note}
    values |= {} if note_level is None else {"note_level": note_level}
    away = attendance.Away(absent, late, excused)
    if meeting.saved_at != saved_at:
        if _says(meeting, values, away):
            return meeting
        raise Conflict(meeting)
    check_entry(meeting.group, met_on, minutes, on)
    moved = meeting.on != met_on
    asked = moved or not meeting.is_logged
    meeting.late_reason = late_reason(met_on, on, why_late) if asked else why_late.strip()
    if moved:
        _refuse_double(meeting.group, met_on, second)
        meeting.timetable = None
    for field in values.keys() - {"note"}:
        setattr(meeting, field, values[field])
    _log(meeting, Status.HELD, person, on, note=note, met_by=met_by)
    attendance.write(meeting, away, replace=moved)
    group_changed.send(sender=SupportGroup, group=meeting.group, on=on, records={GroupMeeting})
    return meeting


@transaction.atomic
def undo(*, meeting: GroupMeeting, person: User, on: date, version: int | None = None) -> bool:
    """Take a log back: what was planned waits again, without attendance; the rest is put aside. Twice changes nothing.

    With ``version`` (``version_of``), only while it is the last one: what was corrected since stays. False when there
    was nothing to undo any more.

    The row gets a new ``entry_uuid``, so that the same form sent again after the undo is heard again.
    """
    meeting = _locked(meeting)
    if not meeting.is_logged or meeting.deleted_at is not None:
        return False
    if version is not None and version_of(meeting) != version:
        return False
    remember(meeting)
    if meeting.status == Status.HELD:
        keep_presences(meeting, presences(meeting))
    meeting.entry_uuid = uuid.uuid4()
    if meeting.planned:
        before = GroupMeeting.history.filter(id=meeting.pk, status=Status.PLANNED).order_by("-history_id").first()
        meeting.status, meeting.reason, meeting.activities, meeting.late_reason = Status.PLANNED, "", [], ""
        meeting.logged_on = meeting.logged_by = meeting.met_by = None
        meeting.note, meeting.note_level = (before.note, before.note_level) if before else ("", NoteLevel.ORDINARY)
        meeting.note_by_id = before.note_by_id if before else None
        if meeting.timetable is not None:
            meeting.minutes = meeting.timetable.minutes or meeting.group.program.minutes
        meeting.attendances.all().delete()
    else:
        meeting.deleted_at = timezone.now()
    meeting.save()
    group_changed.send(sender=SupportGroup, group=meeting.group, on=on, records={GroupMeeting})
    return True


def _locked(meeting: GroupMeeting) -> GroupMeeting:
    """The row as it is now, held until the transaction ends."""
    rows = GroupMeeting.objects.select_for_update(of=("self",)).select_related("group__program", "timetable")
    return rows.get(pk=meeting.pk)


def _waiting(group: SupportGroup, met_on: date) -> GroupMeeting | None:
    waiting = group.meetings.kept().filter(on=met_on, status=Status.PLANNED)
    return waiting.order_by("starts_at", "pk").first()


def _refuse_double(group: SupportGroup, met_on: date, second: bool) -> None:
    if not second and group.meetings.kept().filter(on=met_on).exists():
        raise ValidationError(
            {
                "second": ValidationError(
                    _("Une rencontre du groupe est déjà consignée ce jour-là. Confirmez s’il y en a eu une autre."),
                    code="same_day",
                )
            }
        )


def _says(meeting: GroupMeeting, values: dict[str, Any], away: attendance.Away) -> bool:
    """Whether the record already says all that."""
    same = all(getattr(meeting, field) == value for field, value in values.items())
    return same and meeting.status == Status.HELD and attendance.said(meeting) == away.by_student()


def _log(
    meeting: GroupMeeting,
    status: str,
    person: User,
    on: date,
    *,
    reason: str = "",
    note: str | None = None,
    met_by: int | None = None,
) -> None:
    """Save; the right to read a confidential note stays with whoever wrote it, the credit with whoever met.

    A confidential note that came with an import opens to nobody who does not write it anew.
    """
    meeting.met_by_id = group_credit(meeting, status=status, person=person, met_by=met_by)
    remember(meeting)
    if meeting.status == Status.HELD:
        keep_presences(meeting, presences(meeting))
    meeting.status, meeting.reason, meeting.logged_on = status, reason, meeting.logged_on or on
    if note is not None or not meeting.holds_confidence:
        meeting.logged_by = meeting.logged_by or person
    if note is not None:
        before, meeting.note = meeting.note, note
        meeting.sign_note(before=before, person=person)
    meeting.save()
