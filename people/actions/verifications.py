"""That somebody was verified: inscribed, and taken away when it was a mistake."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.audit_verbs import PERSON_VERIFIED, VERIFICATION_REMOVED
from people.models import User, Verification

DAY = timedelta(days=1)


@transaction.atomic
def verify(
    *,
    adult: User,
    kind: str,
    verified_on: date,
    last_day: date | None,
    verified_by: User | None,
    person: User,
    on: date,
) -> Verification:
    """Note that a check was made, and until when it is valid, ``last_day`` included. Said again, its end is corrected.

    Never what it found: who may not work with minors is not verified.
    """
    if verified_on > on:
        raise ValidationError({"verified_on": _("La date ne peut pas être dans le futur.")})
    if last_day is not None and last_day < verified_on:
        raise ValidationError({"last_day": _("Le dernier jour précède le premier.")})
    current = User.objects.get_queryset().select_for_update(of=("self",)).select_related("board").get(pk=adult.pk)
    valid_until = last_day + DAY if last_day is not None else None
    said = {"valid_until": valid_until, "verified_by": verified_by}
    known = Verification.objects.filter(person=current, kind=kind, verified_on=verified_on).first()
    if known is not None and (known.valid_until, known.verified_by) == (valid_until, verified_by):
        return known
    row, _new = Verification.objects.update_or_create(person=current, kind=kind, verified_on=verified_on, defaults=said)
    assert current.board is not None  # noqa: S101 (only an operator has none)
    audit.record(board=current.board, person=person, verb=PERSON_VERIFIED, subject=row)
    return row


@transaction.atomic
def remove_verification(*, verification: Verification, person: User) -> bool:
    """Take back one that was inscribed by mistake; False when it is gone already."""
    row = (
        Verification.objects.select_for_update(of=("self",))
        .select_related("person__board")
        .filter(pk=verification.pk)
        .first()
    )
    if row is None or row.person.board is None:
        return False
    audit.record(board=row.person.board, person=person, verb=VERIFICATION_REMOVED, subject=row)
    row.delete()
    return True
