"""The code that opens a minute without an account: a few letters, kept as a hash, for one day and one use."""

import secrets
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from mentoring.models import Minute
from people import wall
from people.models import SchoolBoard

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Those that nobody takes for another."""
LENGTH = 10
LASTS = timedelta(hours=24)
THANKS_LAST = timedelta(minutes=15)
MOST_WRONG, WRONG_WITHIN = 20, 600
"""Wrong codes from one address, and the seconds that they are remembered."""


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def typed(text: str) -> str:
    """A code as it may be typed: small letters, a dash, spaces."""
    return "".join(text.split()).replace("-", "").upper()[:LENGTH]


def hashed(code: str) -> str:
    return salted_hmac("mentoring.minutes", typed(code), algorithm="sha256").hexdigest()


def month_of(day: date) -> date:
    return day.replace(day=1)


def ends_at(board: SchoolBoard, *, at: datetime) -> datetime:
    """A day later, and never after the month: what is counted in a month that is over changes no more."""
    after = (month_of(board.day_of(at)) + timedelta(days=31)).replace(day=1)
    return min(at + LASTS, datetime.combine(after, time(), tzinfo=ZoneInfo(board.time_zone)))


def minute_of(code: str, *, at: datetime) -> Minute | None:
    """The minute that a code opens at this moment, whose answer is to come or just given; else None."""
    rows = Minute.objects.filter(code=hashed(code), expires_at__gt=at)
    with wall.down("a code is all that a student shows"):
        found = rows.select_related("dyad__program__school", "dyad__board", "dyad__student", "dyad__mentor").first()
    if found is not None:
        wall.known(found.dyad.board_id)
    return found


def guesses_too_much(request: HttpRequest) -> bool:
    return int(cache.get(_guesses(request), 0)) >= MOST_WRONG


def count_wrong(request: HttpRequest) -> None:
    name = _guesses(request)
    cache.add(name, 0, WRONG_WITHIN)
    try:
        cache.incr(name)
    except ValueError:  # forgotten in between
        cache.set(name, 1, WRONG_WITHIN)


def _guesses(request: HttpRequest) -> str:
    return f"minute-codes:{get_adapter().get_client_ip(request)}"
