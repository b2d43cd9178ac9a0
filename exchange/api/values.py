"""How a value is written in a request: one way each, so that no two readings of it differ."""

import re
import uuid
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from people.fields import is_day

NUMBER = re.compile(r"[0-9]{1,19}")


def day(value: Any) -> date:
    """A day of this century, as « 2026-11-23 »."""
    if isinstance(value, str) and is_day(value):
        return date.fromisoformat(value)
    raise ValueError("2026-11-23")


def whole_number(value: Any) -> int:
    """Of an address: digits alone."""
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return int(value)
    if isinstance(value, int):
        return value
    raise ValueError("123")


def key(value: Any) -> uuid.UUID:
    """A UUID in its usual form."""
    if isinstance(value, str) and len(value) == 36:
        return uuid.UUID(value)
    raise ValueError("00000000-0000-4000-8000-000000000000")


CENTURY = {
    "type": "string",
    "format": "date",
    "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
}
Day = Annotated[date, BeforeValidator(day), WithJsonSchema(CENTURY)]
"""A day of this century, described as exactly as it is read."""
