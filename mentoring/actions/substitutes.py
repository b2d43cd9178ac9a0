"""Who is credited with a meeting of a dyad, and which days are open to whoever stands in."""

from datetime import date
from typing import Any

from mentoring.models import Dyad, DyadMeeting
from people.models import User
from programs.substitutes import refuse_other_day, who_met


def credit(meeting: DyadMeeting, values: dict[str, Any], person: User, met_by: int | None) -> int | None:
    """Who met (see ``who_met``), for a meeting about to say ``values``; refuses days outside a substitute's range."""
    rows = meeting.dyad.substitutes.all()
    any_day = Dyad.objects.loggable_any_day_by(person).filter(pk=meeting.dyad_id)
    day: date = values.get("on", meeting.on)
    for one in {day, meeting.on} if meeting.pk else {day}:
        refuse_other_day(rows, person, one, any_day)
    return who_met(meeting, list(rows), status=values["status"], day=day, person=person, met_by=met_by)


def refuse_outside(dyad: Dyad, person: User, day: date) -> None:
    """Refuse an entry of a day on which the person stands in for nobody, when they only stand in."""
    any_day = Dyad.objects.loggable_any_day_by(person).filter(pk=dyad.pk)
    refuse_other_day(dyad.substitutes.all(), person, day, any_day)
