"""The bars of findings raised, in hand and cleared."""

from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.charts import HEIGHT, WIDTH, said, svg

Week = tuple[str, tuple[int, int, int]]
"""Its day, then how many are new, in hand, cleared."""
HATCH = (
    '<defs><pattern id="trend-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="var(--surface)"/><rect width="2.5" height="6" fill="var(--accent)"/>'
    "</pattern></defs>"
)
FILLS = ("var(--accent)", "url(#trend-hatch)", "var(--accent-soft)")
NAMES_WIDTH = 112
ROOM = {"left": 5, "top": 5, "bottom": 5, "right": 24}
"""A reader's own font may be wider than the one that the names were measured with."""
MOST_NAMED = 4
"""Weeks whose day is written under the axis."""


@lru_cache(maxsize=64)
def trend_svg(weeks: tuple[Week, ...], title: str) -> SafeString:
    """A bar per week in three patterns, each with an edge: new ones full, in hand hatched, cleared soft.

    Beside the last one, the name and the number of each.
    """
    import altair as alt

    every = max(1, -(-len(weeks) // MOST_NAMED))
    shown = [n for n in range(len(weeks)) if (len(weeks) - 1 - n) % every == 0]
    x = alt.X(
        "w:Q",
        title=_("semaine du"),
        scale=alt.Scale(domain=[-0.6, len(weeks) - 0.4], nice=False),
        axis=alt.Axis(values=shown, labelExpr=said({n: weeks[n][0] for n in shown}), labelAngle=0, ticks=False),
    )
    top = max(max(sum(numbers) for _day, numbers in weeks), 1)
    y = alt.Y(
        "from:Q",
        title=None,
        scale=alt.Scale(domain=[0, top * 1.05], nice=False),
        axis=alt.Axis(tickMinStep=1, tickCount=4, format="d"),
    )
    width = WIDTH - NAMES_WIDTH
    size = min(30, int(width / len(weeks) * 0.72))

    def bars(kind: int) -> Any:
        pieces = [
            {"w": n, "from": (base := sum(numbers[kind + 1 :])), "to": base + numbers[kind]}
            for n, (_day, numbers) in enumerate(weeks)
        ]
        look: dict[str, Any] = {"fill": FILLS[kind], "stroke": "var(--accent)", "strokeWidth": 1}
        chart = alt.Chart(alt.InlineData(values=[piece for piece in pieces if piece["to"] > piece["from"]]))
        return chart.mark_bar(size=size, opacity=1, **look).encode(x=x, y=y, y2="to:Q")

    layers: list[Any] = [bars(kind) for kind in range(3)]
    for kind, name in enumerate(_names(*weeks[-1][1])):
        place = alt.Chart(alt.InlineData(values=[{"t": name}]))
        at = {"y": alt.value(HEIGHT - 88 + 34 * kind)}
        square = place.mark_point(shape="square", size=190, opacity=1, fill=FILLS[kind], stroke="var(--accent)")
        layers.append(square.encode(x=alt.value(width + 14), **at))
        text = place.mark_text(align="left", fontSize=12, color="var(--ink)")
        layers.append(text.encode(x=alt.value(width + 26), text="t:N", **at))
    chart = alt.layer(*layers).properties(width=width, height=HEIGHT, padding=ROOM)
    description = _(
        "Relations et groupes de chaque semaine\u00a0: nouveaux en plein, en charge hachurés, réglés en pâle."
    )
    return svg(chart.to_dict(), title, description, HATCH)


def _names(raised: int, in_hand: int, cleared: int) -> list[str]:
    return [
        ngettext("%(n)s nouveau", "%(n)s nouveaux", raised) % {"n": raised},
        ngettext("%(n)s en charge", "%(n)s en charge", in_hand) % {"n": in_hand},
        ngettext("%(n)s réglé", "%(n)s réglés", cleared) % {"n": cleared},
    ]
