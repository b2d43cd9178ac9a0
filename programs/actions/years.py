"""Open a school year with its days and its terms."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import School, SchoolBoard, User
from programs.actions.ahead import AHEAD
from programs.actions.calendar import FRIDAY, LONGEST, Kind, Marks, change_days
from programs.actions.planning import plan_ahead
from programs.actions.terms import Span, put_terms
from programs.audit_verbs import SCHOOL_YEAR_OPENED
from programs.calendars.statutory import statutory_holidays
from programs.models import SchoolDay, SchoolYear

MOST_CLASS_DAYS, FEWEST_CLASS_DAYS = 200, 180
"""The school calendar's ceiling, and the days of class that it holds at least (Régime pédagogique)."""
NO_MARKS: Marks = {}


def usual_days(first_on: date, last_on: date, marks: Marks = NO_MARKS) -> dict[date, SchoolDay.Kind]:
    """What each day of a year is: Monday to Friday has class, statutory days have none, and the marks have their say.

    Marks outside of the two days, both included, are left out.
    """
    holidays = statutory_holidays(first_on, last_on + timedelta(days=1))
    every = (first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1))
    days = {day: Kind.HOLIDAY if day in holidays else Kind.CLASS for day in every if day.weekday() <= FRIDAY}
    inside = {day: SchoolDay.Kind(kind) for day, kind in marks.items() if first_on <= day <= last_on}
    return dict(sorted((days | inside).items()))


@transaction.atomic
def open_school_year(
    *,
    board: SchoolBoard,
    schools: Iterable[School],
    label: str,
    first_on: date,
    last_on: date,
    person: User | None,
    on: date,
    marks: Marks = NO_MARKS,
    terms: Sequence[Span] = (),
) -> tuple[SchoolYear, int]:
    """The board's year of that name, created when unknown, and how many days it gained in these schools.

    The days are ``usual_days``; one that a school already has stays as it is, unless a mark says otherwise. The terms
    are the board's, for all of its schools. Refuses dates upside down, longer than a year, out of the year of that
    name, or inside another year.
    """
    check_dates(first_on, last_on)
    SchoolBoard.objects.select_for_update().get(pk=board.pk)  # the second of a double click waits, and finds the year
    year, created = _year(board, label, first_on, last_on)
    gained = sum(_open_in(school, usual_days(first_on, last_on, marks), marks, person, on) for school in schools)
    if created or gained:
        audit.record(board=board, person=person, verb=SCHOOL_YEAR_OPENED, subject=year)
    put_terms(year=year, terms=terms, person=person, on=on)
    return year, gained


def check_dates(first_on: date, last_on: date) -> None:
    """Refuse dates upside down, or more than a year apart."""
    if last_on <= first_on:
        raise ValidationError({"last_on": _("Le dernier jour doit suivre le premier.")})
    if last_on - first_on > LONGEST:
        raise ValidationError({"last_on": _("Une année scolaire dure au plus un an\u00a0: rapprochez les deux dates.")})


def _open_in(school: School, days: dict[date, SchoolDay.Kind], marks: Marks, person: User | None, on: date) -> int:
    known = set(SchoolDay.objects.filter(school=school).values_list("date", flat=True))
    new = [SchoolDay(school=school, date=day, kind=kind) for day, kind in days.items() if day not in known]
    SchoolDay.objects.bulk_create(new, ignore_conflicts=True)
    change_days(
        school=school, marks={day: days[day] for day in marks if day in days and day in known}, person=person, on=on
    )
    if new and new[0].date < on + AHEAD:
        plan_ahead(board=school.board, on=on, school=school)
    return len(new)


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
