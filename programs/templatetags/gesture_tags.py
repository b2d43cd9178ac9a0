"""What rows and pages offer of mistakes: ``{% load gesture_tags %}``."""

from collections.abc import Mapping
from typing import Any

from django import template

from people.retention import UNDONE_KEPT

register = template.Library()


@register.inclusion_tag("components/take_back.html", takes_context=True)
def take_back(context: template.Context, kind: str, pk: int, name: object) -> dict[str, Any]:
    """« Annuler », on a row that was entered lately; ``name`` says which one to those who only hear it."""
    return {"kind": kind, "pk": pk, "name": name, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/mistake.html", takes_context=True)
def mistake(context: template.Context, kind: str, pk: int, text: str) -> dict[str, Any]:
    """The end of a page of correction: it was a mistake altogether; ``text`` is what that means."""
    said = {"kind": kind, "pk": pk, "text": text, "days": UNDONE_KEPT.days}
    return said | {"csrf_token": context.get("csrf_token")}


@register.filter
def at(values: Mapping[int, str], key: int) -> str:
    return values.get(key, "")
