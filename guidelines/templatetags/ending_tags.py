"""What the review says of endings, on the page that ends a relationship: ``{% load ending_tags %}``."""

from datetime import date
from typing import Any

from django import template
from django.template.context import RequestContext

from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from guidelines.models import EndingReview
from guidelines.numbers import Numbers
from guidelines.severity import Severity
from mentoring.models import Dyad
from people.access import Role
from people.models import User
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


@register.inclusion_tag("guidelines/_ended_link.html", takes_context=True)
def relations_to_review(context: RequestContext) -> dict[str, Any]:
    """The quiet way to the endings and their reviews, for those who review them; the quiet lines say how many."""
    return {"reviews": _reviewer(context) is not None}


@register.inclusion_tag("guidelines/_ending_review.html", takes_context=True)
def review_of_ending(context: RequestContext, dyad: Dyad, may_run: bool) -> dict[str, Any]:
    """The review of an ended relation, or the way to write it, for who decides on its course. One query at most."""
    user = _reviewer(context)
    if user is None or not may_run or dyad.ends_on is None:
        return {}
    review = EndingReview.objects.visible_to(user).filter(dyad=dyad).select_related("by").first()
    return {"dyad": dyad, "review": review}


def _reviewer(context: RequestContext) -> User | None:
    user = getattr(context.get("request"), "user", None)
    reviews = isinstance(user, User) and user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)
    return user if reviews else None
