"""Small pictures of the lead's page, and what reports tell on the pages below."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import RequestContext

from programs.models import Program
from reports.declared import compared

register = template.Library()


@register.inclusion_tag("reports/_group_weeks.html")
def group_weeks(weeks: Sequence[int]) -> dict[str, Any]:
    """A group's last weeks as bars: how many meetings were held in each."""
    return {"weeks": weeks, "held": sum(weeks), "met": sum(1 for number in weeks if number)}


@register.inclusion_tag("reports/_declared.html", takes_context=True)
def declared_and_logged(context: RequestContext, program: Program) -> dict[str, Any]:
    """What a programme declares, beside what its log tells; for who answers for the programme."""
    return {"lines": compared(program, on=context["user"].local_date())}
