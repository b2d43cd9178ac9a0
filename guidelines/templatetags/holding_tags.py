"""What a page about a person says of what they hold: ``{% load holding_tags %}``."""

from typing import Any

from django import template

from guidelines.holdings import tally
from mentoring.departures import left_by
from people.access import Role
from people.models import User

register = template.Library()


@register.inclusion_tag("guidelines/_holdings.html", takes_context=True)
def held_by(context: template.Context, person: User) -> dict[str, Any]:
    """In numbers, with the page where a manager hands it over."""
    user = context["request"].user
    counts = tally(person, user.local_date())
    planned = left_by([person], user.local_date())[person.pk].planned if person.is_active else 0
    return {
        "planned": planned,
        "person": person,
        "tally": counts,
        "may_hand_over": user.access.holds(Role.SCHOOL_MANAGER),
    }
