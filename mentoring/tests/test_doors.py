"""Who opens what: a stranger finds nothing, the right person in the wrong role is told so."""

from collections.abc import Callable

import pytest
from django.test import Client

from mentoring.models import DyadMeeting
from people.models import User
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
# By action on Thomas and Nadia's dyad: its mentor, another mentor, the lead, the school's manager, the board's
# administrator, and the mentor and the lead of another board.
PEOPLE = ("nadia", "marc", "julie", "alain", "robert", "other_mentor", "other_lead")
READ = (200, 404, 200, 200, 404, 404, 404)
LOG = (200, 404, 200, 403, 404, 404, 404)
PLAN = (200, 404, 200, 200, 404, 404, 404)
RUN = (403, 404, 200, 200, 404, 404, 404)
ACTIONS = {
    "/dyades/{dyad}/": READ,
    "/dyades/{dyad}/consigner/": LOG,
    "/dyades/{dyad}/planifier/": PLAN,
    "/dyades/{dyad}/pause/": RUN,
    "/dyades/{dyad}/terminer/": RUN,
    "/rencontres/{meeting}/modifier/": LOG,
    "/rencontres/{meeting}/non-tenue/": LOG,
}
POSTS = {
    "/dyades/{dyad}/reprendre/": tuple(302 if code == 200 else code for code in RUN),
    "/rencontres/{meeting}/annuler/": tuple(302 if code == 200 else code for code in LOG),
    "/rencontres/{meeting}/tenue/": tuple(302 if code == 200 else code for code in LOG),
}
PAGES = {
    "/semaine/": (200, 200, 200, 403, 403, 200, 200),
    "/consigner/": (200, 200, 200, 403, 403, 200, 200),
    "/dyades/": (200, 200, 200, 200, 403, 200, 200),
    "/recherche/": (200, 200, 200, 200, 403, 200, 200),
    "/dyades/nouvelle/": (403, 403, 200, 200, 403, 403, 200),
}


@pytest.fixture
def addresses(cast: Cast, planned: DyadMeeting) -> dict[str, int]:
    return {"dyad": cast.thomas_nadia.pk, "meeting": planned.pk}


@pytest.mark.parametrize("place", range(len(PEOPLE)), ids=PEOPLE)
def test_each_opens_their_own(cast: Cast, client_of: ClientOf, addresses: dict[str, int], place: int) -> None:
    client = client_of(getattr(cast, PEOPLE[place]))
    opened = {path: client.get(path.format(**addresses)).status_code for path in [*ACTIONS, *PAGES]}
    assert opened == {path: codes[place] for path, codes in (ACTIONS | PAGES).items()}
    done = {path: client.post(path.format(**addresses)).status_code for path in POSTS}
    assert done == {path: codes[place] for path, codes in POSTS.items()}


def test_who_may_not_write_writes_nothing(
    cast: Cast, client_of: ClientOf, planned: DyadMeeting, addresses: dict[str, int]
) -> None:
    end = {"last_day": "2026-11-20", "reason": "Déménagement", "ended_by": "family"}
    for name in ("marc", "alain", "robert", "other_lead"):
        client_of(getattr(cast, name)).post(f"/rencontres/{planned.pk}/tenue/")
    for name in ("nadia", "marc", "robert", "other_lead"):
        assert client_of(getattr(cast, name)).post(f"/dyades/{addresses['dyad']}/terminer/", end).status_code in (
            403,
            404,
        )
    planned.refresh_from_db()
    cast.thomas_nadia.refresh_from_db()
    assert planned.status == "planned"
    assert cast.thomas_nadia.ends_on is None


def test_a_get_changes_nothing(nadia: Client, planned: DyadMeeting) -> None:
    for path in (f"/rencontres/{planned.pk}/tenue/", f"/rencontres/{planned.pk}/annuler/"):
        assert nadia.get(path).status_code == 405


def test_no_name_in_addresses_or_titles(nadia: Client, cast: Cast) -> None:
    page = nadia.get(f"/dyades/{cast.thomas_nadia.pk}/").content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    assert "Dyade" in title
    assert "Thomas" not in title
    assert "thomas" not in "".join(part.split('"')[0] for part in page.split('href="')[1:]).lower()
