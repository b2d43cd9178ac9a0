"""The first steps of a school, where the day begins: ``{% load first_steps_tags %}``."""

from typing import Any

from django import template

from mentoring.first_steps import KEEPERS, first_steps

register = template.Library()


@register.inclusion_tag("mentoring/_first_steps.html", takes_context=True)
def first_steps_here(context: template.Context) -> dict[str, Any]:
    """For a manager or an administrator whose school has not begun, unless they left it aside. One query."""
    user = context["request"].user
    if user.first_steps_aside or not user.access.holds(*KEEPERS):
        return {}
    first = first_steps(user, user.local_date())
    if first.are_done:
        return {}
    return {"first": first, "request": context["request"], "csrf_token": context.get("csrf_token")}
