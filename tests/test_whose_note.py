"""A confidential note is its author's, whoever logged the meeting."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from mentoring.models import DyadMeeting
from people.models import User
from programs.models import GroupMeeting

ClientOf = Callable[[User], Client]
WORDS = "Elle ne dort plus depuis dimanche."


def saved_at(page: str) -> str:
    return page.split('name="saved_at" value="')[1].split('"')[0]


@pytest.mark.parametrize("kind", ["dyad", "group"])
def test_who_adds_the_note_reads_it_and_who_tapped_does_not(cast: Cast, client_of: ClientOf, kind: str) -> None:
    """The teacher stands in for the mentor's tap, then the other way round."""
    mine: DyadMeeting | GroupMeeting
    if kind == "dyad":
        mine = DyadMeeting.objects.get(dyad=cast.thomas_nadia, on=cast.on, status="planned")
        held, edit = f"/rencontres/{mine.pk}/tenue/", f"/rencontres/{mine.pk}/modifier/"
        said = {"day": cast.on.isoformat(), "minutes": "25", "channel": "in_person", "activity": "", "chosen_by": ""}
    else:
        mine = GroupMeeting.objects.get(group=cast.tremplin, on=cast.on, status="planned")
        held, edit = f"/rencontres-groupe/{mine.pk}/tenue/", f"/rencontres-groupe/{mine.pk}/modifier/"
        said = {"day": cast.on.isoformat(), "minutes": "25"}
    first, second = client_of(cast.julie), client_of(cast.nadia)
    assert first.post(held).status_code == 302
    said["entry_uuid"] = str(uuid.uuid4())
    said |= {"note": WORDS, "note_level": "confidential", "saved_at": saved_at(second.get(edit).content.decode())}
    reply = second.post(edit, said)
    assert reply.status_code == 302, reply.context["form"].errors
    mine.refresh_from_db()
    assert (mine.logged_by, mine.note_by, mine.note) == (cast.julie, cast.nadia, WORDS)
    assert WORDS in second.get(edit).content.decode()
    type(mine).objects.filter(pk=mine.pk).update(logged_by=cast.nadia, note_by=cast.karim)
    assert WORDS not in second.get(edit).content.decode()
    # Corrected by the programme's lead, it is still its author's.
    stamp = saved_at(first.get(edit).content.decode())
    assert first.post(edit, said | {"note": f"{WORDS} Suivi.", "saved_at": stamp}).status_code == 302
    mine.refresh_from_db()
    assert (mine.note_by, mine.note) == (cast.karim, f"{WORDS} Suivi.")
