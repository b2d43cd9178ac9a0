"""Name who stands in for an adult who is away, and put an end to it."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import Membership, User
from people.models.base import active_on
from programs.audit_verbs import RelationVerbs
from programs.models import GroupMeeting, Program, Substitute, SupportGroup
from programs.substitutes import refuse_other_day, who_met

DAY = timedelta(days=1)
BACK = timedelta(days=30)
LONGEST = timedelta(days=366)


def possible_substitutes(program: Program, roles: tuple[str, ...], on: date) -> models.QuerySet[User]:
    """The adults of the programme's school who hold one of these roles on a day."""
    here = Membership.objects.filter(active_on(on), role__in=roles, board=program.board_id).filter(
        models.Q(program=program) | models.Q(program__isnull=True, school=program.school_id)
    )
    return User.objects.get_queryset().filter(pk__in=here.values("person"), board=program.board_id, is_active=True)


@transaction.atomic
def name_substitute(
    *, subject: Any, substitute: User, usual: int | None, starts_on: date, last_day: date, person: User, on: date
) -> Substitute:
    """Let someone stand in for the adult of a group or a dyad, ``last_day`` included; said twice, it is written once.

    One person a day, so that a meeting has one name. ``usual`` is the id of the adult who is away.
    """
    current = type(subject)._default_manager.select_for_update(of=("self",)).select_related("program", "board")
    of = current.get(pk=subject.pk)
    model = of.substitutes.model
    same = of.substitutes.filter(person=substitute, starts_on=starts_on, ends_on=last_day + DAY).first()
    if same is not None:
        return same  # type: ignore[no-any-return]
    if substitute.pk == usual:
        raise ValidationError(
            {"substitute": _("C’est la personne qui accompagne déjà\u00a0: choisissez quelqu’un d’autre.")}
        )
    if not possible_substitutes(of.program, model.ROLES, on).filter(pk=substitute.pk).exists():
        raise ValidationError({"substitute": _("Cette personne n’a pas de rôle qui convient à l’école du programme.")})
    _check_days(of, starts_on, last_day, on)
    row = model._default_manager.create(
        **{_name(of): of}, person=substitute, starts_on=starts_on, ends_on=last_day + DAY
    )
    audit.record(board=of.board, person=person, verb=of.verbs.substitute_added, subject=row)
    return row  # type: ignore[no-any-return]


@transaction.atomic
def end_substitute(*, row: Substitute, person: User, on: date, remove: bool = False) -> bool:
    """Make today the last day; or with ``remove``, close the access at once, what was logged being kept.

    False when there is nothing to shorten any more. One that has not begun is removed.
    """
    model = type(row)
    current = model._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if current is None or (not remove and current.ends_on <= on + DAY):
        return False
    of: Any = getattr(current, _owner(model))
    verbs: RelationVerbs = of.verbs
    verb = verbs.substitute_removed if remove or current.starts_on > on else verbs.substitute_ended
    audit.record(board=of.board, person=person, verb=verb, subject=current)
    if remove or current.starts_on > on:
        current.delete()
    else:
        current.ends_on = on + DAY
        current.save()
    return True


def refuse_outside(group: SupportGroup, person: User, day: date) -> None:
    """Refuse an entry of a day on which the person stands in for nobody, when they only stand in."""
    any_day = SupportGroup.objects.loggable_any_day_by(person).filter(pk=group.pk)
    refuse_other_day(group.substitutes.all(), person, day, any_day)


def group_credit(meeting: GroupMeeting, *, status: str, person: User, met_by: int | None) -> int | None:
    """Who held a group's meeting (see ``who_met``); refuses a day to someone who stands in on others."""
    rows = meeting.group.substitutes.all()
    any_day = SupportGroup.objects.loggable_any_day_by(person).filter(pk=meeting.group_id)
    refuse_other_day(rows, person, meeting.on, any_day)
    return who_met(meeting, list(rows), status=status, day=meeting.on, person=person, met_by=met_by)


def _check_days(of: Any, starts_on: date, last_day: date, on: date) -> None:
    ends_on = of.ended_on if hasattr(of, "ended_on") else of.ends_on
    if last_day < starts_on:
        raise ValidationError({"last_day": _("Le dernier jour précède le premier.")})
    if starts_on < max(of.starts_on, on - BACK):
        raise ValidationError({"starts_on": _("Choisissez un jour des 30 derniers jours, ou un jour à venir.")})
    if ends_on is not None and starts_on >= ends_on:
        raise ValidationError({"starts_on": _("L’accompagnement est terminé à cette date. Choisissez un autre jour.")})
    if last_day > on + LONGEST:
        raise ValidationError({"last_day": _("Choisissez un jour de l’année qui vient, au plus tard.")})
    if of.substitutes.filter(starts_on__lte=last_day, ends_on__gt=starts_on).exists():
        raise ValidationError({"starts_on": _("Un autre remplacement couvre déjà une partie de ces jours.")})


def _name(of: Any) -> str:
    return _owner(of.substitutes.model)


def _owner(model: type[Substitute]) -> str:
    return "group" if hasattr(model, "group") else "dyad"
