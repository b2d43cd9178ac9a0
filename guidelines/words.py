"""Numbers, days and lists as the sentences of every theme write them."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.text import written
from programs.calendars.periods import WeekCell


def count_in_words(number: int) -> str:
    """A feminine number in letters up to ten, in digits above."""
    words = (
        _("aucune"),
        _("une"),
        _("deux"),
        _("trois"),
        _("quatre"),
        _("cinq"),
        _("six"),
        _("sept"),
        _("huit"),
        _("neuf"),
        _("dix"),
    )
    return words[number] if 0 <= number < len(words) else str(number)


def weeks_in_words(cells: Sequence[WeekCell]) -> str:
    """« du 2 et du 9 novembre »: the Mondays of weeks, the month said once."""
    return join_words([_("du %(day)s") % {"day": words} for words in _days([cell.span_from for cell in cells])])


def days_in_words(days: Sequence[date]) -> str:
    """« 4 et 11 novembre »."""
    return join_words(_days(days))


def join_words(parts: Sequence[str]) -> str:
    """« a, b et c »."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s et %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _days(days: Sequence[date]) -> list[str]:
    """Each day in words, the month said once for the days that share it (English says it each time)."""
    full, short = pgettext("jour et mois", "j F"), pgettext("jour dont le mois suit", "j")
    words = []
    for place, day in enumerate(days):
        shared = place + 1 < len(days) and days[place + 1].month == day.month
        words.append(written(day, short if shared else full))
    return words
