"""Invented data, where the day begins: offered to an empty school, told where it is shown."""

from typing import Any

from django import template

from exchange.invented.actions import empty_schools, filled_schools
from people.access import Role
from people.models import School

register = template.Library()


@register.inclusion_tag("exchange/_invented_offer.html", takes_context=True)
def invented_offer(context: template.Context) -> dict[str, Any]:
    """The schools that one manages and that are empty. One query."""
    user = context["request"].user
    return {"schools": empty_schools(School.objects.managed_by(user)), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("exchange/_invented_here.html", takes_context=True)
def invented_here(context: template.Context) -> dict[str, Any]:
    """The schools that one manages and that show invented data. One query."""
    user = context["request"].user
    if not user.access.holds(Role.SCHOOL_MANAGER, Role.BOARD_ADMIN):
        return {}
    return {"schools": filled_schools(School.objects.managed_by(user)), "csrf_token": context.get("csrf_token")}
