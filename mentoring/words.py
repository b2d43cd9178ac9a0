"""Dates inside sentences that Python writes."""

from datetime import date

from django.utils import dateformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def spoken(day: date) -> str:
    """« 2 novembre 2026 », and « 1er » for the first of a month, in French."""
    pattern = _("j F Y")
    if day.day == 1 and (get_language() or "").startswith("fr"):
        pattern = pattern.replace("j", r"1\e\r")
    return dateformat.format(day, pattern)
