"""What a student's page says of their dyads: ``{% load student_dyad_tags %}``."""

from typing import Any

from django import template

from mentoring.consents import of_student
from mentoring.of_student import dyad_parts
from people.files import Reading
from programs.of_student import shared_out, this_year

register = template.Library()


@register.inclusion_tag("mentoring/_student_dyads.html")
def student_dyads(reading: Reading) -> dict[str, Any]:
    """Those that the reader sees, of this school year, then the earlier ones. Nine queries at most."""
    period = this_year(reading)
    return {"reading": reading, **shared_out(dyad_parts(reading, period), period)}


@register.inclusion_tag("mentoring/_student_consents.html")
def student_consents(reading: Reading) -> dict[str, Any]:
    """What was agreed to, to whoever answers for the file. Two queries."""
    return {"consents": of_student(reading)}
