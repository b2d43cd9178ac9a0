"""The sessions of a person: which are open, and what each page remembers of its own."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from people.devices import kind_of_device, parts_of
from people.models import OpenedSession, User
from people.retention import SESSIONS_KEPT

SEEN = "seen"
MARK = "mark"
KEY = "marked_key"
A_MINUTE = 60


@dataclass(frozen=True)
class Listed:
    """One session as its person reads it."""

    row: OpenedSession
    is_open: bool
    is_this: bool

    @property
    def browser(self) -> str:
        return parts_of(self.row.device)[0]

    @property
    def system(self) -> str:
        return parts_of(self.row.device)[1]


def remember(request: HttpRequest, person: User) -> None:
    """Note that the session serves now, under the key that it has. One statement."""
    session, now, key = request.session, int(time.time()), request.session.session_key or ""
    at = datetime.fromtimestamp(now, UTC)
    session[SEEN], session[KEY] = now, key
    mark = session.get(MARK)
    known = OpenedSession.objects.filter(person=person)
    if mark is not None and known.filter(mark=mark).update(session_key=key, seen_at=at):
        return
    session[MARK] = uuid.uuid4().hex
    device = kind_of_device(request.headers.get("User-Agent", ""))
    of = {"mark": session[MARK], "session_key": key, "device": device}
    OpenedSession.objects.create(person=person, begun_at=at, seen_at=at, **of)


def is_remembered(request: HttpRequest) -> bool:
    """Whether the key that the session has is the one that was noted: a new password changes it."""
    return request.session.get(KEY) == request.session.session_key


def listed(person: User, *, at: datetime, mark: str) -> list[Listed]:
    """The person's sessions of late, the last that served first. Two queries, whatever their number."""
    rows = list(person.opened_sessions.filter(seen_at__gt=at - SESSIONS_KEPT))
    stored = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=at)
    contents = {session.session_key: session.get_decoded() for session in stored}
    return [
        Listed(row, is_open(row, contents.get(row.session_key, {}), person, at), row.mark.hex == mark) for row in rows
    ]


def is_open(row: OpenedSession, content: Mapping[str, object], person: User, at: datetime) -> bool:
    """Whether the next request of this session would be answered: it is there, not idle for too long, not refused."""
    idle = at - row.seen_at > timedelta(seconds=settings.IDLE_LOCK_SECONDS + A_MINUTE)
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return not idle and any(constant_time_compare(str(content.get(HASH_SESSION_KEY)), known) for known in hashes)
