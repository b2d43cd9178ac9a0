"""What waits for a person since somebody left: on the page of a relation, and all of it for who decides."""

from datetime import date
from typing import Any

from django import template
from django.template.context import RequestContext

from mentoring.decisions import decisions, of_dyads, of_groups
from mentoring.models import Dyad
from programs.models import SupportGroup

register = template.Library()
MOST_NAMED = 5


@register.inclusion_tag("mentoring/_decision.html")
def decision_on_dyad(dyad: Dyad, on: date) -> dict[str, Any]:
    """What waits of a visible dyad. One query."""
    return {"decisions": of_dyads(Dyad.objects.open_on(on).filter(pk=dyad.pk), on)}


@register.inclusion_tag("mentoring/_decision.html", takes_context=True)
def decision_on_group(context: RequestContext, group: SupportGroup) -> dict[str, Any]:
    """What waits of a visible group. One query."""
    on = context["request"].user.local_date()
    return {"decisions": of_groups(SupportGroup.objects.active_on(on).filter(pk=group.pk), on)}


@register.inclusion_tag("mentoring/_decisions.html", takes_context=True)
def to_decide(context: RequestContext) -> dict[str, Any]:
    """What waits in the programmes that the reader leads or manages; nothing for anybody else."""
    user = context["request"].user
    found = decisions(user, user.local_date())
    return {"decisions": found[:MOST_NAMED], "more": len(found) - MOST_NAMED}
