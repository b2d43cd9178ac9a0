"""How an invented row is known: its key begins with what no other key begins with, and with its school's own mark."""

import hashlib
import re
from datetime import date

from people.models import School

RESERVED = "accompagnement-invented:"
DAYS = re.compile(r":days:(\d{4}-\d\d-\d\d):(\d{4}-\d\d-\d\d)$")
Days = tuple[date, date]
"""The first and the last day of a calendar, both included."""


def prefix(school: School) -> str:
    """What the keys of a school's invented rows begin with, whatever its own key is made of."""
    return f"{RESERVED}{hashlib.sha256(school.key.encode()).hexdigest()[:12]}:"


def with_days(key: str, days: Days | None) -> str:
    """A key that also says which calendar came along: a day has no key of its own."""
    return f"{key}:days:{days[0]}:{days[1]}" if days else key


def days_told(key: str) -> Days | None:
    """The calendar that a key says, if it says one."""
    found = DAYS.search(key)
    return (date.fromisoformat(found[1]), date.fromisoformat(found[2])) if found else None
