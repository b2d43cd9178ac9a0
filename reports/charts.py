"""Pictures of figures, drawn on the server as SVG: no script, no inline style, colours of the page (light or dark).

Drawn at about 440 units wide, so that 12-unit text stays 12 px. Each is kept by its data: the
same figures are drawn once.
"""

import re
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from programs.sizes import Band, SizeBounds, shared
from reports.frequency import FrequencyWeek
from reports.survival import Survival
from reports.trend import TrendWeek, short_week

WIDTH, HEIGHT = 372, 216
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
MARKS = (3, 6, 10)
"""Months: the review's two bands, and a school year."""
LONGEST = 14.0
"""Months: the curve stops a little after a school year, past which the review says nothing."""
OWN_ROLES = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*"|role="img"|aria-label="[^"]*")')
"""Vega names every mark for screen readers; the whole picture has one name, and its table beside it."""


def warm_up() -> None:
    """Load the drawing libraries before anybody waits for a figure: some three seconds, once a process."""
    group_sizes_svg((("", 1, SizeBounds(1, 2, 3)),), "")


@lru_cache(maxsize=64)
def survival_svg(survival: Survival, title: str) -> SafeString:
    """The curve of relationship lengths, its 95 % band, open relationships as ticks, lines at 3, 6 and 10 months."""
    import altair as alt  # half a second, only for who looks at a figure

    last = min(max([survival.points[-1].months, *survival.censored, float(MARKS[-1])]), LONGEST)
    steps = [(point.months, point.share, point.low, point.high) for point in survival.points if point.months <= last]
    steps.append((min(last, survival.known_until), *steps[-1][1:]))
    curve = alt.InlineData(values=[{"m": m, "s": s, "low": low, "high": high} for m, s, low, high in steps])
    marks = alt.InlineData(values=[{"m": m, "label": _("%(months)s mois") % {"months": m}} for m in MARKS])
    known = alt.InlineData(
        values=[
            {"m": m, "s": survival.at(m).share, "share": _percent(survival, m)}
            for m in MARKS
            if m <= survival.known_until
        ]
    )
    ticks = alt.InlineData(values=[{"m": m, "s": survival.at(m).share} for m in survival.censored if m <= last])
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
        axis=alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], labelExpr="format(100 * datum.value, '.0f') + '\u00a0%'"),
    )
    band = (
        alt.Chart(curve)
        .mark_area(interpolate="step-after", color="var(--band)")
        .encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    )
    line = alt.Chart(curve).mark_line(interpolate="step-after", color="var(--accent)", strokeWidth=2.5).encode(x=x, y=y)
    tick = alt.Chart(ticks).mark_tick(orient="vertical", color="var(--accent)", thickness=1.5, size=9).encode(x=x, y=y)
    rule = alt.Chart(marks).mark_rule(color="var(--muted)", strokeDash=[3, 3]).encode(x=x)
    dot = alt.Chart(known).mark_point(size=45, fill="var(--surface)", color="var(--accent)", opacity=1).encode(x=x, y=y)
    above = (
        alt.Chart(marks).mark_text(dy=-8, fontSize=12, color="var(--muted)").encode(x=x, y=alt.value(0), text="label:N")
    )
    share = (
        alt.Chart(known)
        .mark_text(align="left", dx=8, dy=-12, fontSize=13, fontWeight="bold", color="var(--accent)")
        .encode(x=x, y=y, text="share:N")
    )
    chart = alt.layer(band, rule, line, tick, dot, above, share).properties(width=WIDTH, height=HEIGHT)
    return _svg(chart.to_dict(), title, _("Part des relations qui durent plus longtemps, selon le nombre de mois."))


Sized = tuple[str, int, SizeBounds]
"""A group by its name, its members and the bounds of its programme."""
ROOM = 5
"""Members that the sizes show past the largest bound."""


