"""Taking some rows out of the database with all that is theirs, and leaving no trace of them in what stays."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from guidelines.models import Flag
from people import wall
from people.models import AuditEntry, Draft, Message, Notification, User
from programs.models import Gesture

Rows = dict[type[models.Model], set[int]]
TOLD_OF_FINDINGS: tuple[tuple[type[models.Model], dict[str, Any]], ...] = (
    (Notification, {"kind__in": Notification.OF_FINDINGS}),
    (Message, {"kind": Message.Kind.REMINDER}),
)
KEPT: tuple[type[models.Model], ...] = (AuditEntry,)
"""The journal is never taken from: it says ids, and what was done to them."""


def remove(roots: Rows) -> Rows:
    """Delete the roots and, step by step, the rows that are nothing without them; answers all that is gone.

    A row that only names an invented adult as its author stays, without the name. To be called inside a transaction:
    foreign keys are checked at its end, so the order is free. No signal is sent, and history goes too.
    """
    gone, named = _reach(roots)
    for (model, field), pks in named.items():
        model._base_manager.filter(pk__in=pks - gone.get(model, set())).update(**{field: None})
    for model, lookup in TOLD_OF_FINDINGS:
        about = model._base_manager.filter(**lookup, target__in=gone.get(Flag, set()))
        for told, pks in _reach({model: set(about.values_list("pk", flat=True))})[0].items():
            gone[told] |= pks
    _drafts(gone).delete()
    with wall.down("a row is seen through the one that it belongs to, which may go before it"):
        for model, pks in gone.items():
            if name := getattr(model._meta, "simple_history_manager_attribute", None):
                _delete(getattr(model, name).model, "id", pks)
            _delete(model, "pk", pks)
    return gone


def _reach(roots: Rows) -> tuple[Rows, dict[tuple[type[models.Model], str], set[int]]]:
    gone: Rows = defaultdict(set)
    named = defaultdict[tuple[type[models.Model], str], set[int]](set)
    ahead = [(model, pks) for model, pks in roots.items() if pks]
    while ahead:
        model, pks = ahead.pop()
        new = pks - gone[model]
        gone[model] |= new
        for field in _pointing_at(model) if new else ():
            found = set(field.model._base_manager.filter(**{f"{field.name}__in": new}).values_list("pk", flat=True))
            if not found:
                continue
            if _goes_along(field):
                ahead.append((field.model, found))
            else:
                named[field.model, field.name] |= found
    return gone, named


def _pointing_at(model: type[models.Model]) -> Iterator[Any]:
    """The foreign keys of every model to this one, but those of histories and of the journal."""
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.local_concrete_fields:
            of: Any = field.remote_field
            if of is None or of.model is not model or other in KEPT or of.on_delete is models.DO_NOTHING:
                continue
            yield field


def _goes_along(field: Any) -> bool:
    """Whether a row is nothing without what it points at: a role that lost its programme must not become wider."""
    if not field.null or field.remote_field.on_delete is models.CASCADE:
        return True
    if field.model is Gesture and field.name == "program":
        return True
    return field.remote_field.on_delete is models.PROTECT and field.remote_field.model is not User


def _drafts(gone: Rows) -> "models.QuerySet[Draft]":
    """What was typed, and not saved, on the pages of what is gone."""
    about = Q(pk__in=())
    for model, pks in gone.items():
        if hasattr(model, "get_absolute_url"):
            for row in model._base_manager.filter(pk__in=pks):
                about |= Q(address__startswith=row.get_absolute_url())
    return Draft.objects.filter(about)


def _delete(model: type[models.Model], by: str, pks: set[int]) -> None:
    rows: Any = model._base_manager.filter(**{f"{by}__in": pks})
    rows._raw_delete(rows.db)
