"""What a form showed of rows that exist already, in a few characters: so that no second save undoes a first unseen."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Manager, Model, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.comparing import Comparison, Line
from people.models import AuditEntry
from people.text import spoken

STAMP = "saved_at"
"""The hidden field that says which version a form was opened on, of rows as of logged records."""
OWN = {"entry_uuid", STAMP, "seen", "second"}
"""What a form holds that is no word of a row."""


def stamp_of(values: Mapping[str, Any]) -> str:
    """The same for the same values, whatever the moment."""
    text = json.dumps({name: _plain(value) for name, value in values.items()}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def shown_by(form: forms.Form) -> dict[str, Any]:
    """What a form shows at first, by field."""
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items() if name not in OWN}


def compare(form: forms.Form, shown: Mapping[str, Any], rows: Sequence[Model]) -> Comparison:
    """What was typed beside what the rows say now."""
    lines = [
        Line(_label(form, name), _words(field, form[name].value()), _words(field, shown[name]))
        for name, field in form.fields.items()
        if name in shown and not field.widget.is_hidden
    ]
    told = [line for line in lines if line.yours or line.theirs]
    last = _last_deed(rows)
    return Comparison(
        who=str(last.person or "") if last else "",
        at=last.at if last else None,
        lines=sorted(told, key=lambda line: not line.differs),
    )


def changed_meanwhile(rows: Sequence[Model]) -> bool:
    """Hold the rows until the transaction ends; whether one is no longer as it was read. A query a model."""
    by_model = defaultdict[type[Model], list[Model]](list)
    for row in rows:
        by_model[type(row)].append(row)
    return any(_differ(model, some) for model, some in by_model.items())


def _differ(model: type[Model], rows: Sequence[Model]) -> bool:
    held = model._base_manager.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in rows]).order_by("pk")
    now = {row.pk: row for row in held}
    fields = [field.attname for field in model._meta.concrete_fields]
    return any(
        row.pk not in now or any(getattr(now[row.pk], name) != getattr(row, name) for name in fields) for row in rows
    )


def _last_deed(rows: Sequence[Model]) -> AuditEntry | None:
    of = Q(pk=None)
    for row in rows:
        of |= Q(subject_type=row._meta.label_lower, subject_id=row.pk)
    return AuditEntry.objects.filter(of).select_related("person").order_by("-at", "-pk").first()


def _label(form: forms.Form, name: str) -> str:
    return capfirst(str(form[name].label))


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("oui") if value and value not in ("False", "off") else _("non")
    if isinstance(field, forms.MultipleChoiceField):
        chosen = {str(one) for one in value or []}
        return ", ".join(label for key, label in _choices(field) if key in chosen)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        key = str(field.prepare_value(value) if value is not None else "")
        return next((label for known, label in _choices(field) if known == key), key) if key else ""
    try:
        value = field.to_python(field.prepare_value(value))
    except ValidationError:
        return str(value)
    if isinstance(value, date):
        return spoken(value)
    return "\n".join(map(str, value)) if isinstance(value, list) else str("" if value is None else value)


def _choices(field: Any) -> Iterator[tuple[str, str]]:
    for key, label in field.choices:
        yield str(key), str(label)


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Manager | QuerySet | list | tuple | set):
        rows = value.all() if isinstance(value, Manager) else value
        return [_plain(one) for one in rows]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)
