"""Ranges are half-open in the database; pages show the last day that counts."""

from datetime import date, timedelta

from django import template

register = template.Library()


@register.filter
def last_day(first_day_after: date | None) -> date | None:
    """The last day that counts, of a range whose end is the first that no longer does."""
    return first_day_after - timedelta(days=1) if first_day_after else None