@lru_cache(maxsize=64)
def group_sizes_svg(groups: tuple[Sized, ...], title: str) -> SafeString:
    """A point per group against the bands of its programme; its shape changes with the band.

    The bands have their names above when all groups share them; else each group has its zone at the right.
    """
    import altair as alt

    same = shared(bounds for _name, _size, bounds in groups)
    room = ROOM if same else 2 * ROOM
    top = max(max(size, bounds.most) + room for _name, size, bounds in groups)
    rows = [
        {"g": name, "zero": 0, "n": size, "b": _weight(size, bounds), "zone": bounds.zone or str(bounds.most)}
        for name, size, bounds in groups
    ]
    stretches = [
        {"g": name, "from": first, "to": last, "label": label, "fill": fill, "ink": ink}
        for name, _size, bounds in groups
        for first, last, label, fill, ink in (
            (bounds.fewest, bounds.comfortable, bounds.usual, "var(--band)", "var(--accent)"),
            (bounds.comfortable, bounds.most, bounds.zone, "var(--wat-bg)", "var(--wat)"),
            (bounds.most, top, _("plus de %(most)s") % {"most": bounds.most}, "var(--pri-bg)", "var(--pri)"),
        )
        if first < last
    ]
    points, bands = alt.InlineData(values=rows), alt.InlineData(values=stretches)
    names = [name for name, _size, _bounds in groups]
    y = alt.Y("g:N", title=None, sort=names, axis=alt.Axis(domain=False, ticks=False))
    x = alt.X(
        "from:Q",
        title=_("membres actifs"),
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(values=sorted({0, same.fewest, same.comfortable, same.most, top} if same else {0, top})),
    )
    area = alt.Chart(bands).mark_rect().encode(x=x, x2="to:Q", y=y, color=alt.Color("fill:N", scale=None))
    above = (
        alt.Chart(alt.InlineData(values=[stretch for stretch in stretches if stretch["g"] == names[0]]))
        .transform_calculate(middle="(datum.from + datum.to) / 2")
        .mark_text(fontSize=12, fontWeight="bold", dy=-10)
        .encode(x="middle:Q", y=alt.value(0), text="label:N", color=alt.Color("ink:N", scale=None))
    )
    beside = (
        alt.Chart(points)
        .mark_text(align="right", dx=-6, fontSize=12, color="var(--muted)")
        .encode(x=alt.value(WIDTH), y=y, text="zone:N")
    )
    stem = alt.Chart(points).mark_rule(color="var(--control)").encode(x="zero:Q", x2="n:Q", y=y)
    shape = alt.Shape("b:O", legend=None, scale=alt.Scale(domain=[0, 1, 2], range=["circle", "triangle-up", "diamond"]))
    colours = alt.Scale(domain=[0, 1, 2], range=["var(--accent)", "var(--wat)", "var(--pri)"])
    colour = alt.Color("b:O", legend=None, scale=colours)
    point = (
        alt.Chart(points).mark_point(size=110, filled=True, opacity=1).encode(x="n:Q", y=y, shape=shape, color=colour)
    )
    number = (
        alt.Chart(points)
        .mark_text(align="left", dx=11, fontSize=13, fontWeight="bold", color="var(--ink)")
        .encode(x="n:Q", y=y, text="n:Q")
    )
    chart = alt.layer(area, stem, point, number, above if same else beside)
    chart = chart.properties(width=WIDTH, height=max(60, 30 * len(groups)))
    chart = chart.resolve_scale(color="independent", shape="independent")
    return _svg(chart.to_dict(), title, _("Membres actifs de chaque groupe."))


@lru_cache(maxsize=64)
def trend_svg(weeks: tuple[TrendWeek, ...], title: str) -> SafeString:
    """A bar per week: what is to examine, and below it, hatched lighter, what someone has in charge."""
    import altair as alt

    rows = [
        {"w": n, "k": order, "n": number}
        for n, week in enumerate(weeks)
        for order, number in ((0, week.in_hand), (1, week.to_examine))
    ]
    every = [n for n in range(len(weeks)) if (len(weeks) - 1 - n) % 4 == 0]
    labels = " : ".join(f"datum.value == {n} ? '{short_week(weeks[n].monday)}'" for n in every) + " : ''"
    x = alt.X("w:O", title=_("semaine du"), axis=alt.Axis(values=every, labelExpr=labels, labelAngle=0))
    y = alt.Y("n:Q", title=None, stack="zero", axis=alt.Axis(tickMinStep=1, format="d", tickCount=5))
    colours = alt.Scale(domain=[0, 1], range=["var(--accent)", "var(--wat)"])
    bars = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(x=x, y=y, color=alt.Color("k:O", legend=None, scale=colours), order="k:O")
    )
    chart = bars.properties(width=WIDTH, height=HEIGHT)
    return _svg(chart.to_dict(), title, _("Points de vigilance à la fin de chaque semaine, en charge en bas."))


