"""What programs announces to whoever listens above it, inside the transaction of the change."""

from django.dispatch import Signal

group_changed = Signal()
"""Sent with ``group`` and ``on`` (today where the group meets) when a meeting or the membership of a group changed."""

teacher_changed = Signal()
"""Sent with ``teacher`` (an adult) and ``on`` when their releases, function times or foundations changed."""

program_changed = Signal()
"""Sent with ``program`` and ``on`` when what the programme says of itself changed."""
