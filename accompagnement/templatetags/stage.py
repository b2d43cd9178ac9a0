"""The line on which a relationship ages.

Positions are SVG attributes in per cent, without ``viewBox``: words keep their size, and no inline style is needed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accompagnement.templatetags.dates import day_month
from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from guidelines.catalogue.silence import DYAD_CRITICAL_PERIOD
from guidelines.severity import Severity
from people.months import add_months, months_between

A_SCHOOL_YEAR = 10
"""Months."""
GAP = 0.4


@dataclass(frozen=True)
class Stage:
    """One segment of the line, from ``left`` over ``width`` per cent, of which ``done`` has gone by.

    ``tenths`` of the line, about, is the room of its words.
    """

    left: str
    width: str
    done: str
    title: str
    words: str
    is_now: bool
    tenths: int


def age(starts_on: date, on: date) -> tuple[int, int]:
    """Whole months and remaining days since the first day."""
    months = max(months_between(starts_on, on), 0)
    return months, max((on - add_months(starts_on, months)).days, 0)


def age_in_words(starts_on: date, on: date) -> str:
    """« 2 mois et 9 jours »; under a month, days alone."""
    months, days = age(starts_on, on)
    in_months = ngettext("%(count)d mois", "%(count)d mois", months) % {"count": months}
    in_days = ngettext("%(count)d jour", "%(count)d jours", days) % {"count": days}
    if months and days:
        return _("%(months)s et %(days)s") % {"months": in_months, "days": in_days}
    return in_months if months else in_days


def position(starts_on: date, on: date, shown: int) -> float:
    """Where a day stands on the line of so many months, from 0 to 100."""
    months, days = age(starts_on, on)
    return round(min((months + days / 31) / shown, 1) * 100, 2)


def stage_line(
    *,
    starts_on: date,
    on: date,
    committed_until: date | None = None,
    ends_on: date | None = None,
    paused: date | None = None,
    critical: int = DYAD_CRITICAL_PERIOD.settable["months"],
    short: int = DYAD_DURATION_SHORT.settable[Severity.WARNING],
) -> dict[str, Any]:
    """Where a relationship stands between its first day and ten months, or until it is no longer short.

    ``committed_until`` and ``ends_on`` are the first day that no longer counts; ``paused`` is the day on which the
    running pause began; ``critical`` and ``short`` are the months in force in its programme.
    """
    until = min(on, ends_on) if ends_on else on
    shown = max(A_SCHOOL_YEAR, short)
    mark = position(starts_on, until, shown)
    last_day = committed_until - timedelta(days=1) if committed_until else None
    planned = position(starts_on, last_day, shown) if last_day else None
    hatch = position(starts_on, paused, shown) if paused and not ends_on else None
    stages = (
        (0, critical, _("Période critique")),
        (critical, short, _("À consolider")),
        (max(critical, short), shown, _("Année scolaire")),
    )
    parts = [_stage(first, last, words, mark, shown) for first, last, words in stages if first < last]
    return {
        "stages": parts,
        "mark": f"{mark}%",
        "anchor": "start" if mark < 12 else "end" if mark > 88 else "middle",
        "is_late": mark > 42,
        "age": age_in_words(starts_on, until),
        "planned": f"{planned}%" if planned is not None else "",
        "planned_day": day_month(last_day),
        "hatch": f"{hatch}%" if hatch is not None else "",
        "hatch_width": f"{round(mark - hatch, 2)}%" if hatch is not None else "",
        "paused": paused if not ends_on else None,
        "ended_day": ends_on - timedelta(days=1) if ends_on and ends_on <= on else None,
        "not_begun": starts_on if starts_on > on else None,
    }


def _stage(first: int, last: int, words: str, mark: float, shown: int) -> Stage:
    start, end = 100 * first / shown, 100 * last / shown
    is_last = last >= shown
    width = end - start - (0 if is_last else GAP)
    return Stage(
        left=f"{round(start, 2)}%",
        width=f"{round(width, 2)}%",
        done=f"{round(max(min(mark - start, width), 0), 2)}%",
        title=_("%(first)s à %(last)s mois") % {"first": first, "last": last},
        words=words,
        is_now=start <= mark < end or (is_last and mark >= end),
        tenths=max(1, round((end - start) / 10)),
    )
