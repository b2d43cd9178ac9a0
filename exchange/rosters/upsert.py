"""Rows by key: create those that are unknown, change those that differ, leave the others alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from exchange.scratch import batches
from people.models import SchoolBoard
from people.models.base import KeyedModel

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


def differs(row: Any, values: Mapping[str, Any]) -> bool:
    """Set the values on the row; whether one of them was another."""
    changed = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def by_key(model: type[K], board: SchoolBoard, keys: Collection[str]) -> dict[str, K]:
    """Those of the rows that the board has. One query."""
    return {row.key: row for row in model._base_manager.filter(board=board, key__in=keys)} if keys else {}


def upsert(model: type[K], board: SchoolBoard, wanted: Mapping[str, dict[str, Any]], count: Count) -> dict[str, K]:
    """The wanted rows of the board by key, written: three queries per 500 rows at most.

    Values are complete for a new row; for a known one, those given replace what is there. A relation is given by its
    id (``school_id``), so that comparing reads no other row.
    """
    rows = {key: row for some in batches(wanted, BATCH) for key, row in by_key(model, board, some).items()}
    new: list[K] = []
    changed: list[K] = []
    names: set[str] = set()
    for key, values in wanted.items():
        if key not in rows:
            rows[key] = model(board=board, key=key, **values)
            new.append(rows[key])
        elif differs(rows[key], values):
            changed.append(rows[key])
            names |= values.keys()
        else:
            count.unchanged += 1
    model._base_manager.bulk_create(new, batch_size=BATCH)
    if changed:
        model._base_manager.bulk_update(changed, sorted(names), batch_size=200)
    count.created += len(new)
    count.updated += len(changed)
    return rows
