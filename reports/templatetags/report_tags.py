"""Small pictures of the lead's page."""

from collections.abc import Sequence
from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("reports/_group_weeks.html")
def group_weeks(weeks: Sequence[int]) -> dict[str, Any]:
    """A group's last weeks as bars: how many meetings were held in each."""
    return {"weeks": weeks, "held": sum(weeks), "met": sum(1 for number in weeks if number)}
