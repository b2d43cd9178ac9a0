"""The API reads by pages what a person sees, says when nothing changed, and refuses in one form."""

import base64
import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accompagnement.api import API
from accompagnement.demo.cast import Cast
from exchange.api.declaration import RESOURCES
from exchange.api.describing import schema_of
from exchange.api.resources.log import NAMES
from exchange.tests.api import ROOT, every_row, program_of, secret_of
from guidelines.evaluation import evaluate_board
from mentoring.models import Dyad, DyadMeeting
from people.models import AuditEntry, SchoolBoard
from programs.log.kinds import KINDS

pytestmark = pytest.mark.on_postgresql


@pytest.fixture(autouse=True)
def unhurried(settings: Settings) -> None:
    cache.clear()
    settings.API_REQUESTS_PER_MINUTE = 10_000


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_queries_do_not_grow_with_the_rows(cast: Cast) -> None:
    """Who is at the door, their roles, the rows."""
    evaluate_board(cast.board, on=cast.on)
    wrong = []
    for person in (cast.nadia, cast.julie):
        client = program_of(person)
        client.get(f"{ROOT}/me")
        for name in RESOURCES:
            client.get(f"{ROOT}/{name}?limit=1")  # the journal keeps it once a day
            asked = {limit: queries(client, f"{ROOT}/{name}?limit={limit}") for limit in (1, 30)}
            wrong += [f"{person} {name}: {asked}"] if max(asked.values()) > 3 else []
    assert not wrong


def test_every_kind_of_record_has_a_list() -> None:
    assert set(NAMES) == set(KINDS)
    assert set(NAMES.values()) <= set(RESOURCES)


def test_pages_follow_one_another(cast: Cast) -> None:
    client = program_of(cast.julie)
    whole = every_row(client, "dyad-meetings")
    first = client.get(f"{ROOT}/dyad-meetings?limit=7")
    found, address = first.json()["items"], first.json()["next"]
    assert first["Link"] == f'<{address}>; rel="next"'
    while address:
        page = client.get(address).json()
        found, address = found + page["items"], page["next"]
    assert [row["id"] for row in found] == sorted(
        DyadMeeting.objects.visible_to(cast.julie).values_list("pk", flat=True)
    )
    assert found == whole


def test_filters_narrow(cast: Cast) -> None:
    client, dyad = program_of(cast.julie), cast.ines_marc
    rows = every_row(client, "dyad-meetings", dyad=dyad.pk, since=cast.on.replace(day=1), until=cast.on)
    said = {row["on"] for row in rows}
    assert rows
    assert {row["dyad_id"] for row in rows} == {dyad.pk}
    assert all(str(cast.on.replace(day=1)) <= on < str(cast.on) for on in said)


