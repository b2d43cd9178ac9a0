"""Looking at somebody's screens: once they accept, for half an hour, without writing nor taking anything away."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accompagnement.demo.cast import Cast
from mentoring.models import Doubt, Dyad, Parting, TalkRequest
from people.access import Role
from people.looking import FILES, LookMiddleware
from people.models import AuditEntry, Look, Membership, User
from programs.models import LoggedRecord
from tests.log.page import opened
from tests.targets import target
from tests.test_access_matrix import ROWS

ClientOf = Callable[[User], Client]
WHY = "La page de sa dyade reste vide"
SECOND = timedelta(seconds=1)
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
KEPT_ELSEWHERE = {"people_auditentry", "people_openedsession", "django_session"}


LOOKED_AT = {"week", "notifications", "flag", "dyad", "dyad_log", "group", "student", "search", "program", "guidelines"}
"""Pages of a teacher's day; some remember on opening that they were read."""


def asked(cast: Cast, client_of: ClientOf, adult: User | None = None) -> tuple[Client, Client, Look]:
    """Of Nadia, unless another is named."""
    adult = adult or cast.nadia
    viewer, shown = client_of(cast.robert), client_of(adult)
    assert viewer.post(reverse("look_ask", args=[adult.pk]), {"reason": WHY}).status_code == 302
    return viewer, shown, Look.objects.get()


def looking(cast: Cast, client_of: ClientOf, adult: User | None = None) -> tuple[Client, Client, Look]:
    viewer, shown, look = asked(cast, client_of, adult)
    shown.post(reverse("look_answer", args=[look.pk]), {"answer": "accept"})
    viewer.post(reverse("look_start", args=[look.pk]))
    return viewer, shown, look


def page_of(client: Client, cast: Cast) -> Any:
    return client.get(reverse("dyad", args=[cast.thomas_nadia.pk]))


def told(person: User) -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(person=person, verb__startswith="look.").order_by("pk")
    return list(rows.values_list("verb", "reason"))


@pytest.mark.on_postgresql
def test_screens_are_seen_from_the_acceptance_to_the_end_and_both_are_told(cast: Cast, client_of: ClientOf) -> None:
    viewer, shown, look = asked(cast, client_of)
    assert viewer.post(reverse("look_start", args=[look.pk])).url == reverse("looks")
    assert page_of(viewer, cast).status_code == 404
    assert reverse("looks") in shown.get(reverse("notifications")).content.decode()
    assert WHY in shown.get(reverse("looks")).content.decode()

    shown.post(reverse("look_answer", args=[look.pk]), {"answer": "accept"})
    assert page_of(viewer, cast).status_code == 404
    assert viewer.post(reverse("look_start", args=[look.pk])).url == reverse("home")
    page = page_of(viewer, cast)
    assert page.status_code == 200
    assert "vous montre ses écrans jusqu’à" in page.content.decode()
    assert page.wsgi_request.user == cast.robert
    assert "voit vos écrans jusqu’à" in shown.get(reverse("week")).content.decode()
    assert "voit vos écrans" not in client_of(cast.karim).get(reverse("week")).content.decode()

    shown.post(reverse("look_end", args=[look.pk]))
    assert page_of(viewer, cast).status_code == 404
    assert "voit vos écrans" not in shown.get(reverse("week")).content.decode()
    assert WHY in shown.get(reverse("looks")).content.decode()
    opened_file = ("look.file_opened", WHY)
    assert told(cast.robert) == [("look.asked", WHY), ("look.started", WHY), opened_file]
    assert told(cast.nadia) == [("look.accepted", WHY), ("look.ended", WHY)]
    assert not AuditEntry.objects.filter(verb="student.file_opened").exists()
    journal = client_of(cast.line).get(reverse("journal")).content.decode()
    assert "sur les écrans d’une autre personne" in journal
    assert WHY in journal


def test_a_request_that_is_refused_opens_nothing(cast: Cast, client_of: ClientOf) -> None:
    viewer, shown, look = asked(cast, client_of)
    shown.post(reverse("look_answer", args=[look.pk]), {"answer": "refuse"})
    shown.post(reverse("look_answer", args=[look.pk]), {"answer": "accept"})
    viewer.post(reverse("look_start", args=[look.pk]))
    assert page_of(viewer, cast).status_code == 404
    assert [verb for verb, _why in told(cast.nadia)] == ["look.refused"]


