"""The library of screen parts: ``{% load ui %}`` gives every tag and filter of this folder's modules."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from accompagnement.templatetags import dates, fields, stage, weeks

register = template.Library()

for written in dates.FILTERS:
    register.filter(written.__name__, written)

SHAPES = {
    "critical": mark_safe('<path d="M6 0l6 6-6 6-6-6z"/>'),
    "warning": mark_safe('<path d="M6 1l6 10.5H0z"/>'),
    "info": mark_safe('<circle cx="6" cy="6" r="5.2"/>'),
    "not_assessable": mark_safe('<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="2"/>'),
}
WORDS = {
    "critical": _("Prioritaire"),
    "warning": _("À surveiller"),
    "info": _("Pour information"),
    "not_assessable": _("Données insuffisantes"),
}
SCROLLERS = {
    "table": ("table-wrap", _("Tableau\u00a0: %(title)s")),
    "figure": ("figure-picture", _("Figure\u00a0: %(title)s")),
    "weeks": ("figure-picture is-from-end", _("Figure\u00a0: %(title)s")),
}
CHANNELS = {"phone": "telephone", "email": "envelope", "message": "chat-dots", "video": "camera-video"}
SELECTED = mark_safe(" selected")
STATES = {"ready": "check-lg", "expired": "circle", "stopped": "exclamation-circle"}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """A decorative icon of the sprite, 20 px, silent for screen readers: its words stand beside it."""
    address = static("img/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', address, name
    )


@register.filter
def channel_icon(channel: str) -> str:
    """The icon of a meeting's or a contact's channel."""
    return CHANNELS.get(channel, "people-fill")


@register.simple_tag
def severity_shape(severity: str) -> SafeString:
    """The shape alone, where the words of a link beside it say the severity."""
    return format_html(
        '<svg class="shape is-{}" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">{}</svg>',
        severity,
        SHAPES[severity],
    )


@register.simple_tag
def severity_badge(severity: str) -> SafeString:
    """Shape and word, for ``critical``, ``warning``, ``info`` or ``not_assessable``."""
    shape, word = severity_shape(severity), WORDS[severity]
    return format_html('<span class="badge-severity is-{}">{}{}</span>', severity, shape, word)


@register.simple_tag
def state_badge(state: str, word: str) -> SafeString:
    """A state of a file or a job: ``ready``, ``expired`` or ``stopped``, with its word."""
    return format_html('<span class="badge-state is-{}">{}{}</span>', state, icon(STATES[state]), word)


@register.simple_block_tag(end_name="endscroller")
def scroller(content: str, title: object, kind: str = "table") -> SafeString:
    """Round a ``table`` or a ``figure`` that may be wider than the screen: it alone scrolls, the page never does.

    ``weeks`` open on their last columns: on now.

    It is a region with a name, unlike any other of the page, and the keyboard reaches it to scroll it.
    """
    style, name = SCROLLERS[kind]
    shown = '<div class="{}" role="region" aria-label="{}" tabindex="0">{}</div>'
    return format_html(shown, style, name % {"title": title}, content)


@register.simple_tag
def week_cell(cell: weeks.Cell) -> SafeString:
    """One square, with the words that a screen reader reads."""
    return _drawn(weeks.square(cell))


@lru_cache(maxsize=4096)
def _drawn(square: weeks.Square) -> SafeString:
    """A table of meetings has hundreds of squares, few of which differ."""
    return render_to_string("components/week_square.html", {"square": square})


@register.inclusion_tag("components/week_strip.html")
def week_strip(cells: list[weeks.Cell], flat: bool = False) -> dict[str, Any]:
    """A dyad's class weeks, a group a month; ``flat`` puts a few weeks on one line over their Monday's day."""
    squares = [weeks.square(cell) for cell in cells]
    return {"squares": squares} if flat else {"months": weeks.by_month(squares)}


@register.filter
def closed_weeks(cells: list[weeks.Cell]) -> list[str]:
    """Which of the weeks are excused by a timetable whose days have no class, in sentences."""
    return weeks.closed_weeks(cells)


@register.inclusion_tag("components/week_legend.html")
def week_legend() -> dict[str, Any]:
    """What each square means."""
    return {"entries": weeks.legend()}


@register.simple_tag
def sparkline(cells: list[weeks.Cell]) -> SafeString:
    """The last weeks as bars, for a dense table; one sentence says them aloud."""
    squares = [weeks.square(cell) for cell in cells]
    looks = ((square.look, " is-many" if "many" in square.look else "") for square in squares)
    bars = format_html_join("", '<i class="is-{}{}"></i>', looks)
    said = ", ".join(square.words for square in squares if square.words)
    shown = '<span class="spark" aria-hidden="true">{}</span><span class="visually-hidden">{}</span>'
    return format_html(shown, bars, said)


@register.simple_tag
def filter_choice(field: BoundField, choices: Iterable[tuple[str, object]], chosen: str) -> SafeString:
    """A list of a bar of filters under its label, with what is chosen in it; written at once, for it may be long."""
    offered = ((value, SELECTED if value == chosen else "", label) for value, label in choices)
    return format_html(
        '<div><label class="form-label" for="{id}">{label}</label>'
        '<select class="form-select" name="{name}" id="{id}">{options}</select></div>',
        id=field.id_for_label,
        label=field.label,
        name=field.html_name,
        options=format_html_join("", '<option value="{}"{}>{}</option>', offered),
    )


register.inclusion_tag("components/stage_line.html")(stage.stage_line)


@register.filter
def is_day(field: BoundField) -> bool:
    """Whether the field is a date in the browser's own picker, which writes it as the browser was installed."""
    return getattr(field.field.widget, "input_type", "") == "date"


