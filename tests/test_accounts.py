"""Accounts: a link serves once and for some days; what is closed lets nobody in, and nothing comes back by itself."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from django.core import mail
from django.test import Client
from django.utils import timezone

from guidelines.tasks import deliver
from people.access import Role
from people.actions.accounts import accept, close_accounts, correct_adult, invite, reopen_accounts
from people.invitations import invitation_of, token
from people.models import AuditEntry, Invitation, Membership, Message, User
from people.models.accounts import INVITED_FOR
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
PASSWORD = "une phrase assez longue"


def test_a_closed_account_lets_nobody_in_by_any_way(cast: Cast, client_of: ClientOf) -> None:
    now, client = timezone.now(), client_of(cast.marc)
    [invitation] = invite(people=[cast.marc], person=cast.alain, at=now)
    reset, link = default_token_generator.make_token(cast.marc), token(invitation)
    assert client.get("/semaine/").status_code == 200
    assert close_accounts(people=[cast.marc, cast.marc], person=cast.alain, at=now) == [cast.marc]
    assert close_accounts(people=[cast.marc], person=cast.alain, at=now) == []
    assert client.get("/semaine/").status_code == 302
    assert reopen_accounts(people=[cast.marc], person=cast.alain) == [cast.marc]
    cast.marc.refresh_from_db()
    assert client.get("/semaine/").status_code == 302, "a former session does not come back"
    assert invitation_of(link, at=now) is None
    assert not default_token_generator.check_token(cast.marc, reset)
    assert client_of(cast.marc).get("/semaine/").status_code == 200
    verbs = AuditEntry.objects.filter(subject_id=cast.marc.pk, subject_type="people.user").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["invitation.sent", "account.closed", "account.reopened"]


def test_an_invitation_serves_once_and_for_some_days(cast: Cast) -> None:
    before, now = timezone.now() - timedelta(hours=1), timezone.now()
    [first] = invite(people=[cast.marc], person=cast.alain, at=before)
    [second] = invite(people=[cast.marc], person=cast.alain, at=now)
    assert invite(people=[cast.marc], person=cast.alain, at=now) == [second], "pressed twice, it is sent once"
    assert invitation_of(token(first), at=now) is None, "the new link takes the place of the former"
    assert invitation_of(token(second), at=now + INVITED_FOR) is None
    assert invitation_of(token(second) + "x", at=now) is None
    assert invitation_of(token(second), at=now + INVITED_FOR - timedelta(seconds=1)) == second
    assert accept(invitation=second, password=PASSWORD, at=now) == cast.marc
    assert accept(invitation=second, password="autre chose encore", at=now) is None
    cast.marc.refresh_from_db()
    assert cast.marc.check_password(PASSWORD)


def test_a_role_that_whoever_invited_could_not_give_makes_their_link_useless(cast: Cast) -> None:
    now = timezone.now()
    [invitation] = invite(people=[cast.marc], person=cast.alain, at=now)
    assert invitation_of(token(invitation), at=now) == invitation
    Membership.objects.create(person=cast.marc, role=Role.PRIVACY_OFFICER, board=cast.board)
    assert invitation_of(token(invitation), at=now) is None
    [invitation] = invite(people=[cast.marc], person=cast.robert, at=now)
    assert invitation_of(token(invitation), at=now) == invitation


def test_the_link_of_whoever_is_closed_opens_nothing(cast: Cast) -> None:
    now = timezone.now()
    [invitation] = invite(people=[cast.nadia], person=cast.alain, at=now)
    close_accounts(people=[cast.alain], person=cast.robert, at=now)
    assert invitation_of(token(invitation), at=now) is None


def test_a_new_address_makes_the_former_link_useless(cast: Cast) -> None:
    now = timezone.now()
    [invitation] = invite(people=[cast.marc], person=cast.alain, at=now)
    names = {"given_name": cast.marc.given_name, "family_name": cast.marc.family_name, "school": cast.marc.school}
    correct_adult(adult=cast.marc, email="marc.autre@rive-claire.example", person=cast.alain, at=now, **names)
    assert not Invitation.objects.open_at(now).filter(pk=invitation.pk)


@pytest.mark.django_db(transaction=True)
def test_the_mail_carries_the_link_that_serves(cast: Cast) -> None:
    for hours in (1, 0):
        invite(people=[cast.marc], person=cast.alain, at=timezone.now() - timedelta(hours=hours))
    first, second = Message.objects.filter(kind="invitation").order_by("pk")
    for message in (first, second):
        deliver(message.pk)
        message.refresh_from_db()
    assert (first.state, second.state) == (Message.State.DROPPED, Message.State.SENT)
    [letter] = mail.outbox
    assert letter.to == [cast.marc.email]
    [link] = re.findall(r"/invitation/(\S+)/", str(letter.body))
    assert invitation_of(link, at=timezone.now())


def test_without_a_mail_server_nothing_waits_to_leave(cast: Cast, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # type: ignore[attr-defined]
    assert invite(people=[cast.marc], person=cast.alain, at=timezone.now())
    assert not Message.objects.filter(kind="invitation")
