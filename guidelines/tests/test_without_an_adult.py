"""A dyad whose mentor left is without an adult: that is decided on, and nobody is late for its weeks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guidelines.attention import attention
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from people.actions.accounts import close_accounts
from people.models import User
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def subjects(cast: Cast) -> set[tuple[str, int]]:
    return {(row.kind, row.pk) for row in attention(cast.julie, on=cast.on).rows}


@pytest.mark.parametrize("replaced", [False, True])
def test_its_silence_rests_and_it_waits_for_a_decision(cast: Cast, client_of: ClientOf, replaced: bool) -> None:
    evaluate_board(cast.board, on=cast.on)
    dyad = ("dyad", cast.ines_marc.pk)
    assert dyad in subjects(cast)
    if replaced:
        cast.ines_marc.substitutes.create(person=cast.sylvie, starts_on=cast.on, ends_on=cast.on + timedelta(days=30))
    close_accounts(people=[cast.marc], person=cast.alain, at=timezone.now())
    evaluate_board(cast.board, on=cast.on)
    assert Flag.objects.live().filter(guideline="dyad-gap", dyad=cast.ines_marc).exists(), "what holds is still found"
    assert (dyad in subjects(cast)) == replaced
    client = client_of(cast.julie)
    page, listed = (client.get(path).content.decode() for path in (f"/dyades/{cast.ines_marc.pk}/", "/vigilance/"))
    assert ("sans adulte\u00a0: à décider" in page) != replaced
    assert ("Sans adulte, car Marc-Olivier Thériault n’est plus là" in listed) != replaced
