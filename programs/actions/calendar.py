"""Open a school year, and change what a school does on a day.

Nothing is sent: planned meetings follow the calendar the next night, and findings with them.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import School, SchoolBoard, User
from programs.audit_verbs import SCHOOL_DAY_CHANGED, SCHOOL_YEAR_OPENED
from programs.calendars.statutory import statutory_holidays
from programs.models import SchoolDay, SchoolYear

LONGEST = timedelta(days=366)


@transaction.atomic
def open_school_year(
    *,
    board: SchoolBoard,
    schools: Iterable[School],
    label: str,
    first_on: date,
    last_on: date,
    person: User | None,
) -> tuple[SchoolYear, int]:
    """The board's year of that name, created when unknown, and how many days it gained in these schools.

    Every Monday to Friday from ``first_on`` to ``last_on``, both included, becomes a class day, a statutory day a
    holiday; a day that a school already has stays as it is. Refuses dates upside down, longer than a year, out of
    the year of that name, or inside another year.
    """
    if last_on <= first_on:
        raise ValidationError({"last_on": _("Le dernier jour doit suivre le premier.")})
    if last_on - first_on > LONGEST:
        raise ValidationError({"last_on": _("Une année scolaire dure au plus un an\u00a0: rapprochez les deux dates.")})
    SchoolBoard.objects.select_for_update().get(pk=board.pk)  # the second of a double click waits, and finds the year
    year, created = _year(board, label, first_on, last_on)
    holidays = statutory_holidays(first_on, last_on + timedelta(days=1))
    days = 0
    for school in schools:
        known = set(SchoolDay.objects.filter(school=school).values_list("date", flat=True))
        new = [
            SchoolDay(school=school, date=day, kind=SchoolDay.Kind.HOLIDAY if day in holidays else SchoolDay.Kind.CLASS)
            for day in _weekdays(first_on, last_on)
            if day not in known
        ]
        SchoolDay.objects.bulk_create(new, ignore_conflicts=True)
        days += len(new)
    if created or days:
        audit.record(board=board, person=person, verb=SCHOOL_YEAR_OPENED, subject=year)
    return year, days


def _year(board: SchoolBoard, label: str, first_on: date, last_on: date) -> tuple[SchoolYear, bool]:
    end = last_on + timedelta(days=1)
    years = SchoolYear.objects.filter(board=board)
    year = years.filter(label=label).first() or years.filter(key=label).first()
    if year is not None:
        if not year.starts_on <= first_on < end <= year.ends_on:
            words = _("L’année %(label)s va du %(first)s au %(last)s\u00a0: choisissez des dates entre ces deux jours.")
            last = year.ends_on - timedelta(days=1)
            raise ValidationError({"first_on": words % {"label": year.label, "first": year.starts_on, "last": last}})
        return year, False
    if other := years.filter(starts_on__lt=end, ends_on__gt=first_on).first():
        words = _("Ces dates chevauchent l’année %(label)s\u00a0: reprenez son nom, ou changez les dates.")
        raise ValidationError({"label": words % {"label": other.label}})
    return SchoolYear.objects.create(board=board, key=label, label=label, starts_on=first_on, ends_on=end), True


def _weekdays(first_on: date, last_on: date) -> list[date]:
    every = (first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1))
    return [day for day in every if day.weekday() < 5]


@transaction.atomic
def change_day(*, school: School, day: date, kind: SchoolDay.Kind, person: User) -> SchoolDay:
    """Make a date of a school year a class day, a pedagogical day or a holiday of the school."""
    years = SchoolYear.objects.filter(board=school.board_id)
    if not years.filter(starts_on__lte=day, ends_on__gt=day).exists():
        raise ValidationError({"day": _("Ce jour n’est dans aucune année scolaire\u00a0: ouvrez d’abord l’année.")})
    row, _created = SchoolDay.objects.update_or_create(school=school, date=day, defaults={"kind": kind})
    audit.record(board=school.board, person=person, verb=SCHOOL_DAY_CHANGED, subject=row, reason=f"{day} {kind}")
    return row
