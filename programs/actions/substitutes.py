"""Name who stands in for an adult who is away, and put an end to it."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import Membership, User
from people.models.base import active_on
from people.retention import SUBSTITUTE_BACK
from programs.actions.held import locked
from programs.gestures.kinds import made_of
from programs.gestures.verbs import remove as forget_row
from programs.models import Relation, Substitute

DAY = timedelta(days=1)
LONGEST = timedelta(days=366)


def possible_substitutes(relation: Relation, on: date) -> models.QuerySet[User]:
    """The adults of the programme's school who hold on a day one of the roles that such a substitute has."""
    program = relation.program
    roles = relation.substitute_model().ROLES
    here = Membership.objects.filter(active_on(on), role__in=roles, board=program.board_id).filter(
        models.Q(program=program) | models.Q(program__isnull=True, school=program.school_id)
    )
    return User.objects.get_queryset().filter(pk__in=here.values("person"), board=program.board_id, is_active=True)


@transaction.atomic
def name_substitute(
    *,
    relation: Relation,
    substitute: User,
    starts_on: date,
    last_day: date,
    person: User,
    on: date,
    together: uuid.UUID | None = None,
) -> Substitute:
    """Let someone stand in for the adult of a relation, ``last_day`` included; said twice, it is written once.

    One person a day, so that a meeting has one name. ``together`` is the key of an absence of several relations.
    """
    of = locked(relation)
    same: Substitute | None = of.substitutes.filter(
        person=substitute, starts_on=starts_on, ends_on=last_day + DAY
    ).first()
    if same is not None:
        return same
    if substitute == of.usual_adult(on):
        raise ValidationError(
            {"substitute": _("C’est la personne qui accompagne déjà\u00a0: choisissez quelqu’un d’autre.")}
        )
    if not possible_substitutes(of, on).filter(pk=substitute.pk).exists():
        raise ValidationError({"substitute": _("Cette personne n’a pas de rôle qui convient à l’école du programme.")})
    _check_days(of, starts_on, last_day, on)
    row: Substitute = of.substitutes.create(
        person=substitute, starts_on=starts_on, ends_on=last_day + DAY, together=together
    )
    audit.record(board=of.board, person=person, verb=of.verbs.substitute_added, subject=row)
    return row


@transaction.atomic
def end_substitute(*, row: Substitute, person: User, on: date, remove: bool = False) -> bool:
    """Make today the last day; or with ``remove``, close the access at once, what was logged being kept.

    False when there is nothing to shorten any more. One that has not begun is removed.
    """
    rows: Any = type(row)._default_manager
    current = rows.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if current is None or (not remove and current.ends_on <= on + DAY):
        return False
    of: Relation = current.relation
    remove = remove or current.starts_on > on
    verb = of.verbs.substitute_removed if remove else of.verbs.substitute_ended
    if remove:
        forget_row(kind=made_of(type(current)), row=current, person=person, on=on, verb=verb)
    else:
        audit.record(board=of.board, person=person, verb=verb, subject=current)
        current.ends_on = on + DAY
        current.save()
    return True


def _check_days(of: Relation, starts_on: date, last_day: date, on: date) -> None:
    if last_day < starts_on:
        raise ValidationError({"last_day": _("Le dernier jour précède le premier.")})
    if starts_on < max(of.starts_on, on - SUBSTITUTE_BACK):
        words = _("Choisissez un jour des %(days)s derniers jours, ou un jour à venir.") % {
            "days": SUBSTITUTE_BACK.days
        }
        raise ValidationError({"starts_on": words})
    if of.ends_on is not None and starts_on >= of.ends_on:
        raise ValidationError({"starts_on": _("L’accompagnement est terminé à cette date. Choisissez un autre jour.")})
    if last_day > on + LONGEST:
        raise ValidationError({"last_day": _("Choisissez un jour de l’année qui vient, au plus tard.")})
    if of.substitutes.filter(starts_on__lte=last_day, ends_on__gt=starts_on).exists():
        raise ValidationError({"starts_on": _("Un autre remplacement couvre déjà une partie de ces jours.")})
