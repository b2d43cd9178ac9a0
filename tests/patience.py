"""How long a test waits for a fact: a busy machine is slow, not wrong, and only a failing test waits to the end."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 60


def until(fact: Callable[[], bool], *, said: str = "it is so", pause: Callable[[float], object] = time.sleep) -> None:
    """Return as soon as it is so, and fail when it never is; ``pause`` takes seconds, to let a browser speak."""
    given_up_at = time.monotonic() + PATIENCE_SECONDS
    while not fact():
        assert time.monotonic() < given_up_at, f"After {PATIENCE_SECONDS} seconds it is not true that {said}."
        pause(0.05)
