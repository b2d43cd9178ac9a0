"""Rows as they were: taken out of the tables with all that hangs on them, and put back there."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, router, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _

from people import wall
from people.models import User

M = TypeVar("M", bound=models.Model)
Picture = list[dict[str, Any]]
"""Rows as JSON, each with its model, its number and its fields."""


class Changes:
    """What a gesture writes in rows that stay: what each field said, what it says now."""

    def __init__(self) -> None:
        self.rows: Picture = []

    def write(self, row: models.Model, **values: Any) -> None:
        """Let the row say something else, by attribute."""
        was = {name: getattr(row, name) for name in values}
        if was == values:
            return
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        self.rows.append({"model": row._meta.label_lower, "pk": row.pk, "was": was, "now": values})

    def saw(self, row: models.Model, **was: Any) -> None:
        """Note what something else has just written in a row, from what the attributes said before."""
        now = {name: getattr(row, name) for name in was}
        if now != was:
            self.rows.append({"model": row._meta.label_lower, "pk": row.pk, "was": was, "now": now})

    def made(self, row: models.Model) -> None:
        """Note a row that is new: undone, it goes with all that hangs on it."""
        now = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        self.rows.append({"model": row._meta.label_lower, "pk": row.pk, "was": None, "now": now})

    def unset(self, row: models.Model, name: str) -> None:
        """Note that the database empties a pointer of the row."""
        value = getattr(row, name)
        self.rows.append({"model": row._meta.label_lower, "pk": row.pk, "was": {name: value}, "now": {name: None}})


def take_out(row: models.Model, changes: Changes) -> Picture:
    """Delete a row and all that hangs on it; what they said. Pointers to it that are emptied go to ``changes``."""
    collector = Collector(using=router.db_for_write(type(row)), origin=row)
    try:
        collector.collect([row])
    except (ProtectedError, RestrictedError) as refusal:
        words = _("Autre chose s’y rattache encore\u00a0: retirez-le d’abord.")
        raise ValidationError(words) from refusal
    rows = [one for group in collector.data.values() for one in group]
    rows += [one for query in collector.fast_deletes for one in query]
    for (field, _value), pointing in collector.field_updates.items():
        for one in _each(pointing):
            changes.unset(one, field.attname)
    picture: Picture = serializers.serialize("python", rows)
    row.delete()
    return picture


def take_all_out(rows: "models.QuerySet[Any]") -> Picture:
    """Delete rows on which nothing hangs, at once; what they said."""
    picture: Picture = serializers.serialize("python", rows)
    rows._raw_delete(rows.db)
    return picture


def bring_in(picture: Picture, person: User | None) -> None:
    """Insert the rows again, under their own numbers; refused when what they point to is gone, or taken."""
    rows = [told.object for told in serializers.deserialize("python", picture)]
    back = {(type(row), row.pk) for row in rows}
    for row in rows:
        for field in row._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and (pk := getattr(row, field.attname)) is not None:
                model = field.related_model
                if (model, pk) not in back and not model._base_manager.filter(pk=pk).exists():
                    raise ValidationError(_("Ce à quoi cela se rattachait n’existe plus\u00a0: rien n’est rétabli."))
    try:
        with transaction.atomic(), wall.down("a row may come back before the one that it belongs to"):
            for row in rows:
                row.save_base(raw=True, force_insert=True)
    except IntegrityError as refusal:
        raise ValidationError(_("Autre chose a pris sa place entre-temps\u00a0: rien n’est rétabli.")) from refusal
    _remember(rows, person)


def change_back(changed: Picture) -> None:
    """Let the rows say again what they said, and those that were new go; refused when one has been changed since."""
    for told in reversed(changed):
        row = _now(told)
        if row is None:
            continue
        if _differs(row, told):
            raise ValidationError(_("Cela a changé entre-temps\u00a0: rien n’est rétabli. Corrigez plutôt la page."))
        if told["was"] is None:
            take_out(row, Changes())
            continue
        for name, value in told["was"].items():
            setattr(row, name, _value(type(row), name, value))
        row.save()


def new_rows(changed: Picture) -> list[Any]:
    """Of what a gesture wrote, the rows that it made and that are still there."""
    return [row for told in changed if told["was"] is None and (row := _now(told)) is not None]


def changed_since(changed: Picture) -> list[Any]:
    """Of the rows that a gesture wrote, those that say something else by now."""
    last: dict[tuple[str, Any], dict[str, Any]] = {(told["model"], told["pk"]): {} for told in changed}
    for told in changed:
        last[told["model"], told["pk"]] |= told["now"]
    rows = ((_now({"model": model, "pk": pk}), now) for (model, pk), now in last.items())
    return [row for row, now in rows if row is not None and _differs(row, {"now": now})]


def _now(told: Mapping[str, Any]) -> Any:
    return apps.get_model(told["model"])._base_manager.filter(pk=told["pk"]).first()


def _differs(row: Any, told: Mapping[str, Any]) -> bool:
    return any(
        _as_kept(getattr(row, name)) != _as_kept(_value(type(row), name, value)) for name, value in told["now"].items()
    )


def _as_kept(value: Any) -> Any:
    """Moments are kept in JSON to the millisecond."""
    return value.replace(microsecond=value.microsecond // 1000 * 1000) if isinstance(value, datetime) else value


def subject_of(picture: Picture, model: type[models.Model], pk: int) -> Any:
    """The row as it was, not stored; None when the picture does not hold it."""
    for told in picture:
        if told["model"] == model._meta.label_lower and told["pk"] == pk:
            return next(iter(serializers.deserialize("python", [told]))).object
    return None


def rows_of(picture: Picture, model: type[M]) -> list[M]:
    """The rows of a model as they were, not stored."""
    told = [one for one in picture if one["model"] == model._meta.label_lower]
    rows = (one.object for one in serializers.deserialize("python", told))
    return [row for row in rows if isinstance(row, model)]


def destroy_versions(picture: Picture) -> None:
    """Destroy the history of rows that will not come back."""
    for told in picture:
        model: Any = apps.get_model(told["model"])
        name = getattr(model._meta, "simple_history_manager_attribute", None)
        if name:
            getattr(model, name).filter(**{model._meta.pk.name: told["pk"]}).delete()


def _each(pointing: Any) -> Iterable[models.Model]:
    """Django keeps them as lists of rows, or as lists of queries."""
    for one in pointing:
        if isinstance(one, models.Model):
            yield one
        else:
            yield from _each(one)


def _remember(rows: Iterable[Any], person: User | None) -> None:
    """A line of history for those that have one: they came back."""
    for row in rows:
        name = getattr(type(row)._meta, "simple_history_manager_attribute", None)
        if name:
            row._history_user, row._history_date = person, timezone.now()
            getattr(type(row), name).bulk_history_create([row])


def _value(model: type[models.Model], name: str, stored: Any) -> Any:
    field: Any = next(field for field in model._meta.concrete_fields if name in (field.name, field.attname))
    if isinstance(field, models.ForeignKey):
        return stored
    return field.to_python(stored) if stored is not None else None
