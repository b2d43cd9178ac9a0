"""Numbers, days and lists as the sentences of every theme write them."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from people.text import written
from programs.calendars.periods import WeekCell

LETTERS = (
    gettext_lazy("aucune"),
    gettext_lazy("une"),
    gettext_lazy("deux"),
    gettext_lazy("trois"),
    gettext_lazy("quatre"),
    gettext_lazy("cinq"),
    gettext_lazy("six"),
    gettext_lazy("sept"),
    gettext_lazy("huit"),
    gettext_lazy("neuf"),
    gettext_lazy("dix"),
)


def count_in_words(number: int) -> str:
    """A feminine number in letters up to ten, in digits above."""
    return str(LETTERS[number]) if 0 <= number < len(LETTERS) else str(number)


def others_in_words(number: int) -> str:
    """« et 2 autres points »."""
    return ngettext("et un autre point", "et %(n)s autres points", number) % {"n": number}


def silence_in_words(days: int, *, has_met: bool) -> str:
    """« il y a 12 jours »: since the last held meeting, or since the beginning, which is then said."""
    if not has_met:
        start = ngettext("depuis le début, il y a %(n)s jour", "depuis le début, il y a %(n)s jours", days)
        return start % {"n": days}
    return ngettext("il y a %(n)s jour", "il y a %(n)s jours", days) % {"n": days} if days else _("aujourd’hui")


def weeks_in_words(cells: Sequence[WeekCell]) -> str:
    """« du 2 et du 9 novembre »: the Mondays of weeks, the month said once."""
    return mondays_in_words([cell.span_from for cell in cells])


def mondays_in_words(days: Sequence[date]) -> str:
    """The same, from the Mondays themselves."""
    return join_words([_("du %(day)s") % {"day": words} for words in _days(days)])


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
