"""Make a token or the link of an agenda, revoke it. Each is audited."""

import uuid
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from exchange.api.secrets import digest_of, new_secret
from exchange.audit_verbs import CALENDAR_LINK_MADE, CALENDAR_LINK_REVOKED, TOKEN_MADE, TOKEN_REVOKED
from exchange.models import ApiToken
from people import audit
from people.models import SchoolBoard, User

DAYS = (30, 90, 365)
"""How long a token may last, at a person's choice."""
MOST = 20
Scope = ApiToken.Scope


class Made(NamedTuple):
    token: ApiToken
    secret: str
    """To be shown once; empty when the same form was sent before: nobody can tell it any more."""


@transaction.atomic
def make_token(
    *, person: User, name: str, reason: str, scope: str, days: int, entry_uuid: uuid.UUID, at: datetime
) -> Made:
    """A new token, for oneself. Twenty stand at once, at most."""
    _hold(person)
    if already := ApiToken.objects.filter(entry_uuid=entry_uuid, person=person).first():
        return Made(already, "")
    if ApiToken.objects.standing(at).filter(person=person).exclude(scope=Scope.CALENDAR).count() >= MOST:
        raise ValidationError(_("Vingt jetons sont en vigueur\u00a0: révoquez-en un avant d’en créer un autre."))
    said = {"name": name, "reason": reason, "expires_at": at + timedelta(days=days)}
    return _make(person, scope=scope, entry_uuid=entry_uuid, at=at, **said)


@transaction.atomic
def make_calendar_link(*, person: User, entry_uuid: uuid.UUID, at: datetime) -> Made:
    """A new link to one's agenda; the one before opens nothing any more."""
    _hold(person)
    if already := ApiToken.objects.filter(entry_uuid=entry_uuid, person=person).first():
        return Made(already, "")
    for former in ApiToken.objects.filter(person=person, scope=Scope.CALENDAR, revoked_at__isnull=True):
        revoke(token=former, person=person, at=at)
    return _make(person, scope=Scope.CALENDAR, entry_uuid=entry_uuid, at=at, name=_("Agenda"))


@transaction.atomic
def revoke(*, token: ApiToken, person: User, at: datetime) -> bool:
    """Let the token open nothing any more, at once. False when it was revoked already."""
    if not ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at):
        return False
    verb = CALENDAR_LINK_REVOKED if token.scope == Scope.CALENDAR else TOKEN_REVOKED
    audit.record(board=_board(person), person=person, verb=verb, subject=token)
    return True


def _make(person: User, *, scope: str, entry_uuid: uuid.UUID, at: datetime, **said: object) -> Made:
    secret = new_secret()
    token = ApiToken.objects.create(
        person=person, scope=scope, entry_uuid=entry_uuid, digest=digest_of(secret), made_at=at,
        access_version=person.access_version, **said,
    )  # fmt: skip
    verb = CALENDAR_LINK_MADE if scope == Scope.CALENDAR else TOKEN_MADE
    audit.record(board=_board(person), person=person, verb=verb, subject=token, reason=token.reason)
    return Made(token, secret)


def _hold(person: User) -> None:
    """Two presses of one person come one after the other."""
    User.objects.get_queryset().select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def _board(person: User) -> SchoolBoard:
    if person.board is None:
        raise PermissionDenied
    return person.board
