"""What the review says of endings, on the page that ends a relationship: ``{% load ending_tags %}``."""

from datetime import date
from typing import Any

from django import template

from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from mentoring.models import Dyad
from people.months import months_between

register = template.Library()
SHORT, USUAL = 3, 6
"""Months, as the review says them: a board's own thresholds change what is raised, not what was found."""


@register.inclusion_tag("guidelines/_ending.html")
def length_at_end(dyad: Dyad, on: date) -> dict[str, Any]:
    """How long this relationship would have lasted, and what such lengths are associated with. One query."""
    met = dyad.meetings.kept().meetings().held().filter(on__lte=on).order_by("on").values_list("on", flat=True).first()
    months = max(months_between(met or dyad.starts_on, on), 0)
    stage = "short" if months < SHORT else "middle" if months < USUAL else "long"
    early = dyad.committed_until is not None and on < dyad.committed_until
    return {
        "dyad": dyad,
        "met": met,
        "months": months,
        "stage": stage,
        "guideline": DYAD_DURATION_SHORT,
        "is_early": early,
    }
