"""Doubts on the page of a dyad, and the way to the support calls of the week."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.db.models import Count, Q
from django.template.context import RequestContext

from mentoring.models import Doubt, Dyad
from people.access import Role
from programs.models import Program

register = template.Library()
RECENT = 5


@dataclass(frozen=True)
class Doubts:
    """Of the doubts on a dyad: those that are the reader's to hear, and what became of their own."""

    to_hear: list[Doubt]
    own: list[Doubt]
    may_raise: bool


@register.inclusion_tag("mentoring/_doubts.html", takes_context=True)
def doubts(context: RequestContext, dyad: Dyad, on: date, any_raised: bool) -> dict[str, Any]:
    """The last doubts on a visible dyad, and the button of who accompanies it. Three queries, or none without any."""
    user = context["request"].user
    follows, latest = dyad.program.follows_calls(on), Doubt.objects.filter(dyad=dyad)
    if not follows and not any_raised:
        return {"dyad": dyad, "doubts": Doubts([], [], False)}
    latest = latest.select_related("raised_by", "heard_by").order_by("-raised_on", "-pk")
    read, own = list(latest.visible_to(user)[:RECENT]), list(latest.raised_by(user)[:RECENT])
    may = follows and Dyad.objects.entrusted_to(user).filter(pk=dyad.pk).exists()
    return {"dyad": dyad, "doubts": Doubts(read, own, may), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("mentoring/_calls.html", takes_context=True)
def support_calls(context: RequestContext, on: date) -> dict[str, Any]:
    """The way to « À appeler cette semaine », for who answers for a programme that follows calls. One query."""
    user = context["request"].user
    if not user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER):
        return {"programs": 0}
    unheard = Count("dyads__doubts", filter=Q(dyads__doubts__isnull=False, dyads__doubts__heard_on__isnull=True))
    rows = Program.objects.led_by(user).following_calls(on).annotate(unheard=unheard).values_list("unheard", flat=True)
    counts = list(rows)
    return {"programs": len(counts), "unheard": sum(counts)}
