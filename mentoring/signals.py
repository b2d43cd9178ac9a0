"""What mentoring announces to whoever listens above it, inside the transaction of the change."""

from django.dispatch import Signal

dyad_changed = Signal()
"""Sent with ``dyad`` and ``on`` (today where the dyad meets) when the dyad, a meeting of it or what surrounds its
meetings changed; with ``records`` (``programs.signals.Records``) when nothing but such records did."""

mentor_changed = Signal()
"""Sent with ``mentor`` and ``on`` when what is recorded of a mentor changed: training, style, approach, age;
with ``others``, the mentors to whom the same befell at once."""
