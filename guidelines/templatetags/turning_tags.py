"""What the end of a year asks of who decides, on the pages where they begin: ``{% load turning_tags %}``."""

from typing import Any

from django import template
from django.template.context import RequestContext

from guidelines.turning.years import to_turn
from people.models import User

register = template.Library()
MOST_NAMED = 6


@register.inclusion_tag("guidelines/_turns.html", takes_context=True)
def year_turns(context: RequestContext) -> dict[str, Any]:
    """The programmes whose year is to be turned. One query; none where the page knows (``turns``)."""
    user, programs = context["request"].user, context.get("turns")
    if programs is None:
        programs = to_turn(user, user.local_date()) if isinstance(user, User) else []
    return {"programs": programs[:MOST_NAMED], "more": len(programs) - MOST_NAMED}
