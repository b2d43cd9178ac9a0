"""What follows an ending, on the pages that tell of it: ``{% load parting_tags %}``."""

from typing import Any

from django import template
from django.template.context import RequestContext

from mentoring.models import Dyad, Parting
from mentoring.partings import days_to_wait, parting_of

register = template.Library()


@register.inclusion_tag("mentoring/_parting.html", takes_context=True)
def what_follows(context: RequestContext, dyad: Dyad, may_run: bool) -> dict[str, Any]:
    """Last words, next step and letters of an ended dyad, for who ends it. Three queries at most."""
    if not may_run or dyad.ends_on is None:
        return {}
    user = context["request"].user
    parting = parting_of(dyad)
    opened = parting.has_words and Parting.objects.words_open_to(user).filter(pk=parting.pk).exists()
    days = days_to_wait(dyad, user.local_date()) if parting.next_step else 0
    return {"dyad": dyad, "parting": parting, "opened": opened, "days": days}
