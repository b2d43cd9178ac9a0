"""What deserves attention, on the pages that say it."""

from collections.abc import Iterable
from typing import Any

from django import template

from guidelines.quiet import QuietLine

register = template.Library()


@register.inclusion_tag("guidelines/_quiet.html")
def quiet(lines: Iterable[QuietLine]) -> dict[str, Any]:
    """The quiet lines, each leading to its list by guideline."""
    return {"lines": lines}
