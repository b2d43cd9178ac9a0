"""« Envoyer un rappel »: who may, to whom it goes, and once a week."""

import html
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines import tasks
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from guidelines.reminders import NotSent, remind
from mentoring.models import Dyad
from people.models import AuditEntry, Message, User

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]


@pytest.fixture
def evaluated(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda args, **_: tasks.deliver(*args))
    return cast


def silence(dyad: Dyad) -> Flag:
    return Flag.objects.live().filter(dyad=dyad, guideline__in=["dyad-gap", "dyad-frequency"])[0]


def text_of(response: object) -> str:
    return html.unescape(response.content.decode())  # type: ignore[attr-defined]


def test_the_lead_reads_then_sends_with_oneself_in_copy(
    evaluated: Cast, client_of: ClientOf, django_capture_on_commit_callbacks
) -> None:
    flag, julie = silence(evaluated.ines_marc), client_of(evaluated.julie)
    path = f"/vigilance/{flag.pk}/rappel/"
    assert f'href="{path}"' in text_of(julie.get(f"/vigilance/{flag.pk}/"))
    assert "/rappel/" in text_of(julie.get("/vigilance/"))
    preview = text_of(julie.get(path))
    with django_capture_on_commit_callbacks(execute=True):
        assert julie.post(path).status_code == 302
    [letter] = mail.outbox
    assert (letter.to, letter.cc) == ([evaluated.marc.email], [evaluated.julie.email])
    assert letter.reply_to == [evaluated.julie.email]
    assert "Inès B." in letter.body
    assert "Benali" not in letter.body
    body = str(letter.alternatives[0][0]).partition("</h1>\n")[2].partition("\n</body>")[0]
    assert html.unescape(body.strip()) in preview
    assert letter.subject in preview
    assert "Rappel envoyé le 23 novembre par Julie Archambault." in text_of(julie.get(f"/vigilance/{flag.pk}/"))
    entry = AuditEntry.objects.get(verb="flag.reminder_sent")
    assert (entry.person, entry.subject_id) == (evaluated.julie, flag.pk)


def test_one_a_week_and_a_person_whoever_asks(evaluated: Cast, client_of: ClientOf) -> None:
    flag = silence(evaluated.ines_marc)
    client_of(evaluated.julie).post(f"/vigilance/{flag.pk}/rappel/")
    for asking in (evaluated.julie, evaluated.alain):
        refused = client_of(asking).post(f"/vigilance/{flag.pk}/rappel/")
        assert refused.status_code == 422
        assert "a reçu un rappel le 23 novembre 2026" in text_of(refused)
        assert "à compter du 30 novembre 2026" in text_of(refused)
        assert "Envoyer</button>" not in text_of(client_of(asking).get(f"/vigilance/{flag.pk}/rappel/"))
    with pytest.raises(NotSent):
        remind(flag=flag, person=evaluated.julie, on=evaluated.on + timedelta(days=6))
    remind(flag=flag, person=evaluated.julie, on=evaluated.on + timedelta(days=7))
    assert Message.objects.reminders().count() == 2


def test_another_dyad_of_the_same_mentor_waits_too(evaluated: Cast) -> None:
    flag = silence(evaluated.ines_marc)
    remind(flag=flag, person=evaluated.julie, on=evaluated.on)
    Dyad.objects.filter(pk=evaluated.maika_nadia.pk).update(mentor=evaluated.marc_mentor)
    with pytest.raises(NotSent):
        remind(flag=silence(evaluated.maika_nadia), person=evaluated.julie, on=evaluated.on)


def test_what_never_left_makes_room(evaluated: Cast) -> None:
    flag = silence(evaluated.ines_marc)
    first = remind(flag=flag, person=evaluated.julie, on=evaluated.on)
    Message.objects.filter(pk=first.pk).update(state=Message.State.DROPPED)
    assert remind(flag=flag, person=evaluated.julie, on=evaluated.on).state == Message.State.QUEUED


def test_a_manager_puts_the_programmes_leads_in_copy(evaluated: Cast) -> None:
    message = remind(flag=silence(evaluated.ines_marc), person=evaluated.alain, on=evaluated.on)
    assert list(message.copy_to.all()) == [evaluated.julie]


def test_a_mentor_without_an_address_is_said(evaluated: Cast, client_of: ClientOf) -> None:
    User.objects.filter(pk=evaluated.marc.pk).update(email=None)
    flag, julie = silence(evaluated.ines_marc), client_of(evaluated.julie)
    assert "n’a pas d’adresse de courriel" in text_of(julie.get(f"/vigilance/{flag.pk}/rappel/"))
    assert julie.post(f"/vigilance/{flag.pk}/rappel/").status_code == 422
    assert not Message.objects.exists()


def test_only_a_silence_that_is_examined_calls_for_one(evaluated: Cast, client_of: ClientOf) -> None:
    julie = client_of(evaluated.julie)
    other = Flag.objects.live().get(mentor=evaluated.etienne_mentor, guideline="mentor-training")
    assert "/rappel/" not in text_of(julie.get(f"/vigilance/{other.pk}/"))
    assert julie.post(f"/vigilance/{other.pk}/rappel/").status_code == 422
    flag = silence(evaluated.ines_marc)
    Flag.objects.filter(pk=flag.pk).update(state=Flag.State.DISMISSED)
    assert julie.post(f"/vigilance/{flag.pk}/rappel/").status_code == 422
    assert "/rappel/" not in text_of(client_of(evaluated.marc).get("/vigilance/")), "nobody reminds oneself"


def test_what_was_settled_meanwhile_is_not_sent(evaluated: Cast) -> None:
    flag = silence(evaluated.ines_marc)
    message = remind(flag=flag, person=evaluated.julie, on=evaluated.on)
    Flag.objects.filter(pk=flag.pk).update(state=Flag.State.CLEARED, cleared_on=evaluated.on)
    tasks.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, mail.outbox) == (Message.State.DROPPED, [])


def test_the_outcomes_are_shown_to_those_who_answer_for_the_person(evaluated: Cast, client_of: ClientOf) -> None:
    for person, board in ((evaluated.marc, evaluated.board), (evaluated.other_mentor, evaluated.other_board)):
        Message.objects.create(person=person, board=board, kind="digest", on=evaluated.on, state="unknown")
    for asking in (evaluated.julie, evaluated.alain, evaluated.robert):
        page = text_of(client_of(asking).get("/envois/?etat=a-verifier"))
        assert "Marc-Olivier Thériault" in page
        assert "Envoi incertain" in page
        assert "Luc Bergeron" not in page
    for asking in (evaluated.helene, evaluated.lucie):
        assert "Thériault" not in text_of(client_of(asking).get("/envois/"))
