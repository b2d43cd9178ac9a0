"""How many students a group may hold (§2 and §2.2): the numbers that the entry pages speak of.

The findings have their own, which a board may change; these are the review's.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from programs.models import SupportGroup

SMALLEST_USUAL = 5
LARGEST_COMFORTABLE = 12
LARGEST_USUAL = 15


def peak_size(group: SupportGroup, *, since: date) -> int:
    """The most members on any day from ``since`` on, as known now. One query."""
    ranges = list(
        group.members.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=since)).values_list(
            "student", "starts_on", "ends_on"
        )
    )
    days = {since} | {start for _student, start, _end in ranges if start > since}
    return max(
        len({student for student, start, end in ranges if start <= day and (end is None or end > day)}) for day in days
    )


def size_in_words(size: int) -> str:
    """Where a size stands, without blame."""
    if size > LARGEST_USUAL:
        return _("au-delà de 15")
    if size > LARGEST_COMFORTABLE:
        return _("zone de 13 à 15")
    if size < SMALLEST_USUAL:
        return _("moins de 5")
    return _("de 5 à 12")
