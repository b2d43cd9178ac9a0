"""The way from an address to a row: a stranger gets 404, the right person in another role 403."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

Row = TypeVar("Row", bound=Model)


def get_or_refuse(seen: "QuerySet[Row]", allowed: "QuerySet[Row]", pk: int) -> Row:
    """The row among those that the person sees (404), when it is also among those that they may act on (403)."""
    row = get_object_or_404(seen, pk=pk)
    if not allowed.filter(pk=row.pk).exists():
        raise PermissionDenied
    return row
