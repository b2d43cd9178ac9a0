"""Pictures of figures, drawn on the server as SVG: no script, no inline style, colours of the page (light or dark).

Drawn at about 440 units wide, so that 12-unit text stays 12 px. Each, in ``reports.drawings``, is kept by its data:
the same figures are drawn once.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 372, 216
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
OWN_ROLES = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*"|role="img"|aria-label="[^"]*")')
"""Vega names every mark for screen readers; the whole picture has one name, and its table beside it."""


def percent(share: float) -> str:
    """« 65 % » for a share of 0.65."""
    return _("%(percent)s\u00a0%%") % {"percent": round(share * 100)}


def said(labels: Mapping[float, str]) -> str:
    """What an axis says at some of its values."""
    return " : ".join(f"datum.value == {value} ? '{label}'" for value, label in labels.items()) + " : ''"


def svg(specification: dict[str, Any], title: str, description: str, patterns: str = "") -> SafeString:
    """The SVG of a chart, named for who hears it rather than sees it; ``patterns`` are those that it fills with."""
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
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    named = f'{head} role="img">{words}{patterns}{OWN_ROLES.sub("", rest)}'
    return mark_safe(named)  # noqa: S308 (drawn from numbers; every text in it is escaped)
