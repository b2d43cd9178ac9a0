"""Whom a board's directory may speak of: the adults of its board, and no others."""

from django.db.models import Q, QuerySet

from exchange.models import DirectoryEntry
from people.models import SchoolBoard
from people.models import User as Adult


def people_of(board: SchoolBoard) -> "QuerySet[Adult]":
    """The adults of a board, but those whom its directory took out or whose names were destroyed.

    Who was opened again by hand since is known again: the directory must be able to shut them out.
    """
    out = DirectoryEntry.objects.filter(board=board, removed_at__isnull=False, person__is_active=False).values("person")
    people = Adult.objects.get_queryset().filter(board=board, emptied_on=None, is_staff=False, is_superuser=False)
    return people.exclude(pk__in=out).select_related("directory_entry").order_by("pk")


def entry_of(adult: Adult) -> DirectoryEntry | None:
    """How the directory names them, of a row of ``people_of``."""
    return getattr(adult, "directory_entry", None)


def fresh_entry(adult: Adult) -> DirectoryEntry | None:
    """The same, read again after a change. One query."""
    return DirectoryEntry.objects.filter(person=adult).first()


def named(attribute: str, value: str) -> Q:
    """The filter of whom a directory asks for by its own name for them."""
    if attribute == "externalid":
        return Q(directory_entry__external_id=value)
    return Q(directory_entry__user_name__iexact=value) | Q(directory_entry__isnull=True, email__iexact=value)
