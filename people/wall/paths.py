"""How each table reaches its board: by a column of its own, or by the row that it belongs to."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignKey, Model, OneToOneField

BOARD = "people.SchoolBoard"
SEEN = "(SELECT string_to_array(current_setting('accompagnement.boards', true), ',')::bigint[])::bigint[]"
"""The boards of the wall, read once for a whole statement; without any said, nothing is equal to any of them."""

Rank = tuple[bool, bool, int, str]

OUTSIDE = {
    "accompagnement.Pulse": "when the worker and the backup were last well",
    "auth.Permission": "the names of what may be done: no row is of a person",
    "auth.Group": "unused",
    "auth.Group_permissions": "unused",
    "contenttypes.ContentType": "the names of the tables",
    "sessions.Session": "found by a secret before anybody is known; what it holds is signed",
    "sites.Site": "the installation's address",
    "socialaccount.SocialApp": "the installation's own",
}
"""Tables of no board, each with why."""

OF_OPERATORS = "people.User"
"""Its rows without a board are the operators, whose name a board may read on what they did there."""


def policies(models: Any) -> dict[str, str]:
    """By table, which of its rows are seen; ``models`` are those of an application registry."""
    return {
        model._meta.db_table: condition
        for model in models
        if not model._meta.proxy and model._meta.managed and (condition := condition_of(model))
    }


def condition_of(model: type[Model]) -> str:
    """What a row must meet to be seen behind the wall; empty when the table leads to no board."""
    if model._meta.label == BOARD:
        return f"id = ANY ({SEEN})"
    if (step := step_of(model)) is None:
        return ""
    target = step.related_model
    if target._meta.label != BOARD:
        table, key = target._meta.db_table, target._meta.pk.column
        # The policy of that table holds there too.
        own = f'"{model._meta.db_table}"."{step.column}"'
        return f'EXISTS (SELECT 1 FROM "{table}" p WHERE p."{key}" = {own})'  # noqa: S608 (our models' names)
    of_board = f'"{step.column}" = ANY ({SEEN})'
    if model._meta.label == OF_OPERATORS:
        return f'({of_board} OR ("{step.column}" IS NULL AND cardinality({SEEN}) > 0))'
    return of_board


def step_of(model: type[Model]) -> Any:
    """The key that leads nearer to the board; None when none does. The same whatever the order of the fields."""
    found = _steps(model, ())
    return min(found, key=lambda step: step[0])[1] if found else None


def _steps(model: type[Model], met: tuple[type[Model], ...]) -> list[tuple[Rank, Any]]:
    """Each key that leads to the board, with its rank: always there first, adults last, then the shortest way."""
    former = _told_by(model)
    found: list[tuple[Rank, Any]] = []
    for key in _keys(model):
        target = key.related_model
        if target is model or target in met or (former is not None and key.name != former.name):
            continue
        if target._meta.label == BOARD:
            found.append(((False, False, 0, key.name), key))
        elif further := _steps(target, (*met, model)):
            length = 1 + min(further, key=lambda step: step[0])[0][2]
            found.append(((key.null, target._meta.label == OF_OPERATORS, length, key.name), key))
    return found


def _told_by(model: type[Model]) -> Any:
    """A row of a history goes the way of the row that it tells of, though each of its keys may be empty."""
    name = model._meta.object_name or ""
    if not name.startswith("Historical"):
        return None
    return step_of(model._meta.apps.get_model(model._meta.app_label, name.removeprefix("Historical")))


def _keys(model: type[Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey | OneToOneField):
            yield field
