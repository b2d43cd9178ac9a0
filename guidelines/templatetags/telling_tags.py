"""What people are told, on the pages of ``people`` that know no finding; and the reminders on the findings' pages."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import RequestContext

from guidelines.catalogue import CATALOGUE
from guidelines.digest import digest_letter
from guidelines.models import Flag
from guidelines.reminders import is_late
from people.emails import Letter
from people.models import Message, Notification, User

register = template.Library()


@register.simple_tag(takes_context=True)
def told(context: RequestContext, notifications: Iterable[Notification]) -> list[tuple[Notification, Flag | None]]:
    """Each notification with its finding, or None when the person may not read it (any more). One query."""
    user = _user(context)
    rows = list(notifications)
    if user is None:
        return []
    of_findings = {row.pk: row.target for row in rows if row.kind in Notification.OF_FINDINGS and row.target}
    flags = Flag.objects.visible_to(user).with_subject().in_bulk(set(of_findings.values()))
    return [(row, flags.get(of_findings.get(row.pk, 0))) for row in rows]


@register.simple_tag(takes_context=True)
def digest_preview(context: RequestContext) -> Letter | None:
    """The digest as it would leave now; None when there is nothing to say. Eight queries."""
    user = _user(context)
    return digest_letter(user, on=user.local_date()) if user else None


@register.simple_tag(takes_context=True)
def remindable(context: RequestContext, flags: Iterable[Flag]) -> set[int]:
    """Of the findings of a page, the late ones of which the person may remind the mentor. One query."""
    user, shown = _user(context), list(flags)
    if user is None:
        return set()
    rows = Flag.objects.decidable_by(user).filter(pk__in=[flag.pk for flag in shown])
    decidable = set(rows.exclude(dyad__mentor__person=user.pk).values_list("pk", flat=True))
    return {flag.pk for flag in shown if is_late(flag)} & decidable


@register.inclusion_tag("guidelines/_reminder.html")
def last_reminder_of(flag: Flag) -> dict[str, Any]:
    """The latest reminder on a finding, with what became of it. One query where one may be sent, else none."""
    if not CATALOGUE[flag.guideline].remindable:
        return {"message": None}
    sent = Message.objects.reminders().filter(board=flag.board_id, target=flag.pk).select_related("asked_by")
    return {"message": sent.first()}


def _user(context: RequestContext) -> User | None:
    user = getattr(context.get("request"), "user", None)
    return user if isinstance(user, User) else None
