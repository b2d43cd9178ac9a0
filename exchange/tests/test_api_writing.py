"""Meetings and contacts written by programs: as by the pages, once, and never over someone else's words unseen."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accompagnement.demo.cast import Cast
from exchange.tests.api import ROOT, program_of, send
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from mentoring.models import DyadMeeting
from people.models import Guardian
from programs.log.history import history_of
from programs.models import FamilyContact, GroupMeeting, StudentContact

pytestmark = pytest.mark.on_postgresql


@pytest.fixture(autouse=True)
def unhurried(settings: Settings) -> None:
    cache.clear()
    settings.API_REQUESTS_PER_MINUTE = 10_000


def held(cast: Cast, **more: Any) -> dict[str, Any]:
    said = {
        "entry_uuid": str(uuid.uuid4()),
        "on": str(cast.on),
        "status": "held",
        "channel": "in_person",
        "minutes": 25,
    }
    return said | more


def errors(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422
    return {fault["field"]: fault["message"] for fault in answer.json()["errors"]}


def test_a_meeting_sent_twice_is_one(cast: Cast) -> None:
    """What was planned that day is the row that is logged; its history tells who said it."""
    client, dyad = program_of(cast.nadia), cast.maika_nadia
    planned = dyad.meetings.get(on=cast.on)
    path, said = f"/dyads/{dyad.pk}/dyad-meetings", held(cast, activity="discussion", structured=True, note="Bien.")
    first = send(client, "post", path, said)
    again = send(client, "post", path, said)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first["Location"].endswith(f"{ROOT}/dyad-meetings/{planned.pk}")
    assert first["ETag"] == client.get(first["Location"])["ETag"]
    row = DyadMeeting.objects.get(pk=planned.pk)
    assert (row.status, row.minutes, row.logged_by, row.note, row.structured) == ("held", 25, cast.nadia, "Bien.", True)
    assert history_of(row)[0].history_user == cast.nadia


def test_a_meeting_ends_the_silence_in_the_same_transaction(cast: Cast) -> None:
    evaluate_board(cast.board, on=cast.on)
    dyad = cast.maika_nadia
    assert Flag.objects.live().filter(dyad=dyad, guideline="dyad-frequency").exists()
    for back in range(0, 22, 7):
        day = str(cast.on - timedelta(days=back))
        answer = send(
            program_of(cast.nadia), "post", f"/dyads/{dyad.pk}/dyad-meetings", held(cast, on=day, second=True)
        )
        assert answer.status_code == 201
    assert not Flag.objects.live().filter(dyad=dyad, guideline="dyad-frequency").exists()


def test_what_the_page_refuses_is_refused_by_field(cast: Cast) -> None:
    client, path = program_of(cast.nadia), f"/dyads/{cast.maika_nadia.pk}/dyad-meetings"
    tomorrow, long_ago = str(cast.on + timedelta(days=1)), str(cast.on - timedelta(days=40))
    assert set(errors(send(client, "post", path, held(cast, on=tomorrow)))) == {"on"}
    assert set(errors(send(client, "post", path, held(cast, on="2019-01-01")))) == {"on"}
    assert set(errors(send(client, "post", path, held(cast, on="2026-11-31")))) == {"on"}
    assert set(errors(send(client, "post", path, held(cast, minutes=481)))) == {"minutes"}
    assert set(errors(send(client, "post", path, held(cast, minutes=None)))) == {"minutes"}
    assert set(errors(send(client, "post", path, held(cast, channel=None)))) == {"channel"}
    assert set(errors(send(client, "post", path, held(cast, status="not_held")))) == {"reason"}
    assert set(errors(send(client, "post", path, held(cast, autre=1)))) == {"autre"}
    assert set(errors(send(client, "post", path, held(cast, note="\ud800")))) == {"note"}
    assert set(errors(send(client, "post", path, held(cast, note="\x00")))) == {"note"}
    assert set(errors(send(client, "post", path, {"on": str(cast.on)}))) == {"entry_uuid", "status"}
    if cast.maika_nadia.starts_on.isoformat() <= long_ago:
        assert set(errors(send(client, "post", path, held(cast, on=long_ago)))) == {"late_reason"}
    assert not DyadMeeting.objects.filter(logged_on=cast.on, dyad=cast.maika_nadia, on=tomorrow).exists()


def test_another_of_the_same_day_is_confirmed(cast: Cast) -> None:
    client, path = program_of(cast.nadia), f"/dyads/{cast.maika_nadia.pk}/dyad-meetings"
    assert send(client, "post", path, held(cast)).status_code == 201
    assert set(errors(send(client, "post", path, held(cast)))) == {"second"}
    assert send(client, "post", path, held(cast, second=True)).status_code == 201


def test_a_reading_token_writes_nothing(cast: Cast) -> None:
    path = f"/dyads/{cast.maika_nadia.pk}/dyad-meetings"
    assert send(program_of(cast.nadia, "read"), "post", path, held(cast)).status_code == 403


def again(client: Client, path: str, said: dict[str, Any], tag: str | None = None) -> Any:
    headers = {} if tag is None else {"If-Match": tag}
    return send(client, "put", path, {name: value for name, value in said.items() if name != "entry_uuid"}, **headers)


def test_a_correction_says_which_version_it_read(cast: Cast) -> None:
    client, dyad = program_of(cast.nadia), cast.maika_nadia
    said = held(cast, note="Lu.")
    logged = send(client, "post", f"/dyads/{dyad.pk}/dyad-meetings", said)
    path, tag = f"/dyad-meetings/{logged.json()['id']}", logged["ETag"]
    assert again(client, path, said | {"minutes": 40}).status_code == 428
    assert again(client, path, said | {"minutes": 40}, '"autre"').status_code == 412
    done = again(client, path, said | {"minutes": 40}, f"W/{tag}")
    assert (done.status_code, done.json()["minutes"]) == (200, 40)
    repeated = again(client, path, said | {"minutes": 40}, tag)
    assert repeated.status_code == 200, "the same words sent twice are one change"
    assert repeated["ETag"] == done["ETag"]
    assert again(client, path, said | {"minutes": 10}, tag).status_code == 412
    assert set(errors(again(client, path, said | {"minutes": 0}, done["ETag"]))) == {"minutes"}
    missed = again(client, path, {"on": said["on"], "status": "not_held", "reason": "student_absent"}, done["ETag"])
    assert (missed.status_code, missed.json()["reason"]) == (200, "student_absent")


def test_a_note_that_is_hidden_stays(cast: Cast) -> None:
    """A substitute corrects a meeting whose confidential note is another's."""
    client = program_of(cast.karim)
    week = {"starts_on": cast.on - timedelta(days=7), "ends_on": cast.on + timedelta(days=7)}
    cast.thomas_nadia.substitutes.create(person=cast.karim, **week)
    noted = {"note": "À nous.", "note_level": "confidential", "logged_by": cast.nadia, "logged_on": cast.on}
    row = cast.thomas_nadia.meetings.create(board=cast.board, on=cast.on, status="held", channel="in_person", **noted)
    got = client.get(f"{ROOT}/dyad-meetings/{row.pk}")
    assert got.json()["note"] is None
    said = {"on": str(row.on), "status": "held", "channel": "video", "minutes": 15, "second": True}
    assert again(client, f"/dyad-meetings/{row.pk}", said, got["ETag"]).status_code == 200
    row.refresh_from_db()
    assert (row.minutes, row.note, row.note_level) == (15, "À nous.", "confidential")


