"""What a student's page says of their groups: ``{% load student_tags %}``."""

from typing import Any

from django import template

from people.files import Reading
from programs.of_student import group_parts, shared_out, this_year

register = template.Library()


@register.inclusion_tag("programs/_student_groups.html")
def student_groups(reading: Reading) -> dict[str, Any]:
    """Those that the reader sees, of this school year, then the earlier ones. Nine queries at most."""
    period = this_year(reading)
    return {"reading": reading, **shared_out(group_parts(reading, period), period)}
