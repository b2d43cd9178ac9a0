"""The doors of pages: of a row, a stranger gets 404; the right person in another role gets 403."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from people.access import Role
from people.models import SchoolBoard, User

Row = TypeVar("Row", bound=Model)


def require_role(user: User, *roles: Role) -> None:
    """Let in who holds one of the roles, in any scope; 403 for the others."""
    if not user.access.holds(*roles):
        raise PermissionDenied


def own_board(user: User, *roles: Role) -> SchoolBoard:
    """Their board, to who holds one of the roles (any, when none is named); 403 for the others, and for an operator,
    who has none.
    """
    if user.board is None or (roles and not user.access.holds(*roles)):
        raise PermissionDenied
    return user.board


def get_or_refuse(seen: "QuerySet[Row]", allowed: "QuerySet[Row]", pk: int) -> Row:
    """The row among those that the person sees (404), when it is also among those that they may act on (403)."""
    row = get_object_or_404(seen, pk=pk)
    if not allowed.filter(pk=row.pk).exists():
        raise PermissionDenied
    return row
