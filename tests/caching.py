"""What lets an answer be kept where others may read it."""

import re
from collections.abc import Iterator

from django.http import HttpResponseBase


def kept_anywhere(response: HttpResponseBase) -> Iterator[str]:
    """What lets a browser or a proxy keep the answer to a signed-in person."""
    said = {part.strip() for part in response.get("Cache-Control", "").split(",")}
    if missing := {"no-store", "private"} - said:
        yield f"{response.status_code} may be kept: {sorted(missing)} is missing"


def kept_by_others(response: HttpResponseBase) -> Iterator[str]:
    """What lets anybody keep what a visitor is answered, beyond asking again each time."""
    said = response.get("Cache-Control", "")
    if "public" in said or re.search(r"max-age=[1-9]", said):
        yield f"{response.status_code} may be kept: {said}"
