"""What the board's administration may know of findings: how many, never whose."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from guidelines.catalogue import ENTRIES, Guideline
from guidelines.models import Flag, Severity
from people.models import User

FEWEST = 5
"""Fewer relations or people than this are not told apart (trust, small cells)."""


@dataclass(frozen=True)
class Count:
    severity: Severity
    words: str


@dataclass(frozen=True)
class CountedGuideline:
    guideline: Guideline
    cells: tuple[Count, ...]
    """One for each severity, the most severe first."""


def board_counts(user: User) -> list[CountedGuideline]:
    """The findings to examine of the person's boards, by guideline and severity. One query."""
    rows = (
        Flag.objects.counted_for(user)
        .to_examine()
        .order_by()
        .values_list("guideline", "severity")
        .annotate(number=models.Count("pk"))
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for code, severity, number in rows:
        found[code][severity] = number
    return [
        CountedGuideline(
            guideline, tuple(Count(s, masked(found[guideline.code].get(s, 0), guideline)) for s in Severity)
        )
        for guideline in ENTRIES
    ]


def masked(number: int, guideline: Guideline) -> str:
    """The number in words: a group is no person, so groups are counted exactly; fewer than five others are masked."""
    if guideline.subject != "group" and 0 < number < FEWEST:
        return _("moins de\u00a0%(number)d") % {"number": FEWEST}
    return str(number)
