"""Numbers of people on the board's page: a small one is masked, and says so."""

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guidelines.counts import in_words

register = template.Library()


@register.simple_tag
def people(number: int | None) -> SafeString:
    if number is None:
        return format_html('<span class="muted">{}</span>', in_words(number))
    return format_html("{}", number_format(number, force_grouping=True))
