"""The token by which a board's directory asks: made, replaced, revoked by an administrator."""

import uuid
from datetime import datetime

from django.db import transaction

from exchange.api.secrets import digest_of, new_secret
from exchange.audit_verbs import DIRECTORY_TOKEN_MADE, DIRECTORY_TOKEN_REVOKED
from exchange.models import DirectoryToken
from people import audit
from people.models import SchoolBoard, User


@transaction.atomic
def make_directory_token(*, board: SchoolBoard, person: User, entry_uuid: uuid.UUID, at: datetime) -> str:
    """The secret of a new token, in place of the former; empty when the same form was sent before."""
    SchoolBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    if DirectoryToken.objects.filter(entry_uuid=entry_uuid).exists():
        return ""
    revoke_directory_token(board=board, person=person, at=at)
    secret = new_secret()
    token = DirectoryToken.objects.create(
        board=board, entry_uuid=entry_uuid, digest=digest_of(secret), made_by=person, made_at=at
    )
    audit.record(board=board, person=person, verb=DIRECTORY_TOKEN_MADE, subject=token)
    return secret


@transaction.atomic
def revoke_directory_token(*, board: SchoolBoard, person: User, at: datetime) -> bool:
    """Let the directory ask no more, at once. False when no token stood."""
    token = standing(board)
    if token is None or not DirectoryToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at):
        return False
    audit.record(board=board, person=person, verb=DIRECTORY_TOKEN_REVOKED, subject=token)
    return True


def standing(board: SchoolBoard) -> DirectoryToken | None:
    """The token that opens today. One query."""
    return DirectoryToken.objects.filter(board=board, revoked_at__isnull=True).first()
