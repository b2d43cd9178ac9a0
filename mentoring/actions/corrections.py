"""What was said wrongly of a dyad or of a mentor, said rightly: the start, a pause, an agreement, a training."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mentoring.actions.agreements import Terms, check_terms
from mentoring.actions.mentors import announce_trained, board_of, check_training
from mentoring.actions.relations import check_pause
from mentoring.audit_verbs import DYAD, DYAD_AGREEMENT_CORRECTED, DYAD_PAUSE_CORRECTED, TRAINING_CORRECTED
from mentoring.models import Agreement, Dyad, Mentor, Pause, Training
from people import audit
from people.models import User
from people.text import spoken
from programs.actions.held import locked
from programs.actions.planning import plan_ahead
from programs.gestures.kinds import drop_plans
from programs.log.kinds import KINDS as LOGGED
from programs.models import MeetingRecord

DAY = timedelta(days=1)


@transaction.atomic
def correct_dyad(*, dyad: Dyad, starts_on: date, person: User, on: date) -> Dyad:
    """Say another first day of a relation. Refused: a day past something logged, or one that another dyad covers."""
    current = locked(dyad)
    if current.starts_on == starts_on:
        return current
    _check_start(current, starts_on, on)
    drop_plans(current.meetings.filter(on__lt=starts_on))
    for pause in current.pauses.filter(starts_on__lt=starts_on):
        if pause.ends_on is not None and pause.ends_on <= starts_on:
            raise ValidationError({"starts_on": _("Une pause précède ce jour\u00a0: annulez-la d’abord.")})
        pause.starts_on = starts_on
        pause.save()
    current.starts_on = starts_on
    current.save()
    audit.record(board=current.board, person=person, verb=DYAD.corrected, subject=current)
    plan_ahead(board=current.board, on=on, relation=current)
    current.announce(on)
    for other in Dyad.objects.with_people().filter(student=current.student_id).exclude(pk=current.pk):
        other.announce(on)
    return current


def _check_start(dyad: Dyad, starts_on: date, on: date) -> None:
    wrong = ""
    if starts_on > on + timedelta(days=366):
        wrong = _("Choisissez un jour de l’année qui vient, au plus tard.")
    elif dyad.ends_on is not None and starts_on >= dyad.ends_on:
        wrong = _("Ce jour suit la fin de la relation.")
    elif dyad.committed_until is not None and starts_on >= dyad.committed_until:
        wrong = _("Ce jour suit la fin de l’engagement\u00a0: corrigez-la d’abord.")
    elif Dyad.objects.filter(
        Q(ends_on__gt=starts_on), student=dyad.student_id, program=dyad.program_id, starts_on__lt=dyad.starts_on
    ).exists():
        wrong = _("Une autre dyade de cette personne couvre ce jour.")
    elif (first := first_logged(dyad)) is not None and first < starts_on:
        words = _("Une entrée est consignée le %(day)s\u00a0: choisissez ce jour ou un jour qui précède.")
        wrong = words % {"day": spoken(first)}
    if wrong:
        raise ValidationError({"starts_on": wrong})


def first_logged(dyad: Dyad) -> date | None:
    """The first day on which something is logged of it."""
    days: list[date] = []
    for kind in LOGGED.values():
        if kind.owner == dyad.NOUN:
            rows = kind.rows().filter(dyad=dyad, deleted_at__isnull=True)
            if issubclass(kind.model, MeetingRecord):
                rows = rows.exclude(status=MeetingRecord.Status.PLANNED)
            days += list(rows.order_by("on").values_list("on", flat=True)[:1])
    return min(days) if days else None


@transaction.atomic
def correct_pause(
    *, pause: Pause, starts_on: date, last_day: date | None, reason: str, person: User, on: date
) -> Pause:
    """Say other days, or another reason, of a pause, past or to come. The same words twice are one change."""
    dyad = locked(pause.dyad)
    pause = Pause.objects.get(pk=pause.pk)
    ends_on = last_day + DAY if last_day is not None else None
    if (pause.starts_on, pause.ends_on, pause.reason) == (starts_on, ends_on, reason):
        return pause
    check_pause(dyad, starts_on, ends_on, besides=pause)
    pause.starts_on, pause.ends_on, pause.reason = starts_on, ends_on, reason
    pause.save()
    audit.record(board=dyad.board, person=person, verb=DYAD_PAUSE_CORRECTED, subject=pause, reason=reason)
    plan_ahead(board=dyad.board, on=on, relation=dyad)
    dyad.announce(on)
    return pause


@transaction.atomic
def correct_agreement(*, agreement: Agreement, terms: Terms, person: User, on: date) -> Agreement:
    """Say what an agreement that was signed says, without signing another. The same words twice are one change."""
    dyad = locked(agreement.dyad)
    agreement = Agreement.objects.get(pk=agreement.pk)
    values = terms.values()
    if all(getattr(agreement, name) == value for name, value in values.items()):
        return agreement
    if terms.signed_on is None:
        raise ValidationError(
            _("Une entente signée le reste\u00a0: si elle ne l’a pas été, annulez-la au bas de la page.")
        )
    check_terms(dyad, terms, on)
    for name, value in values.items():
        setattr(agreement, name, value)
    agreement.save()
    audit.record(board=dyad.board, person=person, verb=DYAD_AGREEMENT_CORRECTED, subject=agreement)
    dyad.announce(on)
    return agreement


@transaction.atomic
def correct_training(
    *, training: Training, kind: str, completed_on: date, minutes: int, title: str, person: User, on: date
) -> Training:
    """Say something else of a training. One that is written already is never counted twice."""
    mentor = Mentor.objects.select_for_update(of=("self",)).filter(person=training.person_id).first()
    training = Training.objects.select_related("person").get(pk=training.pk)
    adult = training.person
    facts = {"kind": kind, "completed_on": completed_on, "minutes": minutes, "title": title}
    if all(getattr(training, name) == value for name, value in facts.items()):
        return training
    check_training(adult, on, besides=training, **facts)  # type: ignore[arg-type]
    for name, value in facts.items():
        setattr(training, name, value)
    training.save()
    audit.record(board=board_of(adult), person=person, verb=TRAINING_CORRECTED, subject=training)
    announce_trained([adult.pk], on)
    for dyad in Dyad.objects.with_people().open_on(on).filter(mentor=mentor):
        dyad.announce(on)
    return training
