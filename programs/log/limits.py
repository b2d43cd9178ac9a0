"""What a record takes at most, and how late it may be said. A difference between two kinds is wanted, and said here.

Any record is undone at any time by whoever may log it, and put back for ``people.retention.UNDONE_KEPT``.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.retention import LATE_AFTER

NOTE = 10_000
"""Characters, whatever the kind."""

DAY = 480
"""Minutes: an outing lasts a school day, with a group as with one student."""


MINUTES = {
    "rencontre-groupe": DAY,
    "contact": DAY,
    "famille": 0,
    "bilan-groupe": 0,
    # A week is counted at once: three thousand minutes are fifty hours.
    "temps": 3000,
    "rencontre": DAY,
    "echange": 0,
    "routine": 0,
    "evenement": 0,
    "bilan": 0,
    "appel": 0,
}
"""Of one record of each kind; 0 where it has no length."""


def is_late(day: date, on: date) -> bool:
    return on - day > LATE_AFTER


def late_reason(day: date, on: date, reason: str) -> str:
    """What to keep as the reason of an entry: asked for when its day is more than thirty days back, else nothing."""
    if not is_late(day, on):
        return ""
    if not reason.strip():
        sentence = _(
            "Ce jour remonte à plus de %(days)s jours\u00a0: dites pourquoi la rencontre est consignée maintenant."
        ) % {"days": LATE_AFTER.days}
        raise ValidationError({"late_reason": ValidationError(sentence, code="late")})
    return reason.strip()


def wrong_minutes(minutes: int | None, most: int) -> str:
    """Why a length can't be, in words; empty when it can, or is not said."""
    if minutes is None or 1 <= minutes <= most:
        return ""
    return _("La durée va de 1 à %(longest)s minutes.") % {"longest": most}
