"""What the review says of endings, on the page that ends a relationship: ``{% load ending_tags %}``."""

from datetime import date
from typing import Any

from django import template

from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from guidelines.numbers import Numbers
from guidelines.severity import Severity
from mentoring.models import Dyad
from people.months import months_between

register = template.Library()
SHORT, USUAL = (DYAD_DURATION_SHORT.settable[severity] for severity in (Severity.CRITICAL, Severity.WARNING))
"""Months, as the review says them: a board's own thresholds change what is raised, not what was found."""


@register.inclusion_tag("guidelines/_ending.html")
def length_at_end(dyad: Dyad, on: date) -> dict[str, Any]:
    """How long this relationship would have lasted, and what such lengths are associated with. Two queries."""
    met = dyad.meetings.kept().meetings().held().filter(on__lte=on).order_by("on").values_list("on", flat=True).first()
    months = max(months_between(met or dyad.starts_on, on), 0)
    stage = "short" if months < SHORT else "middle" if months < USUAL else "long"
    numbers = Numbers.of(dyad.board, on)
    early = dyad.committed_until is not None and on < dyad.committed_until
    return {
        "dyad": dyad,
        "met": met,
        "months": months,
        "stage": stage,
        "short": SHORT,
        "usual": USUAL,
        "own": [
            f"{threshold.in_words(bound)} ({str(threshold.severity.label).lower()})"
            for threshold in DYAD_DURATION_SHORT.thresholds
            if (bound := numbers.value(DYAD_DURATION_SHORT.code, threshold.key, dyad.program_id)) != threshold.bound
        ],
        "guideline": DYAD_DURATION_SHORT,
        "is_early": early,
    }
