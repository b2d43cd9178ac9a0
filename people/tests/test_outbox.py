"""At most once, unless the server clearly said no: on a real socket, with real rows, and with real threads."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from people import outbox
from people.emails import Letter
from people.models import Message, SchoolBoard, User
from people.models.notifications import MOST_ATTEMPTS
from people.tests.smtp import MailServer, mail_server
from tests.patience import PATIENCE_SECONDS

NOW = timezone.now()
LETTER = Letter("Objet", "Texte\n", "<p>Texte</p>", "<p>Texte</p>", headers=(("List-Unsubscribe", "<https://x/>"),))
QUARTER = timedelta(minutes=15, seconds=1)
State = Message.State


def queued(**fields: object) -> Message:
    board = SchoolBoard.objects.create(name="Rives")
    person = User.objects.create_user("ada@rives.example", board=board)
    return Message.objects.create(
        **{"person": person, "board": board, "kind": Message.Kind.DIGEST, "on": NOW.date(), **fields}
    )


def deliver(message: Message, now: datetime = NOW, letter: Letter | None = LETTER) -> Message:
    outbox.deliver(message.pk, letter_of=lambda _: letter, now=now)
    message.refresh_from_db()
    return message


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = PATIENCE_SECONDS
    with mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.mark.django_db
def test_delivered_twice_it_leaves_once(server: MailServer) -> None:
    message = queued()
    copy = User.objects.create_user("lea@rives.example", board=message.board)
    message.copy_to.add(copy)
    assert deliver(message).state == State.SENT
    assert deliver(message).attempts == 1
    [text] = server.taken
    assert "To: ada@rives.example" in text
    assert "Cc: lea@rives.example" in text
    assert "List-Unsubscribe: <https://x/>" in text
    assert f"Message-ID: <message-{message.pk}@localhost>" in text
    assert "text/html" in text


@pytest.mark.django_db(transaction=True)
def test_of_eight_claimers_at_once_one_sends() -> None:
    message = queued()
    barrier = threading.Barrier(8)

    def when_all_have_read_it(_: Message) -> Letter:
        barrier.wait(PATIENCE_SECONDS)
        return LETTER

    def worker() -> None:
        try:
            outbox.deliver(message.pk, letter_of=when_all_have_read_it, now=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    message.refresh_from_db()
    assert (message.state, message.attempts, len(mail.outbox)) == (State.SENT, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("mood", ["no such address", "busy", "spam"])
def test_what_the_server_refused_is_tried_again_later(server: MailServer, mood: str) -> None:
    server.mood = mood
    message = deliver(queued())
    assert (message.state, server.taken) == (State.REFUSED, [])
    assert message.error.startswith("SMTP")
    assert outbox.tend(now=NOW + timedelta(minutes=14)) == []
    server.mood = ""
    assert outbox.tend(now=NOW + QUARTER) == [message.pk]
    assert deliver(message, NOW + QUARTER).state == State.SENT
    assert (message.attempts, message.error, len(server.taken)) == (2, "", 1)


@pytest.mark.django_db
def test_a_server_that_is_not_there_took_nothing(server: MailServer, settings: Settings) -> None:
    with mail_server() as gone:
        settings.EMAIL_PORT = gone.port
    message = deliver(queued())
    assert (message.state, message.error) == (State.REFUSED, "ConnectionRefusedError")


@pytest.mark.django_db
def test_attempts_have_an_end(server: MailServer) -> None:
    server.mood = "no such address"
    message, now = queued(), NOW
    for _ in range(MOST_ATTEMPTS):
        deliver(message, now)
        now += QUARTER
        outbox.tend(now=now)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.REFUSED, MOST_ATTEMPTS)


@pytest.mark.django_db
@pytest.mark.parametrize("mood", ["hangs up", "falls silent"])
def test_an_unknown_outcome_is_never_sent_again(server: MailServer, settings: Settings, mood: str) -> None:
    server.mood = mood
    settings.EMAIL_TIMEOUT = 3 if mood == "falls silent" else PATIENCE_SECONDS
    message = deliver(queued())
    assert message.state == State.UNKNOWN
    server.mood = ""
    assert outbox.tend(now=NOW + timedelta(days=2)) == []
    assert deliver(message, NOW + timedelta(days=2)).state == State.UNKNOWN
    assert server.taken == []


@pytest.mark.django_db
def test_a_claim_without_news_becomes_unknown() -> None:
    message = queued()
    assert outbox.claim(message.pk, now=NOW)  # and the worker is killed here
    assert not outbox.claim(message.pk, now=NOW)
    assert outbox.tend(now=NOW + timedelta(minutes=14)) == []
    message.refresh_from_db()
    assert message.state == State.CLAIMED
    assert outbox.tend(now=NOW + QUARTER) == []
    assert deliver(message).state == State.UNKNOWN
    assert mail.outbox == []


@pytest.mark.django_db
def test_what_has_nothing_to_say_or_nobody_to_go_to_is_dropped() -> None:
    message = queued()
    assert deliver(message, letter=None).state == State.DROPPED
    other = Message.objects.create(
        person=User.objects.create_user(None, board=message.board), board=message.board, kind="digest", on=NOW.date()
    )
    assert deliver(other).state == State.DROPPED
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_lost_ring_is_rung_again() -> None:
    message = queued()
    assert outbox.tend(now=NOW) == [message.pk]
