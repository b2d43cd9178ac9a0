"""``visible_to`` of every model, for everyone of two boards, against the rights table told row by row (``reach``)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from accompagnement.demo.cast import Cast
from tests.furnished import lead_of_both_schools
from tests.reach import Reach, Rows
from tests.rehearsal import OURS


def scoped_models() -> Iterator[type[Model]]:
    """The models whose rows are asked for by who reads them."""
    for model in apps.get_models():
        if model._meta.app_label in OURS and hasattr(model._default_manager, "visible_to"):
            yield model


@pytest.mark.once
def test_everyone_sees_what_the_rights_say_and_nothing_else(numbered_cast: Cast) -> None:
    people = [*numbered_cast.everyone(), lead_of_both_schools(numbered_cast)]
    rows, wrong, seen = Rows(), list[str](), set[type[Model]]()
    for person in people:
        reach = Reach(person, numbered_cast.on, rows)
        for model in scoped_models():
            expected = {row.pk for row in rows.all(model) if reach.sees(row)}
            scoped: Any = model._default_manager
            found = set(scoped.visible_to(person).values_list("pk", flat=True))
            seen |= {model} if found else set()
            for word, pks in (("also sees", found - expected), ("does not see", expected - found)):
                wrong += [f"{person} {word} {model.__name__}: {rows.get(model, pk)}" for pk in sorted(pks)[:3]]
    assert not wrong, "\n".join(wrong)
    assert seen == set(scoped_models()), "somebody sees rows of each model, or nothing is proved of it"
