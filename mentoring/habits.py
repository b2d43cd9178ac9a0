"""What a dyad usually does: the visible defaults of its forms."""

from datetime import date, timedelta
from typing import Any

from mentoring.models import Dyad, DyadMeeting, FollowUp, TeacherLiaison
from programs.days import LAST_DAYS, EarlierWeek, earlier_days
from programs.models import Program


def habits(dyad: Dyad, on: date) -> dict[str, Any]:
    """The length of the timetable, else of the last held meeting, else of the programme; the rest as that meeting."""
    last = DyadMeeting.objects.kept().held().filter(dyad=dyad, on__lte=on).order_by("-on", "-pk").defer("note").first()
    slot = dyad.timetables.active_on(on).first()
    minutes = (slot and slot.minutes) or (last and last.minutes) or dyad.program.minutes
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
    """The last two days whose planned meeting nobody logged, else the last usual weekday, else yesterday."""
    waiting = sorted(waiting_days(dyad, on), reverse=True)[:2]
    if waiting:
        return tuple(waiting)
    weekdays = dyad.timetables.active_on(on).filter(weekday__isnull=False).values_list("weekday", flat=True)
    since = [(on.isoweekday() - weekday) % 7 or 7 for weekday in weekdays if weekday]
    return (on - timedelta(days=min(since, default=1)),)


def waiting_days(dyad: Dyad, on: date) -> set[date]:
    """The days of the last thirty whose planned meeting nobody logged."""
    rows = DyadMeeting.objects.kept().filter(dyad=dyad, status=DyadMeeting.Status.PLANNED)
    return set(rows.filter(on__lt=on, on__gte=on - timedelta(days=LAST_DAYS)).values_list("on", flat=True))


def weeks_to_choose(dyad: Dyad, on: date) -> list[EarlierWeek]:
    """The fold of the earlier days, for the forms of a dyad."""
    return earlier_days(dyad.program.school_id, on, since=dyad.starts_on, due=waiting_days(dyad, on))


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