def test_a_group_meeting_with_who_was_away(cast: Cast) -> None:
    client, group = program_of(cast.nadia), cast.tremplin
    absent, late = group.members.all()[:2]
    said = {"entry_uuid": str(uuid.uuid4()), "on": str(cast.on), "minutes": 40, "activities": ["game"]}
    said |= {"absent": [absent.student_id], "late": [late.student_id]}
    done = send(client, "post", f"/groups/{group.pk}/group-meetings", said)
    assert done.status_code == 201
    row = GroupMeeting.objects.get(pk=done.json()["id"])
    assert {(one.student_id, one.status) for one in row.attendances.exclude(status="present")} == {
        (absent.student_id, "absent"), (late.student_id, "late")
    }  # fmt: skip
    assert done.json()["present"] == done.json()["noted"] - 1
    stranger = cast.other_group.members.all()[0].student_id
    wrong = send(client, "post", f"/groups/{group.pk}/group-meetings", said | {
        "entry_uuid": str(uuid.uuid4()), "second": True, "absent": [stranger]})  # fmt: skip
    assert set(errors(wrong)) == {"absent"}


def test_a_group_meeting_that_was_not_held(cast: Cast) -> None:
    client, planned = program_of(cast.nadia), cast.tremplin.meetings.get(on=cast.on)
    tag = client.get(f"{ROOT}/group-meetings/{planned.pk}")["ETag"]
    said = {"on": str(cast.on), "status": "not_held", "reason": "school_closed"}
    done = again(client, f"/group-meetings/{planned.pk}", said, tag)
    assert (done.status_code, done.json()["status"], done.json()["reason"]) == (200, "not_held", "school_closed")


