"""The sizes of groups against their bands."""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from programs.sizes import Band, SizeBounds, shared
from reports.charts import WIDTH, svg

if TYPE_CHECKING:
    from altair import InlineData

Sized = tuple[str, int, SizeBounds]
"""A group by its name, its members and the bounds of its programme."""
NAME, LETTER = 130, 7
"""The widest that a name may be, and one letter, where it is drawn; a browser's own are up to a fifth wider."""
USUAL = 60
"""A name's width that leaves the drawing its own; a longer one takes the rest from it, so that all stays as wide."""
AROUND = {"top": 5, "right": 5, "bottom": 5}
ROOM = 5
"""Members that the sizes show past the largest bound."""


class Stretch(NamedTuple):
    """A band of a group: from a size to another."""

    g: str
    first: int
    last: int
    label: str
    fill: str
    ink: str


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
        Stretch(name, first, last, label, fill, ink)
        for name, _size, bounds in groups
        for first, last, label, fill, ink in (
            (bounds.fewest, bounds.comfortable, bounds.usual, "var(--band)", "var(--accent)"),
            (bounds.comfortable, bounds.most, bounds.zone, "var(--wat-bg)", "var(--wat)"),
            (bounds.most, top, _("plus de %(most)s") % {"most": bounds.most}, "var(--pri-bg)", "var(--pri)"),
        )
        if first < last
    ]
    points, bands = alt.InlineData(values=rows), _data(stretches)
    names = [name for name, _size, _bounds in groups]
    longest = min(NAME, LETTER * max(map(len, names)))
    width = WIDTH - max(0, longest - USUAL)
    y = alt.Y("g:N", title=None, sort=names, axis=alt.Axis(domain=False, ticks=False, labelLimit=NAME))
    x = alt.X(
        "first:Q",
        title=_("membres actifs"),
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(values=sorted({0, same.fewest, same.comfortable, same.most, top} if same else {0, top})),
    )
    area = alt.Chart(bands).mark_rect().encode(x=x, x2="last:Q", y=y, color=alt.Color("fill:N", scale=None))
    named = [stretch for stretch in stretches if stretch.g == names[0]]
    narrow = [one for one in named[1:-1] if (one.last - one.first) * width < top * LETTER * len(one.label)]
    above = [
        alt.Chart(_data(some))
        .transform_calculate(middle="(datum.first + datum.last) / 2")
        .mark_text(fontSize=12, fontWeight="bold", dy=-height)
        .encode(x="middle:Q", y=alt.value(0), text="label:N", color=alt.Color("ink:N", scale=None))
        for some, height in (([one for one in named if one not in narrow], 10), (narrow, 24))
    ]
    beside = (
        alt.Chart(points)
        .mark_text(align="right", dx=-6, fontSize=12, color="var(--muted)")
        .encode(x=alt.value(width), y=y, text="zone:N")
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
    chart = alt.layer(area, stem, point, number, *(above if same else [beside]))
    chart = chart.properties(
        width=WIDTH, height=max(60, 30 * len(groups)), padding={**AROUND, "left": 5 + longest // 5}
    )
    chart = chart.resolve_scale(color="independent", shape="independent")
    return svg(chart.to_dict(), title, _("Membres actifs de chaque groupe."))


def _data(stretches: list[Stretch]) -> "InlineData":
    import altair as alt

    return alt.InlineData(values=[one._asdict() for one in stretches])


def _weight(size: int, bounds: SizeBounds) -> int:
    """0 where nothing is to watch, 1 in the zone, 2 beyond."""
    return {Band.ZONE: 1, Band.BEYOND: 2}.get(bounds.band_of(size), 0)


def warm_up() -> None:
    """Load the drawing libraries before anybody waits for a figure: some three seconds, once a process."""
    group_sizes_svg((("", 1, SizeBounds(1, 2, 3)),), "")
