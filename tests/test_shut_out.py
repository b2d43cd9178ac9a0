"""Who is deactivated is out in the same request: by every door, whoever closes the account, and for good."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accompagnement.demo.cast import Cast
from exchange.api.actions import make_calendar_link
from exchange.tests.api import ROOT, program_of
from people.actions.accounts import invite, reopen_accounts
from people.invitations import token
from people.models import Draft, User
from people.privacy.destruction import destroy
from people.retention import PEOPLE_KEPT
from tests.log.page import opened
from tests.rights_of_reports import prepared
from tools.sources import ROOT as SOURCES
from tools.sources import sources

ClientOf = Callable[[User], Client]
Door = Callable[[], bool]
"""Goes through, and says whether it opened."""
DAY = timedelta(days=1)
WRITES_IT = re.compile(r"""update\([^)]*is_active=False|\.is_active\s*=\s*False|["']is_active["']\s*:\s*False""")
MAY_WRITE_IT = {"people/actions/shutting.py", "people/actions/accounts.py"}
"""The second tells a row in memory what the first has written."""


def doors_of(person: User, cast: Cast, client: Client) -> dict[str, Door]:
    """All that lets in a teacher of the cast, or takes what they send; each made beforehand."""
    form = opened(client, f"/dyades/{cast.thomas_nadia.pk}/consigner/") | {"note": "Dit tout bas."}
    program, [sent] = program_of(person), invite(people=[person], person=None, at=timezone.now())
    agenda = make_calendar_link(person=person, entry_uuid=uuid.uuid4(), at=timezone.now()).secret
    link, report = token(sent), prepared(person)
    reset = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}

    def opens(name: str, *, status: int = 200, by: Client | None = None, **target: object) -> Door:
        return lambda: (by or Client()).get(reverse(name, kwargs=target)).status_code == status

    def keeps() -> bool:
        Draft.objects.all().delete()
        Client().post(reverse("draft_keep"), form)
        return Draft.objects.filter(person=person.pk).exists()

    def comes_back() -> bool:
        Draft.objects.all().delete()
        Client().post(f"/dyades/{cast.thomas_nadia.pk}/consigner/", form)
        return Draft.objects.filter(person=person.pk).exists()

    return {
        "session": opens("week", by=client),
        "file of a report": opens("report_file", by=client, pk=report.pk),
        "token": lambda: program.get(f"{ROOT}/me").status_code == 200,
        "agenda": opens("calendar_feed", secret=agenda),
        "open form": keeps,
        "form sent late": comes_back,
        "invitation": opens("invitation", token=link),
        "reset link": opens("account_reset_password_from_key", status=302, **reset),
    }


def opened_ones(doors: dict[str, Door]) -> list[str]:
    return [name for name, opens in doors.items() if opens()]


@pytest.mark.on_postgresql
def test_every_door_is_shut_in_the_same_request_and_none_opens_again(cast: Cast, client_of: ClientOf) -> None:
    doors = doors_of(cast.nadia, cast, client_of(cast.nadia))
    assert opened_ones(doors) == list(doors)
    client_of(cast.alain).post(reverse("person_close", args=[cast.nadia.pk]))
    assert opened_ones(doors) == []
    reopen_accounts(people=[cast.nadia], person=cast.alain)
    assert opened_ones(doors) == []


@pytest.mark.once
def test_who_is_destroyed_is_out_too(cast: Cast, client_of: ClientOf) -> None:
    doors = doors_of(cast.nadia, cast, client_of(cast.nadia))
    long_ago = {"starts_on": None, "ends_on": cast.on - PEOPLE_KEPT - DAY}
    cast.nadia.memberships.update(**long_ago)
    for kept in (cast.nadia.mentor.dyads, cast.nadia.led_groups):
        kept.update(starts_on=cast.on - 2 * DAY, **{"ends_on": cast.on - DAY})
    destroy(board=cast.board, person=cast.line, on=cast.on)
    assert opened_ones(doors) == []


def test_accounts_are_closed_in_one_place() -> None:
    """By a page, a bundle, a roster, a directory, a destruction: whoever closes calls ``shut_out``."""
    paths = sources(suffixes=[".py"], outside=["migrations", "tests", "bench", "faults"])
    found = {str(path.relative_to(SOURCES)) for path in paths if WRITES_IT.search(path.read_text())}
    assert found == MAY_WRITE_IT
