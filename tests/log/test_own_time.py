"""One's own time is a record like the others: corrected, undone, put back, and forgotten after thirty days."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accompagnement.demo.cast import Cast
from mentoring.tasks import forget_undone_of
from people.models import User
from programs.models import FunctionTime
from tests.log.page import but, opened, restorable, words

pytestmark = pytest.mark.once


def test_time_is_corrected_undone_put_back_and_at_last_forgotten(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    client = client_of(cast.nadia)
    sent = {"entry_uuid": str(uuid.uuid4()), "day": cast.on.isoformat(), "function": "services", "minutes": "45"}
    client.post("/mon-temps/", sent)
    row = FunctionTime.objects.get()
    edit = f"/entrees/temps/{row.pk}/modifier/"
    form = opened(client, edit)
    assert client.post(edit, but(form, minutes="30")).status_code == 302
    assert "Deux versions de la même entrée" in words(client.post(edit, but(form, minutes="20"))), (
        "another tab had said otherwise"
    )
    row.refresh_from_db()
    assert row.minutes == 30
    history = client.get(f"/entrees/temps/{row.pk}/historique/").content.decode()
    assert "45" in history
    assert "30" in history
    client.post(f"/mon-temps/{row.pk}/annuler/")
    assert not FunctionTime.objects.kept().exists()
    [(address, said)] = restorable(client.get("/annulees/"))
    client.post(address, said)
    assert FunctionTime.objects.kept().get().minutes == 30
    client.post(f"/mon-temps/{row.pk}/annuler/")
    FunctionTime.objects.filter(pk=row.pk).update(deleted_at=timezone.now() - timedelta(days=32))
    forget_undone_of(cast.board.pk, cast.on.isoformat())
    assert not FunctionTime.objects.exists()
    assert not FunctionTime.history.exists()
