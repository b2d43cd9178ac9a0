"""Odd words in every field of every form: refused in a sentence or kept as they are, and never a failure.

All of it in « make audit » (``EVERY_ODD_WORD``); in each run of the suite, a few forms, which ``ODD_SEED`` draws.
"""

import os
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from people.models import User
from tests.hostile import faults, opened, opened_few, places, trials

EVERYTHING = bool(os.environ.get("EVERY_ODD_WORD"))
SEED = int(os.environ.get("ODD_SEED") or 7)
FEWEST_FORMS, FEWEST_KEPT = 180, 80
FEW_PAGES, FEW_TRIALS = 10, 50


@pytest.mark.on_postgresql
def test_no_form_fails_on_odd_words(numbered_cast: Cast, client_of: Callable[[User], Client]) -> None:
    clients = {None: Client()}

    def client(person: User | None) -> Client:
        if person not in clients:
            assert person is not None
            clients[person] = client_of(person)
        return clients[person]

    chance = Random(SEED)
    if EVERYTHING:
        found = places(opened(numbered_cast, client), numbered_cast)
        assert len(found) > FEWEST_FORMS
        every = [one for place in found for one in trials(place, chance)]
    else:
        found = places(opened_few(numbered_cast, client, chance, FEW_PAGES), numbered_cast)
        every = chance.sample([one for place in found for one in trials(place, chance)], FEW_TRIALS)
    answered: Counter[tuple[str, int]] = Counter()
    wrong = [f"{one}: {fault}" for one in every for fault in faults(one, client(one.place.person), answered)]
    assert not wrong, f"{len(wrong)} of {len(every)}:\n" + "\n".join(wrong[:100])
    assert answered["kept", 302] >= (FEWEST_KEPT if EVERYTHING else 0), answered
    assert sum(count for (_how, status), count in answered.items() if status == 422) > len(every) / 4
