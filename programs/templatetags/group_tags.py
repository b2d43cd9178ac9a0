"""What groups say of themselves in templates."""

from collections.abc import Iterable
from datetime import date

from django import template

from programs import activities, sizes

register = template.Library()


@register.filter
def last_day(end: date | None) -> date | None:
    """Of a half-open range, the last day that counts: what pages show."""
    return date.fromordinal(end.toordinal() - 1) if end else None


@register.filter
def size_words(size: int) -> str:
    return sizes.size_in_words(size)


@register.filter
def activity_words(codes: Iterable[str]) -> str:
    return activities.in_words(codes)
