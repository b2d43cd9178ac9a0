"""What people announces to whoever listens above it, inside the transaction of the change."""

from django.dispatch import Signal

messages_recorded = Signal()
"""Sent with ``messages`` (ids) when e-mails were recorded: once that is committed, they may leave."""

accounts_closed = Signal()
"""Sent with ``people`` (whose accounts were closed) and ``at`` (the moment): they serve nobody any more."""

students_left = Signal()
"""Sent with ``schools`` (by student, the school that they left; ids) and ``on`` (the first day elsewhere), after the
change: to another school, or out of the board's."""
