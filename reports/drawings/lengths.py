"""The curves of relationship lengths."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts import HEIGHT, WIDTH, percent, said, svg
from reports.survival import Survival

MARKS = (3, 6, 10)
QUARTERS = (0, 0.25, 0.5, 0.75, 1)
LONGEST = 14.0
"""Months: the curve stops a little after a school year, past which the review says nothing."""
HIGH = 0.8
"""A share above which its number stands under the curve, away from the names of the lines."""
DASHES = ([7, 3], [2, 2])


@dataclass(frozen=True)
class Cohort:
    """The relationships begun in one school year."""

    begun: str
    survival: Survival


@lru_cache(maxsize=64)
def survival_svg(first: Cohort, others: tuple[Cohort, ...], title: str) -> SafeString:
    """The curve of one year with its 95 % band, grey where few are left; the other years dashed, each with its name.

    Lines stand at 3, 6 and 10 months; the relationships that were followed no longer are ticks.
    """
    import altair as alt  # half a second, only for who looks at a figure

    lives = first.survival
    last = min(max([*(_last(cohort.survival) for cohort in (first, *others)), float(MARKS[-1])]), LONGEST)
    known = [m for m in MARKS if m < lives.thin_from]
    x = alt.X(
        "m:Q",
        title=_("mois depuis la première rencontre"),
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(values=[0, *MARKS, round(last)] if last > MARKS[-1] + 1.5 else [0, *MARKS]),
    )
    y = alt.Y(
        "s:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(values=QUARTERS, labelExpr=said({share: percent(share) for share in QUARTERS})),
    )

    def line(values: list[dict[str, Any]], **look: Any) -> Any:
        return alt.Chart(alt.InlineData(values=values)).mark_line(interpolate="step-after", **look).encode(x=x, y=y)

    def words(values: list[dict[str, Any]], **look: Any) -> Any:
        return alt.Chart(alt.InlineData(values=values)).mark_text(fontSize=12, **look).encode(x=x, y=y, text="t:N")

    steps = _steps(lives, 0.0, min(last, lives.thin_from))
    marks = alt.InlineData(values=[{"m": m, "t": _("%(months)s mois") % {"months": m}} for m in MARKS])
    tenths = sorted({round(m, 1) for m in lives.censored if m <= min(last, lives.thin_from)})
    ticks = [{"m": m, "s": lives.at(m).share} for m in tenths]
    shares: list[dict[str, Any]] = [{"m": m, "s": lives.at(m).share, "t": percent(lives.at(m).share)} for m in known]
    high = [row for row in shares if row["s"] > HIGH]
    low = [row for row in shares if row not in high]
    band = alt.Chart(alt.InlineData(values=steps)).mark_area(interpolate="step-after", color="var(--band)")
    layers = [
        band.encode(x=x, y=alt.Y("low:Q"), y2="high:Q"),
        alt.Chart(marks).mark_rule(color="var(--muted)", strokeDash=[3, 3]).encode(x=x),
        alt.Chart(marks).mark_text(dy=-8, fontSize=12, color="var(--muted)").encode(x=x, y=alt.value(0), text="t:N"),
        *(
            line(
                _steps(other.survival, 0.0, min(last, other.survival.thin_from)),
                color="var(--muted)",
                strokeWidth=1.5,
                strokeDash=dash,
            )
            for other, dash in zip(others, DASHES, strict=False)
        ),
        line(_steps(lives, lives.thin_from, min(last, _last(lives))), color="var(--control)", strokeWidth=1.5),
        line(steps, color="var(--accent)", strokeWidth=2.5),
        alt.Chart(alt.InlineData(values=ticks))
        .mark_tick(orient="vertical", color="var(--accent)", thickness=1.5, size=9)
        .encode(x=x, y=y),
        alt.Chart(alt.InlineData(values=shares))
        .mark_point(size=45, fill="var(--surface)", color="var(--accent)", opacity=1)
        .encode(x=x, y=y),
        words(low, align="left", dx=8, dy=-12, fontWeight="bold", color="var(--accent)"),
        words(high, align="left", dx=6, dy=15, fontWeight="bold", color="var(--accent)"),
        *_key(alt, [first.begun, *(other.begun for other in others)]),
    ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    return svg(chart.to_dict(), title, _("Part des relations sans fin hâtive, selon le nombre de mois."))


def _last(lives: Survival) -> float:
    return max([lives.points[-1].months, *lives.censored])


def _steps(lives: Survival, since: float, until: float) -> list[dict[str, float]]:
    """The steps of the curve between two moments, both ends told."""
    if until <= since:
        return []
    within = [since, *(point.months for point in lives.points if since < point.months < until), until]
    return [{"m": m, "s": (p := lives.at(m)).share, "low": p.low, "high": p.high} for m in within]


def _key(alt: Any, names: Sequence[str]) -> list[Any]:
    """The names of the curves beside a piece of each, at the foot of the picture, which they leave free the longest."""
    layers = []
    for place, name in enumerate(names):
        y = alt.value(HEIGHT - 14 - 18 * (len(names) - 1 - place))
        ink = "var(--muted)" if place else "var(--accent)"
        look: dict[str, Any] = {"strokeWidth": 1.5, "strokeDash": DASHES[place - 1]} if place else {"strokeWidth": 2.5}
        row = alt.Chart(alt.InlineData(values=[{"t": name}]))
        layers.append(row.mark_rule(color=ink, **look).encode(x=alt.value(8), x2=alt.value(34), y=y))
        text = row.mark_text(align="left", fontSize=12, color=ink)
        layers.append(text.encode(x=alt.value(40), y=y, text="t:N"))
    return layers
