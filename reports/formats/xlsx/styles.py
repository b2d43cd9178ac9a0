"""How cells look, and what text and names of sheets may hold."""

import re
from dataclasses import dataclass
from typing import Any, Self

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold."""
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
LONGEST_TEXT = 32_767
NARROWEST, WIDEST = 8, 60
"""Columns, in characters."""


@dataclass(frozen=True)
class Styles:
    title: Any
    note: Any
    label: Any
    wrapped: Any
    link: Any
    heading: Any
    heading_right: Any
    text: Any
    guarded: Any
    """Text that would run if somebody typed it again: the spreadsheet keeps it as text."""
    number: Any
    decimal: Any
    percent: Any
    date: Any
    unsaid: Any

    @classmethod
    def of(cls, book: Any) -> Self:
        def style(**of: object) -> Any:
            return book.add_format({"valign": "top", **of})

        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "bg_color": "#EEF1F4"}
        return cls(
            title=style(bold=True, font_size=16),
            note=style(font_color="#555555"),
            label=style(bold=True),
            wrapped=style(text_wrap=True, num_format="@"),
            link=style(font_color="#0B5CAD", underline=1),
            heading=book.add_format(head),
            heading_right=book.add_format({**head, "align": "right"}),
            text=style(num_format="@"),
            guarded=style(num_format="@", quote_prefix=True),
            number=style(num_format="0"),
            decimal=style(num_format="0.0###"),
            percent=style(num_format="0.0\u00a0%"),
            date=style(num_format="yyyy-mm-dd"),
            unsaid=style(font_color="#767676", italic=True, align="right"),
        )


def clean(text: object) -> str:
    """Text that a cell can hold."""
    kept = ILLEGAL.sub("", str(text))
    return kept if len(kept) <= LONGEST_TEXT // 2 else kept[: LONGEST_TEXT // 2 - 1] + "…"


def sheet_name(title: object, taken: "dict[str, Any]") -> str:
    """A name that every program takes, unlike those taken already."""
    whole = " ".join(FORBIDDEN.sub(" ", clean(title)).split()).strip(" '") or "Tableau"
    used = {name.casefold() for name in taken} | {"history"}
    name, number = whole[:LONGEST_NAME].strip(" '"), 1
    while name.casefold() in used:
        number += 1
        end = f" ({number})"
        name = whole[: LONGEST_NAME - len(end)].strip(" '") + end
    return name


def print_set_up(sheet: Any, title: object, heading_row: int | None) -> None:
    """Wide, letter paper, all columns on one page's width, headings and foot on each page."""
    sheet.set_landscape()
    sheet.set_paper(1)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    said = clean(title).replace("&", "&&")[:200]
    sheet.set_footer(f"&L&8{said}&R&8&P / &N")
    if heading_row is not None:
        sheet.repeat_rows(heading_row)