def test_what_has_not_changed_is_not_sent_again(cast: Cast) -> None:
    client, path = program_of(cast.nadia), f"{ROOT}/dyads"
    tag = client.get(path)["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    Dyad.objects.filter(pk=cast.thomas_nadia.pk).update(ends_on=cast.on)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_nobody_else_keeps_an_answer(cast: Cast) -> None:
    answer = program_of(cast.nadia).get(f"{ROOT}/dyads")
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer["Vary"]
    assert "Set-Cookie" not in answer


def test_a_head_is_a_get_without_its_body(cast: Cast) -> None:
    client = program_of(cast.nadia)
    got, head = client.get(f"{ROOT}/dyads"), client.head(f"{ROOT}/dyads")
    assert (head.status_code, head["ETag"], head.content) == (200, got["ETag"], b"")


def test_a_file_holds_the_same_rows(cast: Cast) -> None:
    """In the dialect of programs, without a note."""
    client = program_of(cast.nadia)
    for name, resource in RESOURCES.items():
        answer = client.get(f"{ROOT}/{name}.csv")
        lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
        assert [line["id"] for line in lines] == [str(row["id"]) for row in every_row(client, name)]
        assert all(told.in_files == (told.name in line) for line in lines for told in resource.fields)
        assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_a_formula_is_text(cast: Cast) -> None:
    meeting = cast.tremplin.student_contacts.create(
        board=cast.board, student=cast.tremplin.members.all()[0].student, on=cast.on, logged_on=cast.on
    )
    meeting.student.family_name, meeting.student.given_name = "=1+1", ""
    meeting.student.save()
    answer = program_of(cast.nadia).get(f"{ROOT}/student-contacts.csv")
    assert ",'=1+1," in b"".join(answer.streaming_content).decode()


def test_a_confidential_note_is_read_by_its_author_and_the_lead_alone(cast: Cast) -> None:
    kept = cast.thomas_nadia.meetings.filter(status="held")[0]
    kept.note, kept.note_level, kept.logged_by = "Rien que pour nous.", "confidential", cast.nadia
    kept.save()
    said = {
        person: program_of(person).get(f"{ROOT}/dyad-meetings/{kept.pk}").json()
        for person in (cast.nadia, cast.julie, cast.alain)
    }
    assert [said[person]["note"] for person in (cast.nadia, cast.julie, cast.alain)] == [kept.note, kept.note, None]
    assert {row["note_level"] for row in said.values()} == {"confidential"}


def test_a_dyad_is_named_to_who_answers_for_it_alone(cast: Cast) -> None:
    for person, is_named in ((cast.marc, False), (cast.julie, True), (cast.alain, True)):
        client = program_of(person)
        dyad = client.get(f"{ROOT}/dyads/{cast.ines_marc.pk}").json()
        named = str(cast.ines_marc.student) if is_named else None
        assert dyad["student"] == named
        text = str(every_row(client, "dyad-meetings", dyad=cast.ines_marc.pk)) + str(every_row(client, "findings"))
        assert (cast.ines_marc.student.family_name in text) == is_named


def problem(answer: Any) -> dict[str, Any]:
    assert answer["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert said["status"] == answer.status_code
    assert said["title"]
    assert said["detail"]
    return said


REFUSED: list[tuple[int, Callable[[Client, Cast], Any]]] = [
    (401, lambda _client, _cast: Client().get(f"{ROOT}/dyads")),
    (403, lambda client, _cast: client.get(f"{ROOT}/board")),
    (404, lambda client, cast: client.get(f"{ROOT}/dyads/{cast.other_dyad.pk}")),
    (404, lambda client, _cast: client.get(f"{ROOT}/nulle-part")),
    (404, lambda client, _cast: client.post("/api/", content_type="application/json")),
    (405, lambda client, _cast: client.delete(f"{ROOT}/dyads", content_type="application/json")),
    (415, lambda client, cast: client.post(f"{ROOT}/dyads/{cast.thomas_nadia.pk}/dyad-meetings", {"on": "x"})),
    (400, lambda client, cast: client.post(
        f"{ROOT}/dyads/{cast.thomas_nadia.pk}/dyad-meetings", "{", content_type="application/json")),
    (422, lambda client, _cast: client.get(f"{ROOT}/dyads?limit=0")),
    (422, lambda client, _cast: client.get(f"{ROOT}/dyads?eleve=3")),
    (422, lambda client, _cast: client.get(f"{ROOT}/dyads?after=99999999999999999999")),
]  # fmt: skip


def test_every_refusal_is_a_problem(cast: Cast) -> None:
    client = program_of(cast.nadia)
    for status, ask in REFUSED:
        answer = ask(client, cast)
        assert problem(answer)["status"] == status
        if status == 401:
            assert answer["WWW-Authenticate"].startswith("Bearer")
        if status == 405:
            assert "GET" in answer["Allow"]


def test_a_problem_speaks_the_owners_language(cast: Cast) -> None:
    assert problem(program_of(cast.nadia).get(f"{ROOT}/dyads/0"))["title"] == "À corriger"
    SchoolBoard.objects.filter(pk=cast.board.pk).update(language="en")
    answer = program_of(cast.nadia).get(f"{ROOT}/dyads/999999")
    assert (problem(answer)["title"], answer["Content-Language"]) == ("Not found", "en")


def test_a_token_asks_so_often_a_minute(cast: Cast, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    client, other = program_of(cast.nadia), program_of(cast.nadia)
    got = [client.get(f"{ROOT}/me") for _n in range(4)]
    assert [answer.status_code for answer in got] == [200, 200, 200, 429]
    assert 0 < int(got[-1]["Retry-After"]) <= 60
    problem(got[-1])
    assert other.get(f"{ROOT}/me").status_code == 200, "each token has its own"


def test_a_cache_that_is_down_stops_nobody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: object, **_more: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("exchange.api.views.door.cache.add", down)
    assert program_of(cast.nadia).get(f"{ROOT}/me").status_code == 200


def test_a_spreadsheet_sends_the_token_as_a_password_and_reads_only(cast: Cast) -> None:
    said = base64.b64encode(f"jeton:{secret_of(cast.nadia)}".encode()).decode()
    client = Client(headers={"Authorization": f"Basic {said}"})
    assert client.get(f"{ROOT}/dyads.csv").status_code == 200
    path = f"{ROOT}/dyads/{cast.thomas_nadia.pk}/dyad-meetings"
    assert client.post(path, {}, content_type="application/json").status_code == 401


def test_a_session_opens_nothing(cast: Cast, client_of: Callable[..., Client]) -> None:
    client = client_of(cast.nadia)
    assert client.get(f"{ROOT}/dyads").status_code == 401
    path = f"{ROOT}/dyads/{cast.thomas_nadia.pk}/dyad-meetings"
    assert client.post(path, {}, content_type="application/json").status_code == 401


def test_each_operation_asks_for_a_token(cast: Cast) -> None:
    """By its declaration, and by its answer to who has none."""
    asked = 0
    for router in API._get_bound_routers():
        for view in router.path_operations.values():
            assert all(operation.auth_callbacks for operation in view.operations), view.path
    for path, of_path in schema_of(API)["paths"].items():
        for method in of_path:
            answer = Client().generic(method.upper(), path.replace("{pk}", "1"))
            assert answer.status_code == 401, (method, path)
            asked += 1
    assert asked > 80


def test_the_first_use_of_a_day_is_in_the_journal(cast: Cast) -> None:
    client = program_of(cast.nadia)
    for _n in range(3):
        client.get(f"{ROOT}/me")
    entry = AuditEntry.objects.get(verb="api_token.used")
    assert (entry.person, entry.reason, entry.subject_type) == (cast.nadia, "Lire mes rencontres", "exchange.apitoken")


def test_the_description_names_every_refusal(cast: Cast) -> None:
    schema = Client().get(f"{ROOT}/openapi.json").json()
    assert schema["openapi"] == "3.1.0"
    put = schema["paths"]["/api/v1/dyad-meetings/{pk}"]["put"]["responses"]
    assert {"200", "400", "401", "403", "404", "412", "415", "422", "428", "429"} <= set(put)
    assert put["412"]["content"] == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
