"""The life of a dyad: start, pause, resume, end. Each step is audited."""

import uuid
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.actions.mentors import add_training
from mentoring.actions.talks import day_of_talk
from mentoring.audit_verbs import (
    DYAD,
    DYAD_ENDED,
    DYAD_PAUSE_CANCELLED,
    DYAD_PAUSED,
    DYAD_REMATCHED,
    DYAD_RESUMED,
    DYAD_STARTED_UNTRAINED,
    DYAD_STARTED_UNVERIFIED,
)
from mentoring.gate import must_be_verified
from mentoring.models import Dyad, DyadMeeting, Mentor, Pause, Training
from mentoring.numbers import SHORT_MONTHS, TRAINING_MINUTES
from mentoring.rematch import asks_why, ended_before
from people import audit
from people.models import Student, User
from people.models.base import active_on
from people.months import months_between
from people.text import spoken
from people.witness import tell_changed
from programs.actions.held import locked
from programs.actions.planning import plan_ahead
from programs.gestures.kinds import KINDS
from programs.gestures.memory import Changes
from programs.gestures.verbs import keep
from programs.log.history import history_of, remember
from programs.models import Program
from programs.numbers import in_force

DAY = timedelta(days=1)


class RematchNeedsReason(Exception):
    """The student's relationship with someone else ended early, or a few days ago: allowed, with a reason (§3.2)."""

    def __init__(self, previous: Dyad) -> None:
        super().__init__("re-match")
        self.previous = previous


@transaction.atomic
def start_dyad(
    *,
    program: Program,
    mentor: Mentor,
    student: Student,
    person: User,
    on: date,
    starts_on: date,
    committed_until: date | None = None,
    rematch_reason: str = "",
    trained_on: date | None = None,
    trained_minutes: int | None = None,
    untrained_reason: str = "",
    unverified_reason: str = "",
    entry_uuid: uuid.UUID | None = None,
) -> Dyad:
    """Match a mentor and a student; one dyad per ``entry_uuid``. ``committed_until`` no longer counts.

    A training given with its day and minutes is recorded first; a match before the initial training is audited with
    its reason; so is one before the verification that the law asks for, refused without a reason. Raises
    ValidationError by field, or RematchNeedsReason.
    """
    Student.objects.select_for_update().get(pk=student.pk)
    key = (entry_uuid or uuid.uuid4()).hex
    already = Dyad.objects.filter(board_id=program.board_id, key=key).first()
    if already is not None:
        return already
    _check_match(program, mentor, student, starts_on, committed_until)
    unverified = must_be_verified(mentor, starts_on)
    if unverified and not unverified_reason.strip():
        raise _not_verified()
    if trained_on is not None and trained_minutes is not None:
        initial = Training.Kind.INITIAL
        add_training(
            mentor=mentor, person=person, on=on, kind=initial, completed_on=trained_on, minutes=trained_minutes
        )
    minutes, asked = training_of(mentor, by=starts_on), in_force(program.board_id, on).worth(TRAINING_MINUTES)
    previous = early_ended(student=student, mentor=mentor, before=starts_on)
    if previous is not None and not rematch_reason.strip():
        raise RematchNeedsReason(previous)
    dyad = Dyad.objects.create(
        board_id=program.board_id,
        key=key,
        program=program,
        mentor=mentor,
        student=student,
        starts_on=starts_on,
        committed_until=committed_until,
    )
    audit.record(board=program.board, person=person, verb=DYAD.started, subject=dyad)
    if minutes < asked:
        reason = untrained_reason.strip()
        audit.record(board=program.board, person=person, verb=DYAD_STARTED_UNTRAINED, subject=dyad, reason=reason)
    if unverified:
        reason = unverified_reason.strip()
        audit.record(board=program.board, person=person, verb=DYAD_STARTED_UNVERIFIED, subject=dyad, reason=reason)
    if previous is not None:
        reason = rematch_reason.strip()
        audit.record(board=program.board, person=person, verb=DYAD_REMATCHED, subject=dyad, reason=reason)
    dyad.announce(on)
    return dyad


def _not_verified() -> ValidationError:
    words = _(
        "Les antécédents judiciaires de cette personne ne sont pas vérifiés au début de la relation. Faites inscrire "
        "la vérification dans sa page, ou dites pourquoi jumeler avant\u00a0: l’exception et votre nom vont au journal."
    )
    return ValidationError({"unverified_reason": words}, code="unverified")


