"""Logging: nothing lost, nothing doubled, everything undoable."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.actions.planning import locked
from mentoring.actions.substitutes import credit
from mentoring.models import Dyad, DyadMeeting, DyadTimetable
from mentoring.signals import dyad_changed
from people.models import User
from people.wording import spoken
from programs.actions.checks import late_reason
from programs.memory import remember

LONGEST_MINUTES = 480


@dataclass(frozen=True)
class Entry:
    """What a person says of a meeting. A ``note`` of None leaves the note and its level as they are."""

    day: date
    held: bool = True
    reason: str = ""
    minutes: int | None = None
    channel: str = ""
    activity: str = ""
    chosen_by: str = ""
    topic: str = ""
    setting: str = ""
    structured: bool | None = None
    note: str | None = None
    note_level: str = DyadMeeting.NoteLevel.ORDINARY
    late_reason: str = ""
    met_by: int | None = None
    """The id of who met, on a day when someone stood in, or ``USUAL`` for the mentor; None when nobody was asked."""

    def values(self) -> dict[str, object]:
        """The fields of a row that say the same."""
        status = DyadMeeting.Status
        said: dict[str, object] = {"on": self.day, "status": status.HELD if self.held else status.NOT_HELD}
        said |= {"late_reason": self.late_reason}
        if self.held:
            names = ("minutes", "channel", "activity", "chosen_by", "topic", "setting", "structured")
            said |= {name: getattr(self, name) for name in names} | {"reason": ""}
        else:
            said |= {"reason": self.reason}
        if self.note is not None:
            said |= {"note": self.note, "note_level": self.note_level}
        return said


class ChangedMeanwhile(Exception):
    """Someone saved the meeting after the form was opened; ``meeting`` is how it now stands."""

    def __init__(self, meeting: DyadMeeting) -> None:
        super().__init__("changed meanwhile")
        self.meeting = meeting


@transaction.atomic
def log_meeting(
    *, dyad: Dyad, entry: Entry, person: User, on: date, entry_uuid: uuid.UUID, second: bool = False
) -> DyadMeeting:
    """One record per ``entry_uuid``, however often it is sent; a meeting planned that day is the one that is logged.

    ``second`` confirms that the day had another such entry. Raises ValidationError, by field, on what can't be true.
    """
    dyad = locked(dyad)
    twin = DyadMeeting.objects.filter(entry_uuid=entry_uuid).first()
    if twin is not None and twin.dyad_id != dyad.pk:
        raise ValidationError(_("Ce formulaire a déjà servi pour une autre dyade : rechargez la page."), code="reused")
    if twin is not None and twin.deleted_at is None:
        return twin
    check(dyad=dyad, entry=entry, on=on)
    entry = replace(entry, late_reason=late_reason(entry.day, on, entry.late_reason))
    if not second:
        _refuse_double(dyad, entry)
    meeting = twin or _planned_that_day(dyad, entry) or DyadMeeting(board_id=dyad.board_id, dyad=dyad)
    if meeting.status == DyadMeeting.Status.PLANNED and not entry.note:
        # Nothing typed leaves the note that an import brought with the plan.
        entry = replace(entry, note=None)
    meeting.entry_uuid = entry_uuid
    meeting.deleted_at = None
    try:
        with transaction.atomic():
            return _write(meeting, entry.values(), person, on, entry.met_by)
    except IntegrityError:
        return log_meeting(dyad=dyad, entry=entry, person=person, on=on, entry_uuid=entry_uuid, second=second)


@transaction.atomic
def hold_as_planned(*, meeting: DyadMeeting, person: User, on: date) -> DyadMeeting:
    """The planned meeting took place as planned; said twice, it is logged once."""
    current = _locked(meeting)
    if current.status == DyadMeeting.Status.HELD:
        return current
    if current.is_logged:
        raise ValidationError(_("Cette rencontre est déjà consignée comme non tenue : modifiez-la au besoin."))
    check_day(current.dyad, current.on, on)
    late_reason(current.on, on, "")
    return _write(current, {"status": DyadMeeting.Status.HELD, "reason": ""}, person, on)


@transaction.atomic
def mark_not_held(
    *,
    meeting: DyadMeeting,
    person: User,
    on: date,
    reason: str,
    note: str | None = None,
    note_level: str = "",
    late: str = "",
    saved_at: datetime | None = None,
) -> DyadMeeting:
    """The planned meeting did not, or will not, take place, and why; the same words sent twice are logged once.

    Raises ChangedMeanwhile when someone gave another reason or note after ``saved_at``. An empty note leaves the one
    that there is, except in a correction.
    """
    current = _locked(meeting)
    if current.status == DyadMeeting.Status.HELD:
        raise ValidationError(_("Cette rencontre est déjà consignée comme tenue : modifiez-la au besoin."))
    corrects = current.is_logged and current.saved_at == saved_at
    level = note_level or DyadMeeting.NoteLevel.ORDINARY
    said = note if corrects else note or None
    entry = Entry(current.on, held=False, reason=reason, note=said, note_level=level)
    check_reason(entry)
    values = replace(entry, late_reason=_late_reason(current, entry.day, on, late)).values()
    if current.is_logged and _says(current, values):
        return current
    if current.is_logged and not corrects:
        raise ChangedMeanwhile(current)
    return _write(current, values, person, on)


@transaction.atomic
def edit_meeting(
    *,
    meeting: DyadMeeting,
    entry: Entry,
    person: User,
    on: date,
    saved_at: datetime | None,
    second: bool = False,
) -> DyadMeeting:
    """Write the entry over the meeting as it stood at ``saved_at``, never over someone else's words.

    Raises ChangedMeanwhile when the record says something else by now; the same words sent twice are one change.
    ``second`` confirms that the day had another such entry, as for a first log.
    """
    current = _locked(meeting)
    check(dyad=current.dyad, entry=entry, on=on)
    entry = replace(entry, late_reason=_late_reason(current, entry.day, on, entry.late_reason))
    values = entry.values()
    if current.saved_at != saved_at:
        if _says(current, values):
            return current
        raise ChangedMeanwhile(current)
    if not second:
        _refuse_double(current.dyad, entry, current)
    return _write(current, values, person, on, entry.met_by)


@transaction.atomic
def undo(*, meeting: DyadMeeting, person: User, on: date, version: int | None = None) -> bool:
    """Put the record back to what it said before; a meeting that was never planned goes, and stays in its history.

    With ``version`` (``version_of``), only that change is undone, and only while it is the last one. Without, the log
    itself is. False when there was nothing to undo any more, so that a second press is harmless.
    """
    current = DyadMeeting.objects.select_for_update().select_related("dyad").get(pk=meeting.pk)
    past = list(DyadMeeting.history.filter(id=current.pk).order_by("-history_id"))
    if version is not None and (not past or past[0].history_id != version):
        return False
    if version is None:
        if current.deleted_at is not None or not current.is_logged:
            return False
        past = [None, *(row for row in past if row.status == DyadMeeting.Status.PLANNED)]
    if len(past) > 1:
        for field in DyadMeeting._meta.concrete_fields:
            if not field.primary_key:
                setattr(current, field.attname, getattr(past[1], field.attname))
        _free_slot(current)
    else:
        current.deleted_at = timezone.now()
    current.save()
    dyad_changed.send(sender=Dyad, dyad=current.dyad, on=on, records={DyadMeeting})
    return True


def _free_slot(meeting: DyadMeeting) -> None:
    """A slot whose day was planned anew meanwhile, or that is gone, can't be taken back by the old row."""
    if meeting.timetable_id is None:
        return
    rivals = DyadMeeting.objects.filter(timetable=meeting.timetable_id, on=meeting.on).exclude(pk=meeting.pk)
    rivals.filter(status=DyadMeeting.Status.PLANNED).delete()
    if rivals.exists() or not DyadTimetable.objects.filter(pk=meeting.timetable_id).exists():
        meeting.timetable_id = None


