"""Give a role within a scope, from a day on, and put an end to it. Each is audited."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from people import audit
from people.access import Role, Scope
from people.audit_verbs import ROLE_CANCELLED, ROLE_ENDED, ROLE_GIVEN
from people.models import Membership, User
from people.text import spoken

DAY = timedelta(days=1)


@transaction.atomic
def give_role(
    *,
    adult: User,
    role: Role,
    scope: Scope,
    starts_on: date,
    last_day: date | None,
    person: User | None,
) -> Membership:
    """Let an adult act in a role, ``last_day`` included; said twice, it is given once.

    Whether ``person`` may give it there is for the caller to ask; nobody gives one to themselves.
    """
    User.objects.get_queryset().select_for_update(of=("self",)).get(pk=adult.pk)
    if person is not None and person.pk == adult.pk:
        raise ValidationError(_("Personne ne change ses propres rôles\u00a0: demandez-le à une autre personne."))
    if role not in scope.roles or adult.board_id != scope.board_id:
        raise ValidationError(
            {"scope": _("Ce rôle ne se tient pas là. Choisissez une autre portée, ou un autre rôle.")}
        )
    if last_day is not None and last_day < starts_on:
        raise ValidationError({"last_day": _("Le dernier jour précède le premier.")})
    ends_on = last_day + DAY if last_day is not None else None
    same = Membership.objects.filter(person=adult, role=role, **scope.columns)
    overlapping = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
    if ends_on is not None:
        overlapping = overlapping.filter(Q(starts_on__isnull=True) | Q(starts_on__lt=ends_on))
    if held := overlapping.first():
        if (held.starts_on, held.ends_on) == (starts_on, ends_on):
            return held
        words = _("Cette personne a déjà ce rôle ces jours-là\u00a0: mettez-y fin, ou choisissez d’autres jours.")
        raise ValidationError({"role": words})
    given = Membership.objects.create(person=adult, role=role, starts_on=starts_on, ends_on=ends_on, **scope.columns)
    audit.record(board=given.board, person=person, verb=ROLE_GIVEN, subject=given)
    return given


@transaction.atomic
def end_role(*, membership: Membership, last_day: date, person: User, on: date) -> Membership:
    """The role is held until ``last_day``, included; one that has not begun may never begin (``cancel_role``)."""
    current = _locked(membership, person)
    if current.ends_on == last_day + DAY:
        return current
    if current.starts_on is not None and last_day < current.starts_on:
        words = _("Ce rôle commence le %(day)s\u00a0: choisissez ce jour ou un jour qui suit.")
        raise ValidationError({"last_day": words % {"day": spoken(current.starts_on)}})
    if last_day > on + timedelta(days=5 * 366):
        raise ValidationError({"last_day": _("Choisissez un jour d’ici cinq ans.")})
    current.ends_on = last_day + DAY
    current.save()
    audit.record(board=current.board, person=person, verb=ROLE_ENDED, subject=current)
    return current


@transaction.atomic
def cancel_role(*, membership: Membership, person: User, on: date) -> bool:
    """Take away a role that has not begun; False when it has."""
    current = _locked(membership, person)
    if current.starts_on is None or current.starts_on <= on:
        return False
    audit.record(board=current.board, person=person, verb=ROLE_CANCELLED, subject=current)
    current.delete()
    return True


def _locked(membership: Membership, person: User) -> Membership:
    current = Membership.objects.select_for_update(of=("self",)).select_related("board").get(pk=membership.pk)
    if current.person_id == person.pk:
        raise ValidationError(_("Personne ne change ses propres rôles\u00a0: demandez-le à une autre personne."))
    return current
