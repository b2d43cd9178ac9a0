"""What people announces to whoever listens above it, inside the transaction of the change."""

from django.dispatch import Signal

messages_recorded = Signal()
"""Sent with ``messages`` (ids) when e-mails were recorded: once that is committed, they may leave."""
