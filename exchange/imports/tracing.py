"""What an import wrote, remembered so that it can be taken back: keys, and what stood there before."""

from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from exchange.models import ImportRun, ImportTrace
from people.bulk import store

KEPT = bool | int | float | str | list | dict
FOR_GOOD, GONE = "for_good", "gone"


class Trace:
    """Gathers the deeds of one run and keeps them with it; ``settle`` writes what was gathered."""

    def __init__(self, run: ImportRun) -> None:
        self.run, self.waiting = run, list[dict[str, Any]]()

    def created(self, model: type[models.Model], pks: Iterable[int]) -> None:
        self.waiting += [self._row(model, pk, None, None) for pk in pks]

    def changed(self, row: models.Model, before: dict[str, Any]) -> None:
        """To be called before the row changes; ``settle`` reads what it has become."""
        self.waiting.append(self._row(type(row), row.pk, plain(before), row))

    def removed(self, row: models.Model) -> None:
        said = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        self.waiting.append(self._row(type(row), row.pk, plain(said), {GONE: True}))

    def for_good(self, row: models.Model) -> None:
        self.waiting.append(self._row(type(row), row.pk, {FOR_GOOD: True}, None))

    def settle(self) -> None:
        for told in self.waiting:
            if isinstance(told["after"], models.Model):
                told["after"] = plain({name: getattr(told["after"], name) for name in told["before"]})
        store(ImportTrace, self.waiting)
        self.waiting = []

    def _row(self, model: type[models.Model], pk: int, before: Any, after: Any) -> dict[str, Any]:
        return {"run_id": self.run.pk, "model": model._meta.label_lower, "row": pk, "before": before, "after": after}


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them."""
    encoder = DjangoJSONEncoder()
    return {
        name: value if value is None or isinstance(value, KEPT) else encoder.default(value)
        for name, value in values.items()
    }
