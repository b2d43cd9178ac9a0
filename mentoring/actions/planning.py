"""Plan one meeting of a dyad, or one every week."""

import uuid
from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mentoring.audit_verbs import DYAD
from mentoring.models import Dyad, DyadMeeting, DyadTimetable
from people import audit
from people.models import User
from people.text import spoken
from programs.actions.ahead import class_day_ordinals
from programs.actions.held import locked
from programs.actions.planning import plan_ahead
from programs.models import Program, SchoolDay

LONGEST_AHEAD = timedelta(days=366)
USUAL_WEEKDAYS = range(1, 6)


@transaction.atomic
def plan_meeting(
    *, dyad: Dyad, on: date, day: date, starts_at: time | None, minutes: int | None, entry_uuid: uuid.UUID
) -> DyadMeeting:
    """Plan one meeting, today or later; one row per ``entry_uuid``, and per dyad, day and hour."""
    dyad = locked(dyad)
    check_plan(dyad, day, on)
    if DyadMeeting.objects.filter(entry_uuid=entry_uuid).exclude(dyad=dyad).exists():
        raise ValidationError(_("Ce formulaire a déjà servi ailleurs. Ouvrez-le de nouveau, puis enregistrez."))
    rows = DyadMeeting.objects.filter(dyad=dyad)
    sent = Q(entry_uuid=entry_uuid) | Q(deleted_at__isnull=True, on=day, starts_at=starts_at, status="planned")
    already = rows.filter(sent).first()
    if already is not None:
        return already
    return DyadMeeting.objects.create(
        board_id=dyad.board_id,
        dyad=dyad,
        entry_uuid=entry_uuid,
        on=day,
        starts_at=starts_at,
        minutes=minutes,
        status=DyadMeeting.Status.PLANNED,
        planned=True,
    )


@transaction.atomic
def plan_every_week(
    *, dyad: Dyad, person: User, on: date, day: date, starts_at: time | None, minutes: int | None, place: str = ""
) -> DyadTimetable:
    """Plan a meeting on the weekday (or the day of the cycle) of ``day``, from it on; asked twice, one slot."""
    dyad = locked(dyad)
    check_plan(dyad, day, on)
    program = dyad.program
    weekday: int | None = day.isoweekday()
    cycle_day = None
    if program.cadence_unit == Program.CadenceUnit.CYCLE:
        weekday, cycle_day = None, _cycle_day(program, day)
    else:
        _check_weekday(program, day)
    slot, created = DyadTimetable.objects.get_or_create(
        dyad=dyad,
        weekday=weekday,
        cycle_day=cycle_day,
        starts_at=starts_at,
        ends_on=None,
        defaults={"minutes": minutes, "place": place, "starts_on": day},
    )
    if created:
        audit.record(board=dyad.board, person=person, verb=DYAD.slot_added, subject=slot)
        plan_ahead(board=dyad.board, on=on, relation=dyad)
    return slot


def check_plan(dyad: Dyad, day: date, on: date) -> None:
    """Refuse to plan in the past, after the relationship, or so far away that it must be a slip."""
    if day < on:
        raise ValidationError({"day": _("Ce jour est passé : consignez la rencontre plutôt que de la planifier.")})
    if day < dyad.starts_on or (dyad.ends_on is not None and day >= dyad.ends_on):
        raise ValidationError({"day": _("La dyade n’est pas en cours ce jour-là : choisissez un autre jour.")})
    if day > on + LONGEST_AHEAD:
        limit = {"day": spoken(on + LONGEST_AHEAD)}
        raise ValidationError({"day": _("Choisissez un jour avant le %(day)s.") % limit})


def _check_weekday(program: Program, day: date) -> None:
    """Refuse a weekday on which the school never has class; without a calendar, the end of the week."""
    days = SchoolDay.objects.class_days().filter(school=program.school_id).order_by()
    known = set(days.values_list("date__iso_week_day", flat=True).distinct())
    if day.isoweekday() not in (known or USUAL_WEEKDAYS):
        said = _(
            "Il n’y a jamais de classe ce jour de la semaine\u00a0: choisissez un autre jour, ou une seule rencontre."
        )
        raise ValidationError({"day": said})


def _cycle_day(program: Program, day: date) -> int:
    days = class_day_ordinals(program.board, [program.school_id], since=day, until=day)[program.school_id]
    if day not in days or not program.cadence_days:
        raise ValidationError({"day": _("Ce jour n’est pas un jour de classe : choisissez-en un autre.")})
    return (days[day] - 1) % program.cadence_days + 1