def training_of(mentor: Mentor, *, by: date) -> int:
    """The minutes of initial training that a mentor completed by a day. One query."""
    done = Training.objects.filter(person=mentor.person_id, kind=Training.Kind.INITIAL, completed_on__lte=by)
    return done.aggregate(total=Sum("minutes"))["total"] or 0


def _check_match(
    program: Program, mentor: Mentor, student: Student, starts_on: date, committed_until: date | None
) -> None:
    if program.domain != Program.Domain.MENTORING:
        raise ValidationError({"program": _("Choisissez un programme de mentorat.")})
    if program.ends_on is not None and starts_on >= program.ends_on:
        raise ValidationError({"starts_on": _("Le programme est terminé à cette date. Choisissez un autre jour.")})
    if mentor.person.board_id != program.board_id:
        raise ValidationError({"mentor": _("Cette personne relève d’un autre organisme que le programme.")})
    if student.school_id != program.school_id or student.board_id != program.board_id:
        raise ValidationError({"student": _("Cette personne ne fréquente pas l’école du programme.")})
    if committed_until is not None and committed_until <= starts_on:
        raise ValidationError({"last_day": _("La fin de l’engagement précède le début de la dyade.")})
    overlapping = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
    if Dyad.objects.filter(overlapping, program=program, student=student).exists():
        sentence = _("Cette personne a déjà une dyade ouverte dans ce programme : terminez-la d’abord.")
        raise ValidationError({"student": sentence}, code="open")


def early_ended(*, student: Student, mentor: Mentor, before: date) -> Dyad | None:
    """The student's last dyad with someone else whose end asks why they are matched anew (``mentoring.rematch``)."""
    ended = ended_before([student.pk], before).get(student.pk, [])
    return asks_why(ended, mentor=mentor.pk, before=before, numbers=in_force(student.board_id, before))


def is_before_its_time(dyad: Dyad, ends_on: date) -> bool:
    """Whether an end then comes before the committed one or, where there is none, too soon."""
    if dyad.committed_until is not None:
        return ends_on < dyad.committed_until
    met = DyadMeeting.objects.kept().meetings().held().filter(dyad=dyad).aggregate(first=Min("on"))["first"]
    short = in_force(dyad.board_id, ends_on).worth(SHORT_MONTHS, dyad.program_id)
    return months_between(met or dyad.starts_on, ends_on) < short


@transaction.atomic
def end_dyad(
    *,
    dyad: Dyad,
    person: User,
    on: date,
    last_day: date,
    reason: str,
    ended_by: str,
    planned_handover: bool = False,
    closure_talk: str = "",
    closure_talk_on: date | None = None,
    end_code: str = "",
    within: Changes | None = None,
) -> Dyad:
    """Close the relationship after its last day. Twice changes nothing. ``within``: the gesture that it is a part of.

    One that ends before its time says what led to it, by a code: those are counted, and learnt from. What was planned
    later goes; where something was said already, it is set aside, as all that is undone.
    """
    current = locked(dyad)
    if current.ends_on == last_day + DAY:
        return current
    if current.ends_on is not None:
        ended = {"day": spoken(current.ends_on - DAY)}
        raise ValidationError(_("Cette dyade a déjà pris fin le %(day)s.") % ended, code="ended")
    _check_last_day(current, last_day, on)
    talk_on = day_of_talk(current, closure_talk, closure_talk_on, on, at="closure_talk_on")
    changes = Changes() if within is None else within
    _clear_after(current, last_day, on, changes)
    changes.write(
        current,
        ends_on=last_day + DAY,
        end_reason=reason,
        ended_by=ended_by,
        planned_handover=planned_handover,
        closure_talk=closure_talk,
        closure_talk_on=talk_on,
        end_code=end_code,
    )
    if within is None:
        keep(kind=KINDS["dyade-terminee"], row=current, person=person, changes=changes)
    audit.record(board=current.board, person=person, verb=DYAD_ENDED, subject=current)
    current.announce(on)
    return current


