"""Which board a directory speaks for: by its token alone; every refusal in SCIM's words."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError
from scim2_models import Error, InvalidSyntaxException, SCIMException, ScimPolicy

from exchange.api.secrets import LONGEST, digest_of
from exchange.models import DirectoryToken
from people import wall
from people.models import SchoolBoard

CONTENT_TYPE = "application/scim+json"
LARGEST = 100_000
"""Bytes of a request: one person is a thousand."""
AS_ENTRA_WRITES = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)
"""What a directory says besides what we keep is left aside; Microsoft's habits are understood."""
View = Callable[..., HttpResponse]


def answer(content: dict[str, Any] | None, status: int = 200, **headers: str) -> HttpResponse:
    body = b"" if content is None else json.dumps(content, ensure_ascii=False).encode()
    return HttpResponse(body, status=status, content_type=CONTENT_TYPE, headers=headers)


def refuse(status: int, detail: str, **headers: str) -> HttpResponse:
    return answer(Error(status=status, detail=detail).model_dump(), status, **headers)


def of_a_directory(*methods: str) -> Callable[[View], View]:
    """A view that a board's directory asks: it gets the board, and answers these methods."""

    def shielded(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.user = AnonymousUser()
            board = board_of(request)
            if board is None:
                return refuse(401, "no token that stands", **{"WWW-Authenticate": 'Bearer realm="Accompagnement"'})
            if request.method not in methods:
                return refuse(405, "method not allowed", Allow=", ".join(methods))
            try:
                with AS_ENTRA_WRITES:
                    return view(request, board, *args, **kwargs)
            except SCIMException as refusal:
                error = refusal.to_error()
                return answer(error.model_dump(), error.status or 400)
            except ValidationError as refusal:
                error = Error.from_validation_errors(refusal)[0]
                return answer(error.model_dump(), error.status or 400)

        return csrf_exempt(login_not_required(asked))

    return shielded


def board_of(request: HttpRequest) -> SchoolBoard | None:
    """The board of the token that the request carries; None when it opens nothing (any more). At most two queries."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 0 < len(secret) <= LONGEST:
        return None
    rows = DirectoryToken.objects.filter(digest=digest_of(secret.strip()), revoked_at__isnull=True)
    with wall.down("a secret names its board"):
        token = rows.select_related("board").first()
    if token is None:
        return None
    wall.known(token.board_id)
    at = timezone.now()
    if token.used_at is None or (at - token.used_at).total_seconds() > 600:
        DirectoryToken.objects.filter(pk=token.pk).update(used_at=at)
    return token.board


def body_of(request: HttpRequest) -> dict[str, Any]:
    """What was sent, as an object."""
    if len(request.body) > LARGEST:
        raise InvalidSyntaxException(detail="the request is too large")
    try:
        said = json.loads(request.body.decode().replace("\\u0000", ""))
        # Half a character, which JSON can write and no database keeps.
        json.dumps(said, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise InvalidSyntaxException(detail="the request is no JSON") from None
    if not isinstance(said, dict):
        raise InvalidSyntaxException(detail="the request is no JSON object")
    return said
