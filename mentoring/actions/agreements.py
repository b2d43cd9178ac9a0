"""What mentor and student agreed to, and until when (§3.2, §3.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.audit_verbs import DYAD_AGREEMENT_DRAFTED, DYAD_AGREEMENT_SIGNED, DYAD_COMMITTED
from mentoring.models import Agreement, Dyad
from mentoring.models.agreements import Party
from people import audit
from people.models import User
from people.text import spoken
from programs.actions.held import locked

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    """What an agreement says, and the days on which each signed, as far as they have."""

    objectives: Sequence[str]
    tasks: Sequence[str]
    times: str = ""
    limits: str = ""
    confidentiality: str = ""
    student_on: date | None = None
    mentor_on: date | None = None
    parent_on: date | None = None
    lead_on: date | None = None

    @property
    def signed_on(self) -> date | None:
        """The day from which it stands: the later of the student's and the mentor's."""
        return max(self.student_on, self.mentor_on) if self.student_on and self.mentor_on else None

    def values(self) -> dict[str, Any]:
        """The fields of the row, by attribute."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        lists = {"objectives": list(self.objectives), "tasks": list(self.tasks)}
        return {**said, **lists, "signed_on": self.signed_on}


@transaction.atomic
def write_agreement(*, dyad: Dyad, person: User, on: date, terms: Terms) -> Agreement:
    """Fill the draft of a dyad, or sign it, beside the earlier ones; the same one sent twice is one.

    It is a draft until student and mentor have both signed; a dyad has one draft at most.
    """
    current = locked(dyad)
    check_terms(current, terms, on)
    values = terms.values()
    for earlier in current.agreements.signed().filter(signed_on=terms.signed_on):
        if all(getattr(earlier, name) == value for name, value in values.items()):
            return earlier
    draft: Agreement | None = current.agreements.drafts().first()
    agreement = draft or Agreement(dyad=current)
    if draft is not None and all(getattr(draft, name) == value for name, value in values.items()):
        return draft
    for name, value in values.items():
        setattr(agreement, name, value)
    agreement.save()
    verb = DYAD_AGREEMENT_SIGNED if agreement.signed_on else DYAD_AGREEMENT_DRAFTED
    audit.record(board=current.board, person=person, verb=verb, subject=agreement)
    current.announce(on)
    return agreement


def check_terms(current: Dyad, terms: Terms, on: date) -> None:
    """Refuse a day to come or past the relation, a signed agreement without objectives or without tasks."""
    for party in Party.values:
        day = getattr(terms, f"{party}_on")
        if day is not None and day > on:
            words = _("La date ne peut pas être dans le futur\u00a0: inscrivez l’entente signée.")
            raise ValidationError({f"{party}_on": words})
        if day is not None and current.ends_on is not None and day >= current.ends_on:
            ended = {"day": spoken(current.ends_on)}
            words = _("La dyade a pris fin avant le %(day)s\u00a0: vérifiez la date.") % ended
            raise ValidationError({f"{party}_on": words})
    if terms.signed_on is None:
        return
    if not terms.objectives:
        raise ValidationError({"objectives": _("Inscrivez au moins un objectif, un par ligne.")})
    if not terms.tasks:
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
