"""What groups say of themselves in templates."""

from collections.abc import Iterable

from django import template

from programs import activities, sizes

register = template.Library()


@register.filter
def size_words(size: int) -> str:
    return sizes.size_in_words(size)


@register.filter
def activity_words(codes: Iterable[str]) -> str:
    return activities.in_words(codes)
