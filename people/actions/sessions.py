"""End sessions: one's own one by one, all but this one, or all those of who is shut out."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from people import audit
from people.audit_verbs import SESSION_ENDED
from people.models import OpenedSession, User


@transaction.atomic
def end_sessions(*, rows: Iterable[OpenedSession], person: User, at: datetime) -> list[OpenedSession]:
    """Put an end to these sessions of the person's own: their next request is a visitor's. Those that it ended."""
    ended = [row for row in rows if row.person_id == person.pk and row.ended_at is None]
    Session.objects.filter(session_key__in=[row.session_key for row in ended]).delete()
    OpenedSession.objects.filter(pk__in=[row.pk for row in ended]).update(ended_at=at)
    if person.board is not None:
        audit.record_all(board=person.board, person=person, verb=SESSION_ENDED, subjects=ended)
    return ended


def drop_sessions(people: Iterable[int]) -> None:
    """Destroy what the sessions of these people (ids) hold: no page asks for it any more."""
    rows = OpenedSession.objects.filter(person__in=list(people))
    Session.objects.filter(session_key__in=rows.values("session_key")).delete()


def purge_sessions(*, before: datetime, at: datetime) -> int:
    """Delete what is known of sessions in which nothing was asked since, and Django's own that expired."""
    Session.objects.filter(expire_date__lt=at).delete()
    return OpenedSession.objects.before(before).delete()[0]
