"""« Annuaire »: what an administrator gives to the board's directory, so that it says who works there."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exchange.scim.addresses import ROOT
from exchange.scim.tokens import make_directory_token, revoke_directory_token, standing
from people.access import Role
from people.fields import usable_uuid
from people.forms import ActionForm
from people.models import SchoolBoard
from people.requests import PersonRequest
from people.shortcuts import own_board


@require_safe
def directory(request: PersonRequest) -> HttpResponse:
    """Where the directory asks, and whether it may."""
    return _page(request, _board(request))


@require_POST
def directory_token(request: PersonRequest) -> HttpResponse:
    """A new token, shown this once; the former one opens nothing any more."""
    board = _board(request)
    key = usable_uuid(ActionForm(request.POST))
    secret = make_directory_token(board=board, person=request.user, entry_uuid=key, at=timezone.now())
    return _page(request, board, secret) if secret else redirect("directory")


@require_POST
def directory_token_revoke(request: PersonRequest) -> HttpResponse:
    """Let the directory ask no more."""
    if revoke_directory_token(board=_board(request), person=request.user, at=timezone.now()):
        messages.success(request, _("C’est révoqué\u00a0: l’annuaire ne peut plus rien demander."))
    return redirect("directory")


def _page(request: PersonRequest, board: SchoolBoard, secret: str = "") -> HttpResponse:
    address = request.build_absolute_uri(ROOT)
    context = {"token": standing(board), "secret": secret, "address": address, "entry_uuid": uuid.uuid4()}
    return render(request, "exchange/directory.html", context)


def _board(request: PersonRequest) -> SchoolBoard:
    return own_board(request.user, Role.BOARD_ADMIN)