@register.filter
def day_in_words(field: BoundField) -> str:
    """« lundi 2 novembre 2026 » for the field's day, nothing when it is none."""
    try:
        return dates.full_date(field.field.to_python(field.value()))
    except ValidationError:
        return ""


@register.inclusion_tag("components/chips.html")
def chips(field: BoundField) -> dict[str, Any]:
    """The choices of a field as radio chips; second lines come from a ``hints`` mapping on the form field.

    The field that a chip « Autre » (value ``other``) calls for follows in a ``<div class="chips-other">``.
    """
    return {"field": field, "options": fields.options(field)}


@register.inclusion_tag("components/day_chips.html")
def day_chips(field: BoundField, first: bool = False) -> dict[str, Any]:
    """The days at hand as chips; a fold holds the ``weeks`` of the form field, then « Autre date » (``other``).

    With ``first``, what the page asks first: the keyboard stands there when the page opens.
    """
    weeks = getattr(field.field, "weeks", ())
    folded = {day.value for week in weeks for day in week.days}
    every = fields.options(field)
    return {
        "field": field,
        "options": [row for row in every if row.value != "other" and row.value not in folded],
        "other": next((row for row in every if row.value == "other"), None),
        "weeks": weeks,
        "chosen": str(field.value() or ""),
        "takes_focus": first and not field.form.is_bound,
        "is_open": str(field.value() or "") in {*folded, "other"},
    }


@register.inclusion_tag("components/attendance_chips.html")
def attendance_chips(field: BoundField) -> dict[str, Any]:
    """One chip a person, for a field that holds those absent."""
    return {"field": field, "options": fields.options(field), "sprite": static("img/icons.svg")}


@register.inclusion_tag("components/attendance_count.html")
def attendance_count(field: BoundField) -> dict[str, Any]:
    """« 10 présences sur 12 », for the save bar; counted by the style sheet as chips are tapped."""
    return {"total": len(fields.options(field))}


@register.inclusion_tag("components/error_summary.html", name="error_summary")
def error_summary(form: BaseForm | None) -> dict[str, Any]:
    """« Il y a un problème », with a link to each field in error; nothing when the form is right."""
    return {"form": form}


@register.filter
def problems(form: BaseForm | None) -> list[fields.Problem]:
    """Every error of a form, in the order of its fields, each with the id that its link leads to."""
    return fields.problems(form)


@register.filter
def tag_links(tags: str) -> dict[str, str]:
    """The addresses that a message's extra tags carry: ``undo:/x/|edit:/y/`` → ``{"undo": "/x/", "edit": "/y/"}``."""
    pairs = (part.split(":", 1) for part in (tags or "").split("|") if ":" in part)
    return {name.split()[-1]: address for name, address in pairs}


@register.inclusion_tag("components/empty_state.html")
def empty_state(icon: str, title: str, text: str, url: str = "", label: str = "") -> dict[str, Any]:
    """One drawing, one sentence, one action; ``icon`` names a sprite icon for the action."""
    return {"icon_name": icon, "title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Previous and next pages of a paginated list, keeping the filters of the address."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "query": query.urlencode()}
