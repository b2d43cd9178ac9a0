"""Open a group, and change who leads it."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from people import audit
from people.models import Membership, User
from people.models.base import active_on
from programs.actions.held import locked
from programs.actions.members import check_start
from programs.actions.planning import plan_ahead
from programs.actions.slots import Slot
from programs.audit_verbs import (
    GROUP,
    GROUP_LEAD_CHANGED,
    GROUP_LEAD_END_CORRECTED,
    GROUP_LEAD_ENDED,
    GROUP_LEAD_START_CORRECTED,
)
from programs.gestures.kinds import KINDS
from programs.gestures.memory import Changes
from programs.gestures.verbs import keep
from programs.models import GroupLead, GroupTimetable, Program, SupportGroup
from programs.signals import program_changed, teacher_changed


@transaction.atomic
def start_group(
    *,
    program: Program,
    name: str,
    lead: User,
    starts_on: date,
    person: User | None,
    on: date,
    last_on: date | None = None,
    slot: Slot | None = None,
    entry_uuid: uuid.UUID | None = None,
) -> SupportGroup:
    """Open a group with an adult in charge from its first day; with a slot, its next four weeks are planned.

    One group per ``entry_uuid``, however often the form is sent.
    """
    Program.objects.select_for_update().get(pk=program.pk)
    key = (entry_uuid or uuid.uuid4()).hex
    if already := SupportGroup.objects.filter(board_id=program.board_id, key=key).first():
        return already
    if program.domain != Program.Domain.GROUP:
        raise ValidationError({"program": _("Ce programme est un mentorat : il n’a pas de groupes.")})
    _check_lead(program, lead, on)
    if program.ends_on is not None and starts_on >= program.ends_on:
        raise ValidationError({"starts_on": _("Le programme est terminé à cette date. Choisissez un autre jour.")})
    if program.ends_on is not None:
        last_on = min(last_on or date.max, program.ends_on - timedelta(days=1))
    if last_on is not None and last_on < starts_on:
        raise ValidationError({"last_on": _("Le dernier jour précède le premier.")})
    if abs((starts_on - on).days) > 366:
        raise ValidationError({"starts_on": _("Choisissez un jour à moins d’un an d’aujourd’hui.")})
    if last_on is not None and last_on > starts_on + timedelta(days=5 * 366):
        raise ValidationError({"last_on": _("Choisissez un dernier jour à moins de cinq ans du premier.")})
    group = SupportGroup.objects.create(
        board_id=program.board_id,
        key=key,
        program=program,
        name=name,
        starts_on=starts_on,
        ends_on=last_on + timedelta(days=1) if last_on is not None else None,
    )
    GroupLead.objects.create(group=group, person=lead, starts_on=starts_on)
    if slot is not None:
        GroupTimetable.objects.create(group=group, **vars(slot))
        plan_ahead(board=group.board, on=on, relation=group)
    audit.record(board=group.board, person=person, verb=GROUP.started, subject=group)
    announce_lead(group, [lead.pk], on)
    return group


@transaction.atomic
def change_lead(
    *,
    group: SupportGroup,
    lead: User,
    starts_on: date,
    reason: str,
    person: User | None,
    on: date,
    within: Changes | None = None,
) -> GroupLead:
    """Hand the group over to another adult from a day on; the one before ends that day, for a reason (§2.2)."""
    group = locked(group)
    _check_lead(group.program, lead, on)
    check_start(group, starts_on, on)
    if group.leads.filter(starts_on__gte=starts_on).exists():
        raise ValidationError(
            {"starts_on": _("Une autre prise en charge commence ce jour-là ou après. Choisissez un jour plus tard.")}
        )
    current = list(group.leads.active_on(starts_on))
    if any(row.person_id == lead.pk for row in current):
        raise ValidationError({"lead": _("Cette personne est déjà responsable du groupe à cette date.")})
    if current and reason not in GroupLead.Reason.values:
        raise ValidationError({"reason": _("Choisissez le motif du changement.")})
    changes = Changes() if within is None else within
    for row in current:
        changes.write(row, ends_on=starts_on, reason=reason)
    new = GroupLead.objects.create(group=group, person=lead, starts_on=starts_on)
    changes.made(new)
    audit.record(
        board=group.board, person=person, verb=GROUP_LEAD_CHANGED, subject=new, reason=reason if current else ""
    )
    announce_lead(group, [lead.pk, *(row.person_id for row in current)], on)
    return new


@transaction.atomic
def end_lead(*, group: SupportGroup, ends_on: date, reason: str, person: User | None, on: date) -> GroupLead:
    """Say that who leads the group no longer does from a day on, and that nobody takes it over yet (§2.2)."""
    group = locked(group)
    wrong = {}
    if reason not in GroupLead.Reason.values:
        wrong["reason"] = _("Choisissez le motif du changement.")
    if ends_on > on + timedelta(days=366):
        wrong["starts_on"] = _("Choisissez un jour de l’année qui vient, au plus tard.")
    elif group.leads.filter(starts_on__gte=ends_on).exists():
        wrong["starts_on"] = _("Une autre prise en charge commence ce jour-là ou après. Choisissez un jour plus tard.")
    current = list(group.leads.active_on(ends_on))
    if not current and not wrong:
        wrong["nobody"] = _("Personne n’est responsable du groupe à cette date.")
    if wrong:
        raise ValidationError(wrong)
    for row in current:
        changes = Changes()
        changes.write(row, ends_on=ends_on, reason=reason)
        keep(kind=KINDS["fin-prise-en-charge"], row=row, person=person, changes=changes)
        audit.record(board=group.board, person=person, verb=GROUP_LEAD_ENDED, subject=row, reason=reason)
    announce_lead(group, [row.person_id for row in current], on)
    return current[0]


@transaction.atomic
def correct_lead_start(*, lead: GroupLead, starts_on: date, person: User | None, on: date) -> GroupLead:
    """Note another first day of an adult in charge; who led until then follows. Said twice, it is one change."""
    group = locked(lead.group)
    lead = GroupLead.objects.get(pk=lead.pk)
    if lead.starts_on == starts_on:
        return lead
    check_start(group, starts_on, on)
    before = list(group.leads.filter(ends_on=lead.starts_on).exclude(pk=lead.pk))
    if lead.ends_on is not None and starts_on >= lead.ends_on:
        raise ValidationError({"starts_on": _("Ce jour suit le dernier jour de cette prise en charge.")})
    others = group.leads.exclude(pk__in=[lead.pk, *(row.pk for row in before)])
    overlapping = others.filter(Q(ends_on__gt=starts_on) | Q(ends_on=None), starts_on__lt=lead.starts_on)
    if any(row.starts_on >= starts_on for row in before) or overlapping.exists():
        raise ValidationError(
            {"starts_on": _("Une autre prise en charge couvre ces jours\u00a0: corrigez-la d’abord.")}
        )
    for row in before:
        row.ends_on = starts_on
        row.save()
    lead.starts_on = starts_on
    lead.save()
    audit.record(board=group.board, person=person, verb=GROUP_LEAD_START_CORRECTED, subject=lead)
    announce_lead(group, [lead.person_id, *(row.person_id for row in before)], on)
    return lead


@transaction.atomic
def correct_lead_end(
    *, lead: GroupLead, seen: date, last_on: date, reason: str, person: User | None, on: date
) -> GroupLead:
    """Note another last day or another reason of an adult in charge; who took over that day begins when they end.

    The same words sent twice are one change. Refused when the end is no longer the one ``seen`` (half-open, as stored).
    """
    group = locked(lead.group)
    lead, ends_on = GroupLead.objects.get(pk=lead.pk), last_on + timedelta(days=1)
    if (lead.ends_on, lead.reason) == (ends_on, reason):
        return lead
    if lead.ends_on is None or lead.ends_on != seen:
        raise ValidationError(
            _("Cette prise en charge a changé entre-temps. Ouvrez de nouveau la page, puis corrigez-la.")
        )
    next_ones = list(group.leads.filter(starts_on=lead.ends_on).exclude(pk=lead.pk))
    wrong = {}
    if reason not in GroupLead.Reason.values:
        wrong["reason"] = _("Choisissez le motif du changement.")
    if last_on < lead.starts_on:
        wrong["last_on"] = _("Le dernier jour précède le premier\u00a0: choisissez un jour plus tard.")
    elif last_on > on + timedelta(days=366) or (group.ends_on is not None and ends_on > group.ends_on):
        wrong["last_on"] = _("Le groupe n’existe pas à cette date. Choisissez un jour où il est ouvert.")
    elif any(row.ends_on is not None and row.ends_on <= ends_on for row in next_ones) or (
        group.leads.filter(starts_on__gt=lead.ends_on, starts_on__lt=ends_on).exists()
    ):
        wrong["last_on"] = _(
            "Une autre prise en charge va jusqu’à ce jour ou commence avant. Choisissez un jour plus tôt."
        )
    if wrong:
        raise ValidationError(wrong)
    lead.ends_on, lead.reason = ends_on, reason
    lead.save()
    for row in next_ones:
        row.starts_on = ends_on
        row.save()
    audit.record(board=group.board, person=person, verb=GROUP_LEAD_END_CORRECTED, subject=lead, reason=reason)
    announce_lead(group, [lead.person_id, *(row.person_id for row in next_ones)], on)
    return lead


def announce_lead(group: SupportGroup, people: Iterable[int], on: date) -> None:
    """Announce what a change of hands touches: the group, who leads or led it, who is asked to read their role."""
    group.announce(on)
    for teacher in User.objects.get_queryset().filter(pk__in=list(people)):
        teacher_changed.send(sender=User, teacher=teacher, on=on)
    program_changed.send(sender=Program, program=group.program, on=on)


def _check_lead(program: Program, lead: User, on: date) -> None:
    """Refuse who has no role on ``on`` in the programme, at its school, or for the whole board."""
    here = Q(program=program) | Q(program__isnull=True, school=program.school_id)
    board_wide = Q(program__isnull=True, school__isnull=True, board=program.board_id)
    roles = Membership.objects.filter(here | board_wide, active_on(on), person=lead)
    if lead.board_id != program.board_id or not roles.exists():
        raise ValidationError(
            {"lead": _("Cette personne ne travaille pas à l’école du groupe. Choisissez-en une autre.")}
        )
