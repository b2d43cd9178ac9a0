"""On which day a sheet is read: today, the end of the last term, or the last day of what has ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from mentoring.models import Dyad
from programs.models import SupportGroup, Term

TODAY, TERM, LAST = "aujourdhui", "etape", "fin"


@dataclass(frozen=True)
class Day:
    """``on`` is the day read; ``slug`` says it in an address."""

    slug: str
    on: date
    words: str


def days_of(relation: Dyad | SupportGroup, today: date) -> dict[str, Day]:
    """By slug, the days that make sense for it; the first is the usual one. One query.

    The end of a term is read on the day after it, when the guidelines that look at a term look at that one.
    """
    days = [Day(TODAY, today, _("aujourd’hui"))]
    if relation.ends_on and relation.starts_on < relation.ends_on <= today:
        days.insert(0, Day(LAST, relation.ends_on - timedelta(days=1), _("au dernier jour")))
    ended = Term.objects.filter(school_year__board=relation.board_id, ends_on__lte=today)
    term = ended.order_by("-ends_on", "-starts_on", "-pk").first()
    if term and relation.starts_on < term.ends_on < (relation.ends_on or date.max):
        days.append(Day(TERM, term.ends_on, _("à la fin de l’étape\u00a0: %(term)s") % {"term": term}))
    return {day.slug: day for day in days}


def chosen(days: Mapping[str, Day], slug: str | None) -> Day:
    """The one asked for, else the usual one."""
    return days.get(slug or "") or next(iter(days.values()))
