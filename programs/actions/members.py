"""A student leaves a group; what is asked of any day on which someone comes into one, and of its size."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from people import audit
from people.audit_registry import Verb
from people.models import User
from programs.actions.held import locked
from programs.audit_verbs import (
    GROUP_MEMBER_END_CORRECTED,
    GROUP_MEMBER_END_REMOVED,
    GROUP_MEMBER_ENDED,
)
from programs.gestures.kinds import KINDS
from programs.gestures.memory import Changes
from programs.gestures.verbs import keep
from programs.models import GroupMember, SupportGroup
from programs.sizes import Band, SizeBounds


@transaction.atomic
def end_membership(*, member: GroupMember, last_on: date, reason: str, person: User | None, on: date) -> GroupMember:
    """Note that a student leaves the group; ``last_on`` is the last day that counts. It can be undone."""
    group, member = held(member)
    if member.ends_on is not None:
        raise ValidationError(_("La fin de cette participation est déjà notée."))
    _check_end(group, member, last_on, reason, on)
    changes = Changes()
    changes.write(member, ends_on=last_on + timedelta(days=1), reason=reason.strip())
    keep(kind=KINDS["depart"], row=member, person=person, changes=changes)
    return _ended(group, member, GROUP_MEMBER_ENDED, person, on)


@transaction.atomic
def correct_end(
    *, member: GroupMember, seen: date | None, last_on: date | None, reason: str, person: User | None, on: date
) -> GroupMember:
    """Note another last day, or with None that the student never left; the same words sent twice are one change.

    Refused when the end is no longer the one ``seen`` (half-open, as stored), and when the student came back to the
    group meanwhile: two memberships never overlap.
    """
    group, member = held(member)
    ends_on = last_on + timedelta(days=1) if last_on is not None else None
    words = reason.strip() if last_on is not None else ""
    if (member.ends_on, member.reason) == (ends_on, words):
        return member
    if member.ends_on is None or member.ends_on != seen:
        raise ValidationError(
            _("La fin de cette participation a changé entre-temps. Ouvrez de nouveau la page, puis corrigez-la.")
        )
    if last_on is not None:
        _check_end(group, member, last_on, words, on)
    until = Q(starts_on__lt=ends_on) if ends_on is not None else Q()
    others = group.members.filter(until, student=member.student_id).exclude(pk=member.pk)
    if others.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=member.starts_on)).exists():
        if last_on is None:
            sentence = _("L’élève est de nouveau dans le groupe depuis : gardez cette fin, ou corrigez sa date.")
            raise ValidationError({"stays": sentence})
        sentence = _("L’élève est de nouveau dans le groupe avant ce jour : choisissez un jour qui précède son retour.")
        raise ValidationError({"last_on": sentence})
    member.ends_on, member.reason = ends_on, words
    member.save()
    verb = GROUP_MEMBER_END_CORRECTED if ends_on is not None else GROUP_MEMBER_END_REMOVED
    return _ended(group, member, verb, person, on)


def held(member: GroupMember) -> tuple[SupportGroup, GroupMember]:
    """The membership as it is now, its group held until the transaction ends."""
    return locked(member.group), GroupMember.objects.get(pk=member.pk)


def _check_end(group: SupportGroup, member: GroupMember, last_on: date, reason: str, on: date) -> None:
    if last_on < member.starts_on:
        raise ValidationError({"last_on": _("Le dernier jour précède l’arrivée de l’élève dans le groupe.")})
    if group.ends_on is not None and last_on >= group.ends_on:
        raise ValidationError({"last_on": _("Le dernier jour dépasse la fin du groupe.")})
    if last_on > on + timedelta(days=366):
        raise ValidationError({"last_on": _("Choisissez un jour de l’année qui vient, au plus tard.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Écrivez le motif du départ.")})


def _ended(group: SupportGroup, member: GroupMember, verb: Verb, person: User | None, on: date) -> GroupMember:
    audit.record(board=group.board, person=person, verb=verb, subject=member, reason=member.reason)
    group.announce(on)
    return member


def size_warning(size: int, bounds: SizeBounds) -> str:
    """What the review says of a group that would reach ``size`` members, with the numbers of its programme."""
    if bounds.band_of(size) == Band.BEYOND:
        return _(
            "Le groupe compterait %(size)s élèves. Au-delà de %(most)s, chaque élève reçoit moins d’attention (§ 2.2). "
            "Pour continuer, confirmez et écrivez le motif."
        ) % {"size": size, "most": bounds.most}
    return _(
        "Le groupe compterait %(size)s élèves. La zone de %(zone)s demande de la vigilance (§ 2.2). "
        "Pour continuer, confirmez et écrivez le motif."
    ) % {"size": size, "zone": bounds.zone}


def check_start(group: SupportGroup, starts_on: date, on: date) -> None:
    """Refuse that someone comes into a group, or takes it over, on a day outside its dates or too far ahead."""
    if starts_on < group.starts_on or (group.ends_on is not None and starts_on >= group.ends_on):
        raise ValidationError(
            {"starts_on": _("Le groupe n’existe pas à cette date. Choisissez un jour où il est ouvert.")}
        )
    if starts_on > on + timedelta(days=366):
        raise ValidationError({"starts_on": _("Choisissez un jour de l’année qui vient, au plus tard.")})