def test_contacts_with_a_student_and_a_family(cast: Cast) -> None:
    client, group = program_of(cast.nadia), cast.tremplin
    student = group.members.all()[0].student
    parent = Guardian.objects.create(board=cast.board, student=student, given_name="Amel", family_name="Roy")
    said = {"entry_uuid": str(uuid.uuid4()), "on": str(cast.on), "student_id": student.pk, "channel": "phone"}
    path = f"/groups/{group.pk}/student-contacts"
    first, second = (send(client, "post", path, said | {"minutes": 10, "note": "Il va bien."}) for _n in range(2))
    assert (first.status_code, second.status_code, first.json()) == (201, 200, second.json())
    assert StudentContact.objects.get(pk=first.json()["id"]).student == student
    corrected = again(client, f"/student-contacts/{first.json()['id']}", said | {"minutes": 15}, first["ETag"])
    assert (corrected.status_code, corrected.json()["minutes"]) == (200, 15)
    said |= {"entry_uuid": str(uuid.uuid4()), "outcome": "reached", "guardian_id": parent.pk}
    family = send(client, "post", f"/groups/{group.pk}/family-contacts", said)
    assert family.status_code == 201
    assert FamilyContact.objects.get(pk=family.json()["id"]).guardian == parent
    corrected = again(
        client, f"/family-contacts/{family.json()['id']}", said | {"outcome": "message_left"}, family["ETag"]
    )
    assert (corrected.status_code, corrected.json()["outcome"]) == (200, "message_left")


def test_who_only_reads_a_relation_does_not_write_it(cast: Cast) -> None:
    client = program_of(cast.alain)
    row = cast.maika_nadia.meetings.filter(status="held")[0]
    assert send(client, "post", f"/dyads/{cast.maika_nadia.pk}/dyad-meetings", held(cast)).status_code == 403
    tag = client.get(f"{ROOT}/dyad-meetings/{row.pk}")["ETag"]
    assert again(client, f"/dyad-meetings/{row.pk}", held(cast), tag).status_code == 403


def test_a_key_that_served_elsewhere_is_refused(cast: Cast) -> None:
    client, said = program_of(cast.nadia), held(cast)
    assert send(client, "post", f"/dyads/{cast.maika_nadia.pk}/dyad-meetings", said).status_code == 201
    other = send(client, "post", f"/dyads/{cast.thomas_nadia.pk}/dyad-meetings", said)
    assert set(errors(other)) == {""}