def version_of(meeting: DyadMeeting) -> int:
    """The last change of the record, as ``undo`` wants it named; 0 when it was never changed here."""
    changes = DyadMeeting.history.filter(id=meeting.pk).order_by("-history_id").values_list("history_id", flat=True)
    latest: int | None = changes.first()
    return latest or 0


def check(*, dyad: Dyad, entry: Entry, on: date) -> None:
    """Refuse, field by field, what can't be true of a logged meeting."""
    check_day(dyad, entry.day, on)
    if not entry.held:
        check_reason(entry)
    elif entry.minutes is not None and not 1 <= entry.minutes <= LONGEST_MINUTES:
        longest = {"longest": LONGEST_MINUTES}
        raise ValidationError({"minutes": _("La durée va de 1 à %(longest)s minutes.") % longest})


def check_reason(entry: Entry) -> None:
    if entry.reason not in DyadMeeting.Reason.values:
        raise ValidationError({"reason": _("Choisissez le motif : il dit si la semaine est excusée.")})


def check_day(dyad: Dyad, day: date, on: date) -> None:
    """Refuse a day to come, and a day outside the relationship."""
    if day > on:
        sentence = _("La date ne peut pas être dans le futur : consignez la rencontre une fois qu’elle a eu lieu.")
        raise ValidationError({"day": sentence}, code="future")
    if day < dyad.starts_on:
        sentence = _("La dyade a commencé le %(day)s : choisissez ce jour ou un jour qui suit.")
        raise ValidationError({"day": sentence % {"day": spoken(dyad.starts_on)}}, code="outside")
    if dyad.ended_on is not None and day >= dyad.ended_on:
        sentence = _("La dyade a pris fin avant le %(day)s : choisissez un jour qui précède.")
        raise ValidationError({"day": sentence % {"day": spoken(dyad.ended_on)}}, code="outside")


