"""The course of a group: its name and its dates are corrected, it is closed before its time."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from people.text import spoken
from programs.actions.held import locked
from programs.actions.planning import plan_ahead
from programs.audit_verbs import GROUP, GROUP_CLOSED
from programs.gestures.groups import announce_leads
from programs.gestures.kinds import KINDS, drop_plans
from programs.gestures.memory import Changes
from programs.gestures.verbs import keep
from programs.log.kinds import KINDS as LOGGED
from programs.models import GroupLead, GroupMeeting, MeetingRecord, SupportGroup

DAY = timedelta(days=1)
FARTHEST = timedelta(days=5 * 366)


@transaction.atomic
def close_group(
    *, group: SupportGroup, last_on: date, person: User, on: date, within: Changes | None = None
) -> SupportGroup:
    """End a group after its last day: its members, the adult in charge and its timetable end with it, plans go.

    Refused when something is logged later. Twice changes nothing. It can be undone as one gesture, or ``within`` the
    one that it is a part of.
    """
    group = locked(group)
    if group.ends_on == last_on + DAY:
        return group
    if last_on > on + timedelta(days=366):
        raise ValidationError({"last_on": _("Choisissez un jour de l’année qui vient, au plus tard.")})
    check_end(group, last_on + DAY)
    changes = Changes() if within is None else within
    changes.write(group, ends_on=last_on + DAY)
    end_rows(group, last_on + DAY, changes)
    if within is None:
        keep(kind=KINDS["groupe-termine"], row=group, person=person, changes=changes)
    audit.record(board=group.board, person=person, verb=GROUP_CLOSED, subject=group)
    told(group, on)
    return group


@transaction.atomic
def correct_group(
    *, group: SupportGroup, name: str, starts_on: date, last_on: date | None, person: User, on: date
) -> SupportGroup:
    """Give a group another name or other dates; who came on its first day, or left on its last, follows them.

    Refused when something is logged outside the new dates. The same words twice are one change.
    """
    group = locked(group)
    ends_on = last_on + DAY if last_on is not None else None
    if (group.name, group.starts_on, group.ends_on) == (name, starts_on, ends_on):
        return group
    was_start, was_end = group.starts_on, group.ends_on
    _check_start(group, starts_on, ends_on, on)
    group.starts_on = starts_on
    if ends_on is not None:
        check_end(group, ends_on)
    changes = Changes()
    changes.write(group, name=name, starts_on=starts_on, ends_on=ends_on)
    if starts_on != was_start:
        _move_starts(group, was_start, starts_on, changes)
    if was_end is not None and ends_on != was_end:
        follow_end(group, was_end, ends_on, changes)
    if ends_on is not None:
        end_rows(group, ends_on, changes)
    audit.record(board=group.board, person=person, verb=GROUP.corrected, subject=group)
    told(group, on)
    return group


def _ranged(group: SupportGroup) -> list[Any]:
    """Its memberships and its adults in charge."""
    return [*group.members.all(), *group.leads.all()]


def follow_end(group: SupportGroup, was: date, ends_on: date | None, changes: Changes) -> None:
    """Who left on the last day of the group stays until its new one."""
    for row in _ranged(group):
        if row.ends_on == was:
            changes.write(row, ends_on=ends_on, reason=row.reason if ends_on else "")


def end_rows(group: SupportGroup, ends_on: date, changes: Changes) -> None:
    """What would last longer than the group ends with it; what had not begun then never does."""
    open_ = Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on)
    for member in group.members.filter(open_):
        changes.write(member, ends_on=max(ends_on, member.starts_on), reason=_("Fin du groupe"))
    for lead in group.leads.filter(open_):
        changes.write(lead, ends_on=max(ends_on, lead.starts_on), reason=GroupLead.Reason.OTHER.value)
    for slot in group.timetables.filter(open_):
        changes.write(slot, ends_on=max(ends_on, slot.starts_on or ends_on))
    for row in group.substitutes.filter(ends_on__gt=ends_on):
        changes.write(row, ends_on=max(ends_on, row.starts_on))
    drop_plans(GroupMeeting.objects.filter(group=group, on__gte=ends_on))


def _move_starts(group: SupportGroup, was: date, starts_on: date, changes: Changes) -> None:
    for row in _ranged(group):
        wanted = starts_on if row.starts_on == was else max(row.starts_on, starts_on)
        if row.ends_on is not None and row.ends_on < wanted:
            words = _("Quelqu’un avait quitté le groupe avant le %(day)s\u00a0: choisissez un jour plus tôt.")
            raise ValidationError({"starts_on": words % {"day": spoken(starts_on)}})
        changes.write(row, starts_on=wanted)
    drop_plans(GroupMeeting.objects.filter(group=group, on__lt=starts_on))


def _check_start(group: SupportGroup, starts_on: date, ends_on: date | None, on: date) -> None:
    wrong = {}
    if ends_on is not None and ends_on <= starts_on:
        wrong["last_on"] = _("Le dernier jour précède le premier.")
    elif ends_on is not None and ends_on > starts_on + FARTHEST:
        wrong["last_on"] = _("Choisissez un dernier jour à moins de cinq ans du premier.")
    if starts_on != group.starts_on and abs((starts_on - on).days) > 366:
        wrong["starts_on"] = _("Choisissez un jour à moins d’un an d’aujourd’hui.")
    elif (first := _logged(group, Q(on__lt=starts_on), "on")) is not None:
        words = _("Une entrée est consignée le %(day)s\u00a0: choisissez ce jour ou un jour qui précède.")
        wrong["starts_on"] = words % {"day": spoken(first)}
    if wrong:
        raise ValidationError(wrong)


def check_end(group: SupportGroup, ends_on: date) -> None:
    """Refuse an end before the beginning, or before something that is logged."""
    if ends_on <= group.starts_on:
        raise ValidationError({"last_on": _("Le dernier jour précède le premier.")})
    if (last := _logged(group, Q(on__gte=ends_on), "-on")) is not None:
        words = _("Une entrée est consignée le %(day)s\u00a0: choisissez ce jour ou un jour qui suit.")
        raise ValidationError({"last_on": words % {"day": spoken(last)}})


def _logged(group: SupportGroup, days: Q, order: str) -> date | None:
    """The first of the days on which something is logged of the group."""
    found = []
    for kind in LOGGED.values():
        if kind.owner == group.NOUN:
            rows = kind.rows().filter(days, group=group, deleted_at__isnull=True)
            if issubclass(kind.model, MeetingRecord):
                rows = rows.exclude(status=MeetingRecord.Status.PLANNED)
            found += list(rows.order_by(order).values_list("on", flat=True)[:1])
    return (max if order.startswith("-") else min)(found) if found else None


def told(group: SupportGroup, on: date) -> None:
    """Plan again, and tell those who listen."""
    plan_ahead(board=group.board, on=on, relation=group)
    group.announce(on)
    announce_leads(group, on, *group.leads.values_list("person", flat=True))
