"""The content of an archive, in words."""

from django import template
from django.utils.functional import Promise

from exchange.rosters.apply import KINDS

register = template.Library()


@register.filter
def content_words(name: str) -> str | Promise:
    """What a row of an archive's summary tells of: a file of a bundle keeps its name, by which it is looked for."""
    return KINDS.get(name, name)