def _refuse_double(dyad: Dyad, entry: Entry, edited: DyadMeeting | None = None) -> None:
    """A form opened anew by the back button has a key of its own: only the day tells that it is the same entry.

    A correction that leaves day, outcome and channel as they are asks nothing.
    """
    values = entry.values()
    same: dict[str, object] = {name: values[name] for name in ("on", "status", "channel") if name in values}
    if edited is not None and _says(edited, same):
        return
    others = DyadMeeting.objects.kept().filter(dyad=dyad, **same)
    if edited is not None:
        others = others.exclude(pk=edited.pk)
    if others.exists():
        said = _("Une entrée semblable est déjà consignée ce jour-là. Cochez la case s’il s’agit d’une autre.")
        raise ValidationError({"second": ValidationError(said, code="same_day")})


def _late_reason(current: DyadMeeting, day: date, on: date, reason: str) -> str:
    """As for a new entry; a correction that leaves the day of a logged meeting asks nothing."""
    if current.is_logged and current.on == day:
        return reason.strip()
    return late_reason(day, on, reason)


def _says(meeting: DyadMeeting, values: dict[str, object]) -> bool:
    return all(getattr(meeting, name) == value for name, value in values.items())


def _locked(meeting: DyadMeeting) -> DyadMeeting:
    return DyadMeeting.objects.select_for_update(of=("self",)).select_related("dyad").get(pk=meeting.pk)


def _planned_that_day(dyad: Dyad, entry: Entry) -> DyadMeeting | None:
    """The plan that the entry fulfils, so that it doesn't wait for ever; a contact fulfils none."""
    if entry.held and entry.channel in DyadMeeting.CONTACT_CHANNELS:
        return None
    plans = DyadMeeting.objects.select_for_update().kept()
    return plans.filter(dyad=dyad, on=entry.day, status=DyadMeeting.Status.PLANNED).first()


def _write(
    meeting: DyadMeeting, values: dict[str, object], person: User, on: date, met_by: int | None = None
) -> DyadMeeting:
    """Save, remember what the record said before, credit whoever met, and tell those who listen."""
    values = values | {"met_by_id": credit(meeting, values, person, met_by)}
    remember(meeting)
    if meeting.status in ("", DyadMeeting.Status.PLANNED) or meeting.logged_on is None:
        meeting.logged_on = on
        # A confidential note is open to whoever logged: someone else's, imported, must not become this person's.
        if "note" in values or not meeting.holds_confidence:
            meeting.logged_by = meeting.logged_by or person
    if meeting.timetable_id is not None and values.get("on", meeting.on) != meeting.on:
        meeting.timetable = None
    before = meeting.note
    for name, value in values.items():
        setattr(meeting, name, value)
    if "note" in values:
        meeting.sign_note(before=before, person=person)
    meeting.save()
    dyad_changed.send(sender=Dyad, dyad=meeting.dyad, on=on, records={DyadMeeting})
    return meeting
