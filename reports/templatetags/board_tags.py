"""Numbers of people on the board's page: a small one is masked, and says so."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guidelines.counts import in_words
from reports.rates import Rate

register = template.Library()


@register.simple_tag
def people(number: int | None) -> SafeString:
    return format_html('<span class="muted">{}</span>' if number is None else "{}", in_words(number))


@register.inclusion_tag("reports/_rate.html")
def rate(rate: Rate | None, pooled: str) -> dict[str, Any]:
    return {"rate": rate, "pooled": pooled}
