"""What programs announces to whoever listens above it, inside the transaction of the change."""

from collections.abc import Collection

from django.db.models import Model
from django.dispatch import Signal

Records = Collection[type[Model]]
"""The kinds of records that a change was about; empty: it may be anything."""

group_changed = Signal()
"""Sent with ``group`` and ``on`` (today where the group meets) when a group, its membership or its log changed; with
``records`` (``Records``) when nothing but such records did."""

teacher_changed = Signal()
"""Sent with ``teacher`` (an adult) and ``on`` when their releases, function times or foundations changed."""

program_changed = Signal()
"""Sent with ``program`` and ``on`` when what the programme says of itself changed."""

calendar_changed = Signal()
"""Sent with ``school`` and ``on`` (today there) when days of its calendar changed, and the plans of these days."""

terms_changed = Signal()
"""Sent with ``year`` (a school year, of a board) and ``on`` (today there) when its terms changed; with
``renamed``, the name before and the name since, when one was corrected."""
