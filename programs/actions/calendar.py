"""Change what a school does on its days, with all that follows from it, in one transaction.

The meetings planned on a day that closes go at once, those of a day that reopens return, and findings follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import School, SchoolBoard, User
from programs.actions.closing import bring_back, planned_on, take_away
from programs.actions.planning import plan_ahead
from programs.audit_verbs import SCHOOL_DAY_CHANGED
from programs.models import SchoolDay, SchoolYear
from programs.signals import calendar_changed

LONGEST = timedelta(days=366)
FRIDAY = 4
Kind = SchoolDay.Kind
Marks = Mapping[date, SchoolDay.Kind]
"""What some dates are to become."""


@dataclass(frozen=True)
class Changed:
    """How many days changed, and how many planned meetings went or returned with them."""

    days: int = 0
    taken_away: int = 0
    brought_back: int = 0


@transaction.atomic
def change_days(*, school: School, marks: Marks, person: User | None, on: date) -> Changed:
    """Make dates of a school's years class days, pedagogical days or holidays; said twice, nothing changes.

    Planned meetings that nobody logged go with the days that lose their class, and return when a day reopens
    (``programs.actions.closing``). Refuses a date of no school year. One line of the journal for each run of days.
    """
    School.objects.select_for_update(of=("self",)).get(pk=school.pk)  # a double click waits, and finds it done
    known = dict(SchoolDay.objects.filter(school=school, date__in=marks).values_list("date", "kind"))
    new = {day: kind for day, kind in sorted(marks.items()) if known.get(day) != kind}
    if not new:
        return Changed()
    _check_years(school, new)
    SchoolDay.objects.bulk_create(
        [SchoolDay(school=school, date=day, kind=kind) for day, kind in new.items()],
        update_conflicts=True,
        unique_fields=["school", "date"],
        update_fields=["kind"],
    )
    for first, last, kind in runs(new):
        row = SchoolDay.objects.get(school=school, date=first)
        span = f"{first}" if first == last else f"{first} – {last}"
        audit.record(board=school.board, person=person, verb=SCHOOL_DAY_CHANGED, subject=row, reason=f"{span} {kind}")
    closed = [day for day, kind in new.items() if kind != Kind.CLASS]
    opened = [day for day, kind in new.items() if kind == Kind.CLASS]
    taken = take_away(school=school, days=closed)
    before = planned_on(school, opened)
    bring_back(school=school, days=opened, on=on)
    plan_ahead(board=school.board, on=on, school=school)  # the days of a cycle move with those before them
    calendar_changed.send(School, school=school, on=on)
    return Changed(len(new), taken, planned_on(school, opened) - before)


def change_day(*, school: School, day: date, kind: SchoolDay.Kind, person: User | None, on: date) -> Changed:
    """The same, of one date."""
    return change_days(school=school, marks={day: kind}, person=person, on=on)


def change_range(
    *, school: School, first_on: date, last_on: date, kind: SchoolDay.Kind, person: User | None, on: date
) -> Changed:
    """The same, of every day from one to another (``days_between``)."""
    marks = dict.fromkeys(days_between(school, first_on, last_on), kind)
    return change_days(school=school, marks=marks, person=person, on=on)


def days_between(school: School, first_on: date, last_on: date) -> list[date]:
    """Every Monday to Friday from a day to another, both included; of a weekend, the class days that the school has.

    A single date is itself, whatever its weekday. Refuses dates upside down or more than a year apart.
    """
    if last_on < first_on:
        raise ValidationError({"last_on": _("Le dernier jour précède le premier.")})
    if last_on - first_on > LONGEST:
        raise ValidationError({"last_on": _("Une année scolaire dure au plus un an\u00a0: rapprochez les deux dates.")})
    if first_on == last_on:
        return [first_on]
    days = SchoolDay.objects.class_days().filter(school=school, date__range=(first_on, last_on))
    open_on = set(days.values_list("date", flat=True))
    every = (first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1))
    return [day for day in every if day.weekday() <= FRIDAY or day in open_on]


def runs(marks: Marks) -> list[tuple[date, date, SchoolDay.Kind]]:
    """Days of one kind that follow one another, weekends apart, as first, last and kind."""
    found: list[tuple[date, date, SchoolDay.Kind]] = []
    for day, kind in sorted(marks.items()):
        if found and found[-1][2] == kind and _follow(found[-1][1], day):
            found[-1] = (found[-1][0], day, kind)
        else:
            found.append((day, day, kind))
    return found


def _follow(day: date, next_day: date) -> bool:
    between = (day + timedelta(days=n) for n in range(1, (next_day - day).days))
    return all(one.weekday() > FRIDAY for one in between)


def _check_years(school: School, marks: Marks) -> None:
    board: SchoolBoard = school.board
    years = SchoolYear.objects.filter(board=board, starts_on__lte=max(marks), ends_on__gt=min(marks))
    spans = list(years.values_list("starts_on", "ends_on"))
    outside = [day for day in marks if not any(start <= day < end for start, end in spans)]
    if not outside:
        return
    if len(marks) == 1:
        raise ValidationError({"day": _("Ce jour n’est dans aucune année scolaire\u00a0: ouvrez d’abord l’année.")})
    words = _("Le %(day)s n’est dans aucune année scolaire\u00a0: ouvrez d’abord l’année, ou changez les dates.")
    raise ValidationError({"last_on": words % {"day": outside[0].isoformat()}})