@lru_cache(maxsize=64)
def frequency_svg(weeks: tuple[FrequencyWeek, ...], title: str) -> SafeString:
    """A point per class week, joined, against the line at one meeting; the last one says its number."""
    import altair as alt

    rows = [{"w": n, "f": week.mean, "label": _two_places(week.mean)} for n, week in enumerate(weeks)]
    points, last = alt.InlineData(values=rows), alt.InlineData(values=rows[-1:])
    every = [n for n in range(len(weeks)) if (len(weeks) - 1 - n) % 4 == 0]
    labels = " : ".join(f"datum.value == {n} ? '{short_week(weeks[n].monday)}'" for n in every) + " : ''"
    top = max(1.5, *(week.mean * 1.1 for week in weeks))
    steps = {0.0: "0", 0.5: number_format(0.5, 1), 1.0: _("1 par semaine"), 1.5: number_format(1.5, 1), 2.0: "2"}
    named = " : ".join(f"datum.value == {value} ? '{label}'" for value, label in steps.items()) + " : ''"
    x = alt.X(
        "w:Q",
        title=_("semaine du"),
        scale=alt.Scale(domain=[-0.5, len(weeks) + 0.5], nice=False),
        axis=alt.Axis(values=every, labelExpr=labels),
    )
    y = alt.Y(
        "f:Q",
        title=None,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(values=[step for step in steps if step <= top], labelExpr=named),
    )
    one = alt.InlineData(values=[{"f": 1}])
    line = alt.Chart(points).mark_line(color="var(--accent)", strokeWidth=2).encode(x=x, y=y)
    dots = alt.Chart(points).mark_point(size=40, fill="var(--surface)", color="var(--accent)", opacity=1)
    number = alt.Chart(last).mark_text(dy=14, fontSize=13, fontWeight="bold", color="var(--accent)")
    rule = alt.Chart(one).mark_rule(color="var(--ink)", strokeDash=[5, 3]).encode(y=y)
    chart = alt.layer(rule, line, dots.encode(x=x, y=y), number.encode(x=x, y=y, text="label:N"))
    chart = chart.properties(width=WIDTH - 44, height=HEIGHT)
    return _svg(chart.to_dict(), title, _("Rencontres tenues par dyade, chaque semaine de classe."))


def _weight(size: int, bounds: SizeBounds) -> int:
    """0 where nothing is to watch, 1 in the zone, 2 beyond."""
    return {Band.ZONE: 1, Band.BEYOND: 2}.get(bounds.band_of(size), 0)


def _two_places(mean: float) -> str:
    return str(number_format(round(mean, 2), 2))


def _percent(survival: Survival, months: int) -> str:
    return f"{survival.at(months).share * 100:.0f}\u00a0%"


def _svg(specification: dict[str, Any], title: str, description: str) -> SafeString:
    """The SVG of a chart, named for who hears it rather than sees it."""
    import vl_convert

    specification["config"] = {
        "background": "transparent",
        "font": FONT,
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "domainColor": "var(--line)",
            "gridColor": "var(--line)",
            "tickColor": "var(--control)",
            "labelColor": "var(--muted)",
            "titleColor": "var(--muted)",
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
        },
        "axisX": {"grid": False, "titleAnchor": "end"},
        "axisY": {"ticks": False, "domain": False},
    }
    drawn: str = vl_convert.vegalite_to_svg(specification)
    head, rest = drawn.split(">", 1)
    named = (
        f'{head} role="img"><title>{escape(title)}</title><desc>{escape(description)}</desc>{OWN_ROLES.sub("", rest)}'
    )
    return mark_safe(named)  # noqa: S308 (drawn from numbers; every text in it is escaped)
