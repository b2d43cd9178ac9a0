"""Fields as the templates draw them: their choices, their errors."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    hint: str
    id: str
    is_checked: bool


@dataclass(frozen=True)
class Problem:
    """One error: the words, and the id of the field that it is about (empty for the form's own)."""

    words: str
    target: str


def options(field: BoundField) -> list[Option]:
    """The choices of a field, whatever its widget; an empty choice that only means « none » is left out."""
    held = field.value()
    chosen = {str(value) for value in held} if isinstance(held, list | tuple | set) else {_text(held)}
    hints = getattr(field.field, "hints", {})
    found = []
    for n, (raw, label) in enumerate(_flat(field.field.choices)):  # type: ignore[attr-defined]
        value = _text(raw)
        if value or str(label).strip("-"):
            option = Option(value, str(label), str(hints.get(value, "")), f"{field.auto_id}_{n}", value in chosen)
            found.append(option)
    return found


def problems(form: BaseForm | None) -> list[Problem]:
    """The errors in the order of the fields, then the form's own."""
    if form is None or not form.errors:
        return []
    found = [Problem(_said(field, error), _target(field)) for field in form.visible_fields() for error in field.errors]
    found += [Problem(str(error), "") for field in form.hidden_fields() for error in field.errors]
    return found + [Problem(str(error), "") for error in form.non_field_errors()]


def _said(field: BoundField, error: object) -> str:
    """The words of the error; Django's own, which don't name the field, follow its label."""
    if error in {str(words) for kind in type(field.field).__mro__ for words in _defaults(kind)}:
        return _("%(field)s\u00a0: %(error)s") % {"field": field.label, "error": error}
    return str(error)


def _defaults(kind: type) -> Iterable[object]:
    messages: dict[str, object] = vars(kind).get("default_error_messages", {})
    return messages.values()


def _target(field: BoundField) -> str:
    """A group of choices has its first choice for target, so that the link puts the keyboard there."""
    return field.id_for_label or f"{field.auto_id}_0"


def _text(value: object) -> str:
    raw = getattr(value, "value", value)
    return "" if raw is None else str(raw)


def _flat(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = []
    for value, label in choices:
        pairs += label if isinstance(label, list | tuple) else [(value, label)]
    return pairs
