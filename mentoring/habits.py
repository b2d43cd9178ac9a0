"""What a dyad usually does: the visible defaults of its forms."""

from datetime import date, timedelta
from typing import Any

from mentoring.models import Dyad, DyadMeeting, FollowUp, TeacherLiaison
from programs.models import Program

LOOK_BACK = timedelta(weeks=4)


def habits(dyad: Dyad, on: date) -> dict[str, Any]:
    """The length, channel, mode and activity of the last held meeting, else of the timetable or the programme."""
    last = DyadMeeting.objects.kept().held().filter(dyad=dyad, on__lte=on).order_by("-on", "-pk").defer("note").first()
    slot = dyad.timetables.active_on(on).first()
    minutes = (last and last.minutes) or (slot and slot.minutes) or dyad.program.minutes
    usual: dict[str, Any] = {"minutes": minutes, "channel": DyadMeeting.Channel.IN_PERSON}
    if dyad.program.mentoring_form == Program.MentoringForm.INDIVIDUAL:
        usual["setting"] = DyadMeeting.Setting.INDIVIDUAL
    if last is not None:
        usual |= {"activity": last.activity, "chosen_by": last.chosen_by}
        usual["setting"] = last.setting or usual.get("setting", "")
        if last.channel and not last.is_contact:
            usual["channel"] = last.channel
    return usual


def usual_days(dyad: Dyad, on: date) -> tuple[date, ...]:
    """The last day on which a meeting was planned and not logged, else the last usual weekday, else yesterday."""
    plans = DyadMeeting.objects.kept().filter(dyad=dyad, status=DyadMeeting.Status.PLANNED)
    waiting = plans.filter(on__lt=on, on__gte=on - LOOK_BACK).order_by("-on").values_list("on", flat=True).first()
    if waiting is not None:
        return (waiting,)
    weekdays = dyad.timetables.active_on(on).filter(weekday__isnull=False).values_list("weekday", flat=True)
    since = [(on.isoweekday() - weekday) % 7 or 7 for weekday in weekdays if weekday]
    return (on - timedelta(days=min(since, default=1)),)


def last_routine(dyad: Dyad, on: date) -> tuple[date, dict[str, Any]] | None:
    """The day and the ticks of the last weekly routine before ``on``, to start from."""
    last = FollowUp.objects.kept().filter(dyad=dyad, on__lt=on).order_by("-on", "-pk").defer("note").first()
    if last is None:
        return None
    done = ("recognised", "skill", "lates_reviewed", "discipline_reviewed", "results_reviewed")
    ticks = {name: getattr(last, name) for name in done}
    heard = TeacherLiaison.objects.kept().filter(dyad=dyad, entry_uuid=last.entry_uuid).defer("note").first()
    if heard is not None:
        ticks |= {name: getattr(heard, name) for name in ("achievement_heard", "work_heard")}
    return last.on, ticks