@pytest.mark.parametrize("over", ["time", "role of the viewer", "wider role", "sign-out", "closed account"])
def test_it_ends_by_itself(cast: Cast, client_of: ClientOf, over: str) -> None:
    viewer, _shown, _look = looking(cast, client_of)
    assert page_of(viewer, cast).status_code == 200
    if over == "time":
        Look.objects.update(until=timezone.now() - SECOND)
    elif over == "role of the viewer":
        cast.robert.memberships.update(ends_on=cast.on)
    elif over == "wider role":
        said = {"person": cast.nadia, "board": cast.board, "starts_on": cast.on + timedelta(days=9)}
        Membership.objects.create(**said, role=Role.PRIVACY_OFFICER)
    elif over == "closed account":
        client_of(cast.alain).post(reverse("person_close", args=[cast.nadia.pk]))
    else:
        viewer.post(reverse("account_logout"))
        assert Look.objects.get().ended_at is not None
        viewer.force_login(cast.robert, backend="people.backends.PersonBackend")
    assert page_of(viewer, cast).status_code == 404


def stored(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (our own tables)
        return list(cursor.fetchall())


@pytest.mark.once
def test_no_address_writes_or_gives_a_file_while_looking(numbered_cast: Cast, client_of: ClientOf) -> None:
    """Where a view tries to write, nothing of it is left."""
    cast = numbered_cast
    Look.objects.all().delete()
    form = opened(client_of(cast.nadia), reverse("dyad_log", args=[cast.thomas_nadia.pk]))
    viewer, _shown, look = looking(cast, client_of)
    wrong, trying, shown = list[str](), dict[str, set[str]](), 0

    def watched(execute: Any, sql: str, *said: Any) -> Any:
        written = WRITES.match(sql)
        if written and written[1] not in KEPT_ELSEWHERE:
            trying.setdefault(name, set()).add(written[1])
        return execute(sql, *said)

    named = {name for name, *_who in ROWS}
    tried = [name for name, method, *_who in ROWS if method == "get" and (name in LOOKED_AT or name.endswith(FILES))]
    for name in tried:
        with transaction.atomic():
            path = reverse(name, kwargs=target(name, cast, "teacher"))
            with connection.execute_wrapper(watched):
                reply = viewer.get(path)
            if getattr(reply.resolver_match.func, "login_required", True):
                is_page = reply["Content-Type"].startswith("text/html") and "Content-Disposition" not in reply
                wrong += [] if reply.status_code != 200 or is_page else [f"{name} gives a file"]
                shown += reply.status_code == 200 and b"look-banner" in reply.content
            transaction.set_rollback(True)
    for name in (
        "dyad_log",
        "week",
        "person_close",
        "log_together",
        "set_language",
        "draft_keep",
        "account_change_password",
    ):
        path = reverse(name, kwargs=target(name, cast, "teacher") if name in named else {})
        wrong += [f"{name} takes a form"] if viewer.post(path, form).status_code != 403 else []
    for name in sorted(trying):
        with transaction.atomic():
            path, journal = reverse(name, kwargs=target(name, cast, "teacher")), nadia_did(cast)
            before = {table: stored(table) for table in trying[name]}
            viewer.get(path)
            wrong += [f"{name} writes {table}" for table, rows in before.items() if stored(table) != rows]
            wrong += [f"{name} speaks for her"] if nadia_did(cast) != journal else []
            transaction.set_rollback(True)
    for name in ("devices", "looks", "api_tokens", "mfa_index", "account_change_password"):
        wrong += [f"{name} opens"] if viewer.get(reverse(name)).status_code != 403 else []
    assert not wrong, "\n".join(wrong)
    assert shown == len(LOOKED_AT)
    assert trying
    assert viewer.post(reverse("look_end", args=[look.pk])).status_code == 302


def nadia_did(cast: Cast) -> int:
    return AuditEntry.objects.filter(person=cast.nadia).count()


def test_what_a_page_writes_as_it_is_shown_is_taken_back(cast: Cast, client_of: ClientOf, rf: RequestFactory) -> None:
    """Whatever view it is: no page of today writes in its person's name, one of tomorrow may."""
    _viewer, _shown, look = looking(cast, client_of)

    def page(request: Any) -> HttpResponse:
        assert request.user == cast.nadia
        request.session["left"] = "behind"
        User.objects.filter(pk=request.user.pk).update(given_name="Écrit")
        return HttpResponse("vu")

    request: Any = rf.get("/")
    request.user, request.session, request.look = cast.robert, {"look": look.pk}, look
    answer = LookMiddleware(page).process_view(request, page, (), {})
    assert answer is not None
    assert answer.content == b"vu"
    assert not User.objects.filter(given_name="Écrit").exists()
    assert (request.user, request.session) == (cast.robert, {"look": look.pk})


def test_what_is_confidential_or_not_said_yet_is_not_shown(cast: Cast, client_of: ClientOf) -> None:
    record = cast.thomas_nadia.meetings.filter(status="held").latest("on")
    record.note, record.note_level = "Il a tout dit.", LoggedRecord.NoteLevel.CONFIDENTIAL
    record.note_by = record.logged_by = cast.nadia
    record.save()
    form = reverse("dyad_log", args=[cast.thomas_nadia.pk])
    own = client_of(cast.nadia)
    own.post(reverse("draft_keep"), opened(own, form) | {"note": "À ne pas dire encore."})
    viewer, shown, _look = looking(cast, client_of)
    history = reverse("record_history", args=["rencontre", record.pk])
    pages = history, reverse("dyad", args=[cast.thomas_nadia.pk])
    for client, is_told in ((shown, True), (viewer, False), (shown, True)):
        for address in pages:
            assert ("Il a tout dit." in client.get(address).content.decode()) is is_told, (address, is_told)
        assert ("À ne pas dire encore." in client.get(form).content.decode()) is is_told


def test_what_is_said_to_one_person_alone_is_not_shown(cast: Cast, client_of: ClientOf) -> None:
    """Confidential last words, doubts, and whom a student wants to talk to."""
    secret, dyad, student = "Rien que pour vous.", cast.ines_marc, cast.ines_marc.student
    ended = Dyad.objects.filter(program=cast.mentoring, ends_on__isnull=False)[0]
    words = {"student_words": secret, "words_level": "confidential", "words_by": cast.julie}
    Parting.objects.update_or_create(dyad=ended, defaults=words)
    Doubt.objects.create(board=cast.board, dyad=dyad, raised_on=cast.on, raised_by=cast.marc, words=secret)
    TalkRequest.objects.create(
        board=cast.board, student=student, program=cast.mentoring, adult=cast.julie, asked_on=cast.on
    )
    viewer, shown, _look = looking(cast, client_of, cast.julie)
    pages = [reverse(name, args=[ended.pk]) for name in ("dyad", "dyad_parting")]
    pages += [reverse("dyad", args=[dyad.pk]), reverse("calls")]
    for client, is_told in ((shown, True), (viewer, False)):
        assert [secret in client.get(page).content.decode() for page in pages] == [is_told] * len(pages)
        assert (str(student) in client.get(reverse("talks")).content.decode()) is is_told


def test_nobody_asks_beyond_their_board_nor_for_those_who_protect_it(cast: Cast, client_of: ClientOf) -> None:
    Membership.objects.create(person=cast.karim, role=Role.BOARD_ADMIN, board=cast.board)
    for asking, adult, status in (
        (cast.robert, cast.line, 403), (cast.robert, cast.karim, 403), (cast.robert, cast.robert, 403),
        (cast.robert, cast.other_lead, 404), (cast.alain, cast.nadia, 403), (cast.line, cast.nadia, 403),
    ):  # fmt: skip
        address = reverse("look_ask", args=[adult.pk])
        assert client_of(asking).post(address, {"reason": WHY}).status_code == status, (asking, adult)
    assert client_of(cast.robert).post(reverse("look_ask", args=[cast.nadia.pk]), {"reason": "bah"}).status_code == 422
    assert not Look.objects.exists()


def test_asked_twice_it_is_one_and_only_they_answer_or_look(cast: Cast, client_of: ClientOf) -> None:
    viewer, shown, look = asked(cast, client_of)
    viewer.post(reverse("look_ask", args=[cast.nadia.pk]), {"reason": WHY})
    assert Look.objects.count() == 1
    answer, start = reverse("look_answer", args=[look.pk]), reverse("look_start", args=[look.pk])
    assert viewer.post(answer, {"answer": "accept"}).status_code == 403
    assert client_of(cast.karim).post(answer, {"answer": "accept"}).status_code == 404
    Look.objects.update(asked_at=timezone.now() - timedelta(days=2))
    shown.post(answer, {"answer": "accept"})
    viewer.post(start)
    assert page_of(viewer, cast).status_code == 404
    assert shown.post(start).status_code == 403
