"""The line on which a relationship ages.

Positions are SVG attributes in per cent, without ``viewBox``: words keep their size, and no inline style is needed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accompagnement.templatetags.dates import day_month
from people.months import add_months, months_between

MONTHS = 10
STAGES: tuple[tuple[int, int, str | Promise, str | Promise], ...] = (
    (0, 3, gettext_lazy("0 à 3 mois"), gettext_lazy("Période critique")),
    (3, 6, gettext_lazy("3 à 6 mois"), gettext_lazy("À consolider")),
    (6, 10, gettext_lazy("6 à 10 mois"), gettext_lazy("Année scolaire")),
)
GAP = 0.4


@dataclass(frozen=True)
class Stage:
    """One segment of the line, from ``left`` over ``width`` per cent, of which ``done`` has gone by."""

    left: str
    width: str
    done: str
    title: str
    words: str
    is_now: bool


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


def position(starts_on: date, on: date) -> float:
    """Where a day stands on the line, from 0 to 100."""
    months, days = age(starts_on, on)
    return round(min((months + days / 31) / MONTHS, 1) * 100, 2)


def stage_line(
    *,
    starts_on: date,
    on: date,
    committed_until: date | None = None,
    ends_on: date | None = None,
    paused: date | None = None,
) -> dict[str, Any]:
    """Where a relationship stands between its first day and ten months.

    ``committed_until`` and ``ends_on`` are the first day that no longer counts; ``paused`` is the day on which the
    running pause began.
    """
    until = min(on, ends_on) if ends_on else on
    mark = position(starts_on, until)
    last_day = committed_until - timedelta(days=1) if committed_until else None
    planned = position(starts_on, last_day) if last_day else None
    hatch = position(starts_on, paused) if paused and not ends_on else None
    parts = [_stage(bounds, mark) for bounds in STAGES]
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


def _stage(bounds: tuple[int, int, str | Promise, str | Promise], mark: float) -> Stage:
    start, end, title, words = bounds
    left, right = start * 10, end * 10 - (GAP if end < MONTHS else 0)
    done = max(min(mark, right) - left, 0)
    is_now = left <= mark < end * 10 or (end == MONTHS and mark >= 100)
    return Stage(f"{left}%", f"{right - left}%", f"{round(done, 2)}%", str(title), str(words), is_now)
