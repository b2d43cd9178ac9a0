"""The token of a program: 256 bits of chance, of which the database knows the SHA-256 alone."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from exchange.audit_verbs import TOKEN_USED
from exchange.models import ApiToken
from people import audit, wall

PREFIX = "acc_"
"""So that a token left in a file or a repository is recognised."""
BYTES = 32
LONGEST = 200
USED_TO_WITHIN = timedelta(minutes=10)
Scope = ApiToken.Scope


def new_secret() -> str:
    """Letters, digits, ``-`` and ``_``: it stands in a header or in an address as it is."""
    return PREFIX + secrets.token_urlsafe(BYTES)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def token_of(secret: str, *scopes: str, at: datetime) -> ApiToken | None:
    """The token that a secret opens, with its person; None when it opens nothing any more. Two queries.

    It must stand (``standing``), be of one of the scopes, and its person hold a role today.
    """
    if not secret.startswith(PREFIX) or len(secret) > LONGEST:
        return None
    rows = ApiToken.objects.standing(at).filter(digest=digest_of(secret), scope__in=scopes)
    with wall.down("a secret names its person"):
        token = rows.select_related("person__board", "person__school").first()
    if token is None:
        return None
    wall.known(token.person.board_id)
    if token.person.board is None or not token.person.access.grants:
        return None
    return token


def note_use(token: ApiToken, at: datetime) -> None:
    """Keep that the token served, to within ten minutes; the journal has its first use of each day.

    No query within ten minutes of the last one.
    """
    if token.used_at is None or at - token.used_at >= USED_TO_WITHIN:
        _note_use(token, at)


@transaction.atomic
def _note_use(token: ApiToken, at: datetime) -> None:
    board, before = token.person.board, token.used_at
    if board is None or not ApiToken.objects.filter(pk=token.pk, used_at=before).update(used_at=at):
        return  # another request of the same moment says it
    if before is None or board.day_of(before) != board.day_of(at):
        audit.record(board=board, person=token.person, verb=TOKEN_USED, subject=token, reason=token.reason)
