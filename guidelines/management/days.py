"""Days typed on a command's line."""

from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Measures look years back and forth from a day: within these bounds they never leave the calendar."""


def iso_day(text: str) -> date:
    """The day of an ISO date; ``CommandError`` with a sentence for any other text, and for a day out of reach."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            _("«\u00a0%(text)s\u00a0» n’est pas une date. Écrivez-la comme 2026-11-23.") % {"text": text}
        ) from None
    if not EARLIEST <= day <= LATEST:
        sentence = _("«\u00a0%(text)s\u00a0» est hors de portée. Donnez une date du %(first)s au %(last)s.")
        raise CommandError(sentence % {"text": text, "first": EARLIEST, "last": LATEST})
    return day
