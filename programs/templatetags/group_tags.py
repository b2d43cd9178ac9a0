"""What groups say of themselves in templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Q
from django.template.context import RequestContext
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from people.apart import tell_apart
from programs import activities
from programs.log import coverage
from programs.log.coverage import Log
from programs.models import FamilyContact, GroupMember, GroupReview, StudentContact, SupportGroup
from programs.sizes import SizeBounds

register = template.Library()
RECENT = 8


@dataclass(frozen=True)
class Entry:
    """One line of a log: what it was, with whom; then what was said."""

    kind: str
    row: StudentContact | FamilyContact | GroupReview
    title: str
    details: list[str]
    words: list[str]


register.filter("activity_words", activities.in_words)


@register.filter
def size_words(group: Any) -> str:
    """Where a group stands, read with its size and ``size_columns``."""
    return SizeBounds.read(group).in_words(group.size)


@register.filter
def activity_word(code: str) -> str:
    return activities.in_words([code])


@register.filter
def said_or_not(said: bool | None) -> str:
    """« oui », « non », « à préciser »."""
    return {True: _("oui"), False: _("non"), None: _("à préciser")}[said]


@register.filter
def spent(minutes: int) -> str:
    """« 45 min », « 36 h 35 »."""
    if minutes < 60:
        return _("%(n)s\u00a0min") % {"n": minutes}
    return _("%(h)s\u00a0h\u00a0%(m)02d") % {"h": minutes // 60, "m": minutes % 60}


@register.filter
def weekday_name(number: int) -> str:
    """« lundi » for 1."""
    return str(WEEKDAYS[number - 1])


@register.inclusion_tag("programs/_contacts.html", takes_context=True)
def group_contacts(context: RequestContext, group: SupportGroup) -> dict[str, Any]:
    """The ties with each student and each family, term by term, and the last entries. Eight queries or fewer."""
    on = context["user"].local_date()
    terms = coverage.terms_at_hand(group, on)
    rows = [*_recent(StudentContact, group, context), *_recent(FamilyContact, group, context)]
    rows.sort(key=lambda row: (row.on, row.saved_at), reverse=True)
    entries = [_contact(row) if isinstance(row, StudentContact) else _family(row) for row in rows[:RECENT]]
    return {
        "group": group,
        "running": bool(terms) and terms[0].ends_on > on,
        "students": coverage.tallies(StudentContact, group, terms, on),
        "families": coverage.tallies(FamilyContact, group, terms, on),
        "entries": entries,
        **_common(context),
    }


@register.inclusion_tag("programs/_reviews.html", takes_context=True)
def group_reviews(context: RequestContext, group: SupportGroup) -> dict[str, Any]:
    """The reviews of the group as a whole and of each student, term by term. Five queries."""
    on = context["user"].local_date()
    terms = coverage.terms_at_hand(group, on)
    return {
        "group": group,
        "running": bool(terms) and terms[0].ends_on > on,
        "whole": coverage.last_whole_review(group, on),
        "students": coverage.tallies(GroupReview, group, terms, on),
        "entries": [_review(row) for row in _recent(GroupReview, group, context)],
        **_common(context),
    }


def _common(context: RequestContext) -> dict[str, Any]:
    return {"may_log": context["may_log"], "csrf_token": context.get("csrf_token")}


def _recent(log: Log, group: SupportGroup, context: RequestContext) -> list[Any]:
    """The last of them, their students told apart from all of the page."""
    rows = log.objects.visible_to(context["user"]).filter(group=group).select_related("student")
    found: list[Any] = list(rows.annotate(has_note=~Q(note="")).order_by("-on", "-pk")[:RECENT])
    members: Iterable[GroupMember] = context.get("members") or ()
    tell_apart([*members, *(row.student for row in found if row.student)])
    return found


def _contact(row: StudentContact) -> Entry:
    minutes = [_("%(n)s min") % {"n": row.minutes}] if row.minutes else []
    return Entry("contact", row, str(row.student), [row.get_channel_display(), *minutes], [])


def _family(row: FamilyContact) -> Entry:
    title = _("Famille de %(name)s") % {"name": row.student}
    return Entry("famille", row, title, [row.get_channel_display(), row.get_outcome_display()], [])


def _review(row: GroupReview) -> Entry:
    details = []
    if row.intensity:
        details.append(_("lien %(intensity)s") % {"intensity": row.get_intensity_display()})
    if row.fit:
        details.append(_("réponses adaptées\u00a0: %(fit)s") % {"fit": row.get_fit_display()})
    title = str(row.student) if row.student else _("Le groupe dans son ensemble")
    said = [words for words in (row.tie, row.functions, row.evolution) if words]
    return Entry("bilan-groupe", row, title, details, said)
