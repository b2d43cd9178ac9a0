"""The other ways in, on the sign-in page."""

from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("account/_ways_in.html", takes_context=True)
def ways_in(context: dict[str, Any], to: str | None) -> dict[str, Any]:
    """A button for each provider of identities that the environment names; ``to`` is the page asked for."""
    return {"providers": settings.PROVIDERS, "to": to or "", "csrf_token": context.get("csrf_token")}
