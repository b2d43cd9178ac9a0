"""Rows by key: create those that are unknown, change those that differ, leave the others alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from exchange.scratch import batches
from exchange.storing import insert
from people.models import SchoolBoard
from people.models.base import KeyedModel
from people.witness import tell_changed

K = TypeVar("K", bound=KeyedModel)
BATCH = 500


@dataclass
class Count:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    ended: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated or self.ended)


@dataclass
class Counts:
    by_kind: dict[str, Count] = field(default_factory=dict)

    def of(self, kind: str) -> Count:
        return self.by_kind.setdefault(kind, Count())


def differs(row: models.Model, values: Mapping[str, Any]) -> bool:
    """Set the values on the row; whether one of them was another."""
    before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    for name in before:
        setattr(row, name, values[name])
    tell_changed(row, **before)
    return bool(before)


def by_key(model: type[K], board: SchoolBoard, keys: Collection[str]) -> dict[str, K]:
    """Those of the rows that the board has. One query."""
    return {row.key: row for row in model._base_manager.filter(board=board, key__in=keys)} if keys else {}


def upsert(
    model: type[K],
    board: SchoolBoard,
    wanted: Mapping[str, dict[str, Any]],
    count: Count,
    known: Mapping[str, K] | None = None,
) -> None:
    """Write the wanted rows of the board, by key: three queries per 500 rows at most, one less with those ``known``.

    Values are complete for a new row; for a known one, those given replace what is there. A relation is given by its
    id (``school_id``), so that comparing reads no other row.
    """
    for keys in batches(wanted, BATCH):
        rows = by_key(model, board, keys) if known is None else known
        new = [{"board_id": board.pk, "key": key, **wanted[key]} for key in keys if key not in rows]
        changed = [key for key in keys if key in rows and differs(rows[key], wanted[key])]
        insert(model, new)
        if changed:
            names = sorted({name for key in changed for name in wanted[key]})
            model._base_manager.bulk_update([rows[key] for key in changed], names, batch_size=200)
        count.created += len(new)
        count.updated += len(changed)
        count.unchanged += len(keys) - len(new) - len(changed)
