"""The histogram of how often dyads meet."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts import HEIGHT, WIDTH, said, svg


@dataclass(frozen=True)
class Bars:
    """The dyads of one cadence: of each bar its label, its number, and whether it reaches one meeting."""

    cadence: str
    bars: tuple[tuple[str, int, bool], ...]


@lru_cache(maxsize=64)
def frequency_svg(cadences: tuple[Bars, ...], title: str) -> SafeString:
    """A histogram for each cadence: hollow bars under one meeting, full ones from it on, their numbers above."""
    import altair as alt

    height = HEIGHT if len(cadences) == 1 else HEIGHT * 2 // 3
    chart = alt.vconcat(*(_histogram(one, height) for one in cadences), spacing=28)
    return svg(chart.to_dict(), title, _("Nombre de dyades selon leurs rencontres, en moyenne."))


def _histogram(one: Bars, height: int) -> Any:
    import altair as alt

    top = max(number for _label, number, _reaches in one.bars)
    rows = [{"n": n, "d": number} for n, (_label, number, _reaches) in enumerate(one.bars)]
    under = sum(not reaches for _label, _number, reaches in one.bars)
    dyads = sum(number for _label, number, _reaches in one.bars)
    words = _("rencontres %(cadence)s, n = %(n)s") % {"cadence": one.cadence, "n": dyads}
    x = alt.X(
        "n:Q",
        title=words,
        scale=alt.Scale(domain=[-0.6, len(rows) - 0.4], nice=False),
        axis=alt.Axis(
            values=list(range(len(rows))),
            labelExpr=said({n: label for n, (label, _number, _reaches) in enumerate(one.bars)}),
            ticks=False,
        ),
    )
    y = alt.Y(
        "d:Q",
        title=None,
        scale=alt.Scale(domain=[0, top * 1.18], nice=False),
        axis=alt.Axis(tickMinStep=1, tickCount=4, format="d"),
    )

    def bars(some: list[dict[str, Any]], **look: Any) -> Any:
        return alt.Chart(alt.InlineData(values=some)).mark_bar(size=34, opacity=1, **look).encode(x=x, y=y)

    hollow = bars(rows[:under], fill="var(--surface)", stroke="var(--pri)", strokeWidth=2)
    full = bars(rows[under:], fill="var(--accent)")
    numbers = [
        alt.Chart(alt.InlineData(values=some))
        .mark_text(dy=-8, fontSize=13, fontWeight="bold", color=ink)
        .encode(x=x, y=y, text="d:Q")
        for some, ink in ((rows[:under], "var(--pri)"), (rows[under:], "var(--accent)"))
    ]
    line = alt.InlineData(values=[{"n": under - 0.5, "t": _("balise\u00a0: une rencontre")}])
    rule = alt.Chart(line).mark_rule(color="var(--ink)", strokeDash=[4, 3], strokeWidth=1.5).encode(x=x)
    name = alt.Chart(line).mark_text(align="right", dx=-6, fontSize=12, fontWeight="bold", color="var(--ink)")
    layers = alt.layer(hollow, full, *numbers, rule, name.encode(x=x, y=alt.value(6), text="t:N"))
    return layers.properties(width=WIDTH, height=height)
