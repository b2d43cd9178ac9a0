"""The way to the minute, on the page of a dyad."""

from datetime import date
from typing import Any

from django import template

from mentoring.models import Dyad
from people.models import User

register = template.Library()


@register.inclusion_tag("mentoring/_minutes.html")
def minutes(dyad: Dyad, user: User, on: date, may_log: bool) -> dict[str, Any]:
    """To who accompanies an open dyad, in a programme that asks its minute. No query."""
    is_open = dyad.starts_on <= on and (dyad.ends_on is None or dyad.ends_on > on)
    is_mentor = dyad.mentor.person_id == user.pk
    asked = dyad.program.asks_minutes(on) and is_open and (may_log or is_mentor)
    return {"dyad": dyad, "is_asked": asked, "is_mentor": is_mentor, "may_log": may_log}
