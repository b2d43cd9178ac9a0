"""What a person may act on is among what they see: each other narrowing of a queryset for a user, for each role."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model

from accompagnement.demo.cast import Cast
from tests.test_access_matrix import ROLES
from tests.test_visible_rows import scoped_models

BEYOND = {
    ("Student", "openable_by"): "the privacy officer's, once they have said why",
    ("Flag", "counted_for"): "counted by the board's administration, never read",
    ("Membership", "managed_by"): "a role at one's school of an adult of another, whom its door asks for first",
    ("Doubt", "raised_by"): "to take one's own back",
}
"""What is not among the rows that one sees, each with why; of one's own board all the same."""


def narrowings(model: type[Model]) -> Iterator[str]:
    kind = type(model._default_manager.all())
    for name, method in inspect.getmembers(kind, inspect.isfunction):
        told = list(inspect.signature(method).parameters)
        if name.endswith(("_by", "_to")) and told[1:2] == ["user"] and name != "visible_to":
            yield name


@pytest.mark.once
def test_what_one_may_act_on_is_among_what_one_sees(numbered_cast: Cast) -> None:
    wrong, tried = list[str](), 0
    for person in [getattr(numbered_cast, name) for name in ROLES.values() if name]:
        for model in scoped_models():
            names = list(narrowings(model))
            rows: Any = model._default_manager
            seen = set(rows.visible_to(person).values_list("pk", flat=True)) if names else set()
            for name in names:
                found = getattr(rows.all(), name)(person)
                pks, tried = set(found.values_list("pk", flat=True)), tried + 1
                if (model.__name__, name) in BEYOND:
                    theirs = set(found.filter(board=person.board_id).values_list("pk", flat=True))
                    wrong += [f"{person} {model.__name__}.{name} of another board"] if pks - theirs else []
                elif pks - seen:
                    wrong.append(f"{person} {model.__name__}.{name}: {sorted(pks - seen)[:3]}")
    assert not wrong, "\n".join(wrong)
    assert tried > 200
