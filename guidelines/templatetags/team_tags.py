"""The way to the team meeting, from the pages where a week begins: ``{% load team_tags %}``."""

from typing import Any

from django import template
from django.template.context import RequestContext

from guidelines.models.team import READERS
from people.models import User

register = template.Library()


@register.inclusion_tag("guidelines/_team_link.html", takes_context=True)
def team_link(context: RequestContext) -> dict[str, Any]:
    """For those who read an agenda. No query."""
    user = context["request"].user
    return {"reads": isinstance(user, User) and user.access.holds(*READERS)}
