"""What mentor and student agreed to, and until when (§3.2, §3.3)."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.audit_verbs import DYAD_AGREEMENT_SIGNED, DYAD_COMMITTED
from mentoring.models import Agreement, Dyad
from people import audit
from people.models import User
from people.text import spoken
from programs.actions.held import locked

DAY = timedelta(days=1)


@transaction.atomic
def sign_agreement(
    *, dyad: Dyad, person: User, on: date, signed_on: date, objectives: Sequence[str], tasks: Sequence[str]
) -> Agreement:
    """Record a signed agreement, beside the earlier ones; the same one sent twice is one."""
    current = locked(dyad)
    check_agreement(current, signed_on, objectives, tasks, on)
    said = (list(objectives), list(tasks))
    for earlier in current.agreements.filter(signed_on=signed_on):
        if (earlier.objectives, earlier.tasks) == said:
            return earlier
    agreement = Agreement.objects.create(dyad=current, signed_on=signed_on, objectives=said[0], tasks=said[1])
    audit.record(board=current.board, person=person, verb=DYAD_AGREEMENT_SIGNED, subject=agreement)
    current.announce(on)
    return agreement


def check_agreement(current: Dyad, signed_on: date, objectives: Sequence[str], tasks: Sequence[str], on: date) -> None:
    """Refuse a day to come or past the relation, an agreement without objectives or without tasks."""
    if signed_on > on:
        raise ValidationError(
            {"signed_on": _("La date ne peut pas être dans le futur\u00a0: inscrivez l’entente signée.")}
        )
    if current.ends_on is not None and signed_on >= current.ends_on:
        ended = {"day": spoken(current.ends_on)}
        raise ValidationError({"signed_on": _("La dyade a pris fin avant le %(day)s\u00a0: vérifiez la date.") % ended})
    if not objectives:
        raise ValidationError({"objectives": _("Inscrivez au moins un objectif, un par ligne.")})
    if not tasks:
        raise ValidationError({"tasks": _("Inscrivez au moins une tâche, une par ligne.")})


@transaction.atomic
def commit_dyad(*, dyad: Dyad, person: User, on: date, last_day: date) -> Dyad:
    """Commit mentor and student until ``last_day``, included; twice changes nothing."""
    current = locked(dyad)
    if current.committed_until == last_day + DAY:
        return current
    if current.ends_on is not None:
        raise ValidationError(_("Cette dyade a pris fin\u00a0: son engagement ne change plus."), code="ended")
    if last_day < on or last_day < current.starts_on:
        raise ValidationError({"day": _("Ce jour est passé\u00a0: choisissez aujourd’hui ou un jour à venir.")})
    current.committed_until = last_day + DAY
    current.save()
    audit.record(board=current.board, person=person, verb=DYAD_COMMITTED, subject=current)
    current.announce(on)
    return current
