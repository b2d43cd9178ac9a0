"""What a signed-in person is answered is kept nowhere: the odd answers, beside those of ``test_access_matrix``."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from people.models import User
from tests.addresses import addresses
from tests.caching import kept_anywhere
from tests.cast import BACKEND
from tests.test_typed_forms import filled

ClientOf = Callable[[User], Client]


@pytest.mark.once
def test_what_was_typed_for_a_page_that_is_gone_is_shown_and_kept_nowhere(cast: Cast, client_of: ClientOf) -> None:
    client, path = client_of(cast.marc), reverse("dyad_liaison", args=[cast.ines_marc.pk])
    said = filled(client.get(path), "dyad_liaison", cast)
    assert said is not None
    cast.marc.memberships.all().delete()
    answer = client.post(path, said | {"note": "Inès a parlé de sa famille."})
    assert "Inès a parlé de sa famille." in answer.content.decode()
    assert not list(kept_anywhere(answer))


@pytest.mark.once
def test_account_pages_and_refusals_are_kept_nowhere(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.nadia, backend=BACKEND)
    own = [name for name in addresses() if name.startswith("account_") and "from_key" not in name]
    answers = {name: client.get(reverse(name)) for name in own}
    answers |= {"nowhere": client.get("/nulle-part/"), "wrong method": client.get(reverse("draft_discard"))}
    answers |= {"no token": client.post(reverse("hold_today")), "signing out": client.post(reverse("account_logout"))}
    assert answers["no token"].status_code == 403
    wrong = [f"{name}: {fault}" for name, answer in answers.items() for fault in kept_anywhere(answer)]
    assert not wrong, "\n".join(wrong)