def _clear_after(dyad: Dyad, last_day: date, on: date, changes: Changes) -> None:
    later = DyadMeeting.objects.kept().filter(
        Q(status=DyadMeeting.Status.PLANNED, on__gt=last_day) | Q(on__gt=on), dyad=dyad
    )
    now = timezone.now()  # the same for all that was called off: it comes back together
    for meeting in later.select_for_update():
        if not _has_words(meeting):
            meeting.delete()
            continue
        remember(meeting)
        changes.write(meeting, deleted_at=now if meeting.is_logged else timezone.now())


def _has_words(meeting: DyadMeeting) -> bool:
    """Whether someone said something of it, even if they took it back."""
    if meeting.is_logged or meeting.note:
        return True
    return bool(history_of(meeting).exclude(status=DyadMeeting.Status.PLANNED).exists())


def _check_last_day(dyad: Dyad, last_day: date, on: date) -> None:
    if last_day > on:
        raise ValidationError({"last_day": _("La date ne peut pas être dans le futur : terminez la dyade ce jour-là.")})
    if last_day < dyad.starts_on:
        sentence = _("La dyade a commencé le %(day)s : la fin ne peut pas précéder ce jour.")
        raise ValidationError({"last_day": sentence % {"day": spoken(dyad.starts_on)}})
    later = DyadMeeting.objects.kept().filter(dyad=dyad, on__gt=last_day, on__lte=on)
    later = later.exclude(status=DyadMeeting.Status.PLANNED)
    latest = later.order_by("-on").first()
    if latest is not None:
        sentence = _("Une rencontre est consignée le %(day)s : choisissez ce jour ou un jour qui suit.")
        raise ValidationError({"last_day": sentence % {"day": spoken(latest.on)}})


@transaction.atomic
def pause_dyad(
    *, dyad: Dyad, person: User, on: date, starts_on: date, last_day: date | None = None, reason: str = ""
) -> Pause:
    """Expect no meeting from a day on, up to and including ``last_day``; without it, until someone resumes."""
    current = locked(dyad)
    ends_on = last_day + DAY if last_day is not None else None
    same = current.pauses.filter(starts_on=starts_on, ends_on=ends_on).first()
    if same is not None:
        return same
    check_pause(current, starts_on, ends_on)
    pause = Pause.objects.create(dyad=current, starts_on=starts_on, ends_on=ends_on, reason=reason)
    audit.record(board=current.board, person=person, verb=DYAD_PAUSED, subject=current, reason=reason)
    plan_ahead(board=current.board, on=on, relation=current)
    current.announce(on)
    return pause


def check_pause(dyad: Dyad, starts_on: date, ends_on: date | None, *, besides: Pause | None = None) -> None:
    """Refuse days outside the relation, upside down, or that another pause covers."""
    if starts_on < dyad.starts_on or (dyad.ends_on is not None and starts_on >= dyad.ends_on):
        raise ValidationError({"starts_on": _("La pause commence pendant la relation : vérifiez la date.")})
    if ends_on is not None and ends_on <= starts_on:
        raise ValidationError({"last_day": _("La fin de la pause précède son début.")})
    touching = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
    if ends_on is not None:
        touching &= Q(starts_on__lt=ends_on)
    others = dyad.pauses.exclude(pk=besides.pk) if besides else dyad.pauses
    if others.filter(touching).exists():
        raise ValidationError({"starts_on": _("Une autre pause couvre déjà une partie de ces jours.")})


@transaction.atomic
def resume_dyad(*, dyad: Dyad, person: User | None, on: date) -> bool:
    """Meetings are expected again from today; False when no pause was running."""
    current = locked(dyad)
    running = list(current.pauses.filter(active_on(on)))
    for pause in running:
        tell_changed(pause, ends_on=pause.ends_on)
        pause.ends_on = on
        pause.save()
    if running:
        audit.record(board=current.board, person=person, verb=DYAD_RESUMED, subject=current)
        plan_ahead(board=current.board, on=on, relation=current)
        current.announce(on)
    return bool(running)


@transaction.atomic
def call_off_pause(*, dyad: Dyad, pause: int, person: User, on: date) -> bool:
    """A pause that has not begun will not be: its meetings are planned again. False when it began, or is gone."""
    current = locked(dyad)
    rows, _kinds = current.pauses.filter(pk=pause, starts_on__gt=on).delete()
    if rows:
        audit.record(board=current.board, person=person, verb=DYAD_PAUSE_CANCELLED, subject=current)
        plan_ahead(board=current.board, on=on, relation=current)
        current.announce(on)
    return bool(rows)
