"""What a dyad usually does: the visible defaults of its forms."""

from datetime import date, timedelta
from typing import Any

from mentoring.forms.followup import DONE, HEARD
from mentoring.models import Dyad, DyadMeeting, FollowUp, TeacherLiaison
from mentoring.numbers import COMMITMENT_MONTHS
from people.months import add_months
from programs.log.day_choices import waiting_days
from programs.models import Program, SchoolYear
from programs.models.contacts import Channel
from programs.numbers import in_force

SAID = ("minutes", "channel", "activity", "chosen_by", "topic", "setting", "structured")


def defaults(dyad: Dyad, on: date) -> dict[str, Any]:
    """The length of the timetable, else of the last held meeting, else of the programme; the rest as that meeting."""
    last = DyadMeeting.objects.kept().held().filter(dyad=dyad, on__lte=on).order_by("-on", "-pk").defer("note").first()
    slot = dyad.timetables.active_on(on).first()
    minutes = (slot and slot.minutes) or (last and last.minutes) or dyad.program.minutes
    usual: dict[str, Any] = {"minutes": minutes, "channel": Channel.IN_PERSON}
    if dyad.program.mentoring_form == Program.MentoringForm.INDIVIDUAL:
        usual["setting"] = DyadMeeting.Setting.INDIVIDUAL
    if last is not None:
        usual |= {"activity": last.activity, "chosen_by": last.chosen_by}
        usual["setting"] = last.setting or usual.get("setting", "")
        if last.channel and not last.is_contact:
            usual["channel"] = last.channel
    return usual


def conforming_commitment(program: Program, starts_on: date, on: date) -> date:
    """The first day after the commitment to propose: the later of the school year's end and the months in force.

    Two queries at most.
    """
    months = in_force(program.board_id, on).worth(COMMITMENT_MONTHS, program.pk)
    years = SchoolYear.objects.filter(board=program.board_id, ends_on__gt=starts_on).order_by("starts_on")
    end_of_year = years.values_list("ends_on", flat=True).first()
    return max(add_months(starts_on, months), end_of_year or starts_on)


def usual_days(dyad: Dyad, on: date) -> tuple[date, ...]:
    """The last two days whose planned meeting nobody logged, else the last usual weekday, else yesterday."""
    if waiting := sorted(waiting_days(dyad, on), reverse=True)[:2]:
        return tuple(waiting)
    weekdays = dyad.timetables.active_on(on).filter(weekday__isnull=False).values_list("weekday", flat=True)
    since = [(on.isoweekday() - weekday) % 7 or 7 for weekday in weekdays if weekday]
    return (on - timedelta(days=min(since, default=1)),)


def expected(meeting: DyadMeeting, on: date) -> dict[str, Any]:
    """What was logged of a meeting, or what the plan and the dyad's habits lead to expect."""
    if meeting.is_logged:
        return as_chips({name: getattr(meeting, name) for name in SAID})
    usual = defaults(meeting.dyad, on)
    return as_chips(usual | {"minutes": meeting.minutes or usual["minutes"]})


def as_chips(values: dict[str, Any]) -> dict[str, Any]:
    """Values as the form's chips want them."""
    if "structured" in values:
        values |= {"structured": {True: "yes", False: "no"}.get(values["structured"], "")}
    return values | {"minutes": str(values.get("minutes") or "")}


def last_routine(dyad: Dyad, on: date) -> tuple[date, dict[str, Any]] | None:
    """The day and the ticks of the last weekly routine before ``on``, to start from."""
    last = FollowUp.objects.kept().filter(dyad=dyad, on__lt=on).order_by("-on", "-pk").defer("note").first()
    if last is None:
        return None
    ticks = {name: getattr(last, name) for name in DONE}
    heard = TeacherLiaison.objects.kept().filter(dyad=dyad, entry_uuid=last.entry_uuid).defer("note").first()
    if heard is not None:
        ticks |= {name: getattr(heard, name) for name in HEARD}
    return last.on, ticks
