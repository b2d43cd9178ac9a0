"""The plan: one meeting, every week, and four weeks ahead of every timetable."""

import uuid
from collections import defaultdict
from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mentoring.models import Dyad, DyadMeeting, DyadTimetable, Pause
from mentoring.words import spoken
from people.models import SchoolBoard, User
from programs.actions.planning import class_day_ordinals
from programs.models import Program

AHEAD = timedelta(weeks=4)
LONGEST_AHEAD = timedelta(days=366)


@transaction.atomic
def plan_meeting(
    *, dyad: Dyad, person: User, on: date, day: date, starts_at: time | None, minutes: int | None, entry_uuid: uuid.UUID
) -> DyadMeeting:
    """Plan one meeting, today or later; one row per ``entry_uuid``, and per dyad, day and hour."""
    check_plan(dyad, day, on)
    if DyadMeeting.objects.filter(entry_uuid=entry_uuid).exclude(dyad=dyad).exists():
        raise ValidationError(_("Ce formulaire a déjà servi pour une autre dyade : rechargez la page."), code="reused")
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
    check_plan(dyad, day, on)
    program = dyad.program
    weekday: int | None = day.isoweekday()
    cycle_day = None
    if program.cadence_unit == Program.CadenceUnit.CYCLE:
        weekday, cycle_day = None, _cycle_day(program, day)
    slot, created = DyadTimetable.objects.get_or_create(
        dyad=dyad,
        weekday=weekday,
        cycle_day=cycle_day,
        starts_at=starts_at,
        ends_on=None,
        defaults={"minutes": minutes, "place": place, "starts_on": day},
    )
    if created:
        plan_ahead(board=dyad.board, on=on, dyad=dyad)
    return slot


def check_plan(dyad: Dyad, day: date, on: date) -> None:
    """Refuse to plan in the past, after the relationship, or so far away that it must be a slip."""
    if day < on:
        raise ValidationError({"day": _("Ce jour est passé : consignez la rencontre plutôt que de la planifier.")})
    if day < dyad.starts_on or (dyad.ended_on is not None and day >= dyad.ended_on):
        raise ValidationError({"day": _("La dyade n’est pas en cours ce jour-là : choisissez un autre jour.")})
    if day > on + LONGEST_AHEAD:
        limit = {"day": spoken(on + LONGEST_AHEAD)}
        raise ValidationError({"day": _("Choisissez un jour avant le %(day)s.") % limit})


def _cycle_day(program: Program, day: date) -> int:
    days = class_day_ordinals(program.board, [program.school_id], since=day, until=day)[program.school_id]
    if day not in days or not program.cadence_days:
        raise ValidationError({"day": _("Ce jour n’est pas un jour de classe : choisissez-en un autre.")})
    return (days[day] - 1) % program.cadence_days + 1


@transaction.atomic
def plan_ahead(*, board: SchoolBoard, on: date, dyad: Dyad | None = None) -> int:
    """Keep planned meetings four weeks ahead of the timetables of a board, or of one dyad; returns how many were added.

    Class days only, while the dyad is open and not paused. Generated rows from ``on`` on that nobody touched and that
    no longer match go; what a person planned or logged at that day and hour is never doubled. Constant queries.
    """
    until = on + AHEAD
    slots = list(
        DyadTimetable.objects.filter(Q(dyad=dyad) if dyad else Q(dyad__board=board))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), Q(starts_on__isnull=True) | Q(starts_on__lt=until))
        .filter(Q(dyad__ended_on__isnull=True) | Q(dyad__ended_on__gt=on), dyad__starts_on__lt=until)
        .select_related("dyad__program")
    )
    schools = {slot.dyad.program.school_id for slot in slots}
    ordinals = class_day_ordinals(board, schools, since=on, until=until)
    paused = _pauses(slots, on, until)
    wanted = {
        (slot.pk, day): slot
        for slot in slots
        for day, ordinal in ordinals[slot.dyad.program.school_id].items()
        if on <= day < until
        and _falls_on(slot, day, ordinal)
        and not any(start <= day < end for start, end in paused[slot.dyad_id])
    }
    existing = DyadMeeting.objects.filter(Q(dyad=dyad) if dyad else Q(board=board), on__gte=on, on__lt=until)
    return _reconcile(wanted, list(existing.defer("note")))


def _falls_on(slot: DyadTimetable, day: date, ordinal: int) -> bool:
    """Whether a slot asks for a meeting on a class day, the ``ordinal``-th of its school year."""
    if (slot.starts_on and day < slot.starts_on) or (slot.ends_on and day >= slot.ends_on):
        return False
    if not slot.dyad.is_open_on(day):
        return False
    if slot.weekday is not None:
        return day.isoweekday() == slot.weekday
    cycle = slot.dyad.program.cadence_days
    return bool(cycle) and (ordinal - 1) % (cycle or 1) + 1 == slot.cycle_day


def _pauses(slots: list[DyadTimetable], on: date, until: date) -> defaultdict[int, list[tuple[date, date]]]:
    paused: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = Pause.objects.filter(dyad__timetables__in=slots, starts_on__lt=until).distinct()
    for pause in rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)):
        paused[pause.dyad_id].append((pause.starts_on, pause.ends_on or date.max))
    return paused


def _reconcile(wanted: dict[tuple[int, date], DyadTimetable], existing: list[DyadMeeting]) -> int:
    """Delete the generated rows that don't match, add those that lack."""
    stale, taken, hours = [], set(), set()
    for row in existing:
        slot = wanted.get((row.timetable_id, row.on)) if row.timetable_id else None
        generated = row.timetable_id is not None and not row.is_logged and row.deleted_at is None
        if generated and (slot is None or (row.starts_at, row.minutes) != (slot.starts_at, _minutes(slot))):
            stale.append(row.pk)
            continue
        if row.timetable_id:
            taken.add((row.timetable_id, row.on))
        if row.deleted_at is None and not row.is_contact:
            hours.add((row.dyad_id, row.on, row.starts_at))
    lacking = []
    for (pk, day), slot in wanted.items():
        # A logged meeting without an hour fulfils the day's plan as well.
        known = {(slot.dyad_id, day, slot.starts_at), (slot.dyad_id, day, None)}
        if (pk, day) not in taken and not known & hours:
            lacking.append(_row(slot, day))
            hours.add((slot.dyad_id, day, slot.starts_at))
    # Rows that nobody touched have no memory worth keeping: no signal, no history, whatever their number.
    # The state is asked again: someone may have logged one since it was read.
    outdated = DyadMeeting.objects.filter(pk__in=stale, status=DyadMeeting.Status.PLANNED)
    if stale:
        outdated._raw_delete(outdated.db)
    DyadMeeting.objects.bulk_create(lacking, ignore_conflicts=True)
    return len(lacking)


def _minutes(slot: DyadTimetable) -> int | None:
    return slot.minutes or slot.dyad.program.minutes


def _row(slot: DyadTimetable, day: date) -> DyadMeeting:
    return DyadMeeting(
        board_id=slot.dyad.board_id,
        dyad_id=slot.dyad_id,
        timetable=slot,
        on=day,
        starts_at=slot.starts_at,
        minutes=_minutes(slot),
        status=DyadMeeting.Status.PLANNED,
        planned=True,
    )
