"""The calendar that comes with invented data, for a school that has none, and what becomes of it afterwards."""

from datetime import date, timedelta

from exchange.invented.keys import RESERVED, Days
from exchange.invented.story import WEEK, WEEKS, Setting
from people.models import School
from people.models.base import new_key
from programs.actions.years import usual_days
from programs.models import Program, SchoolDay, SchoolYear, TeacherRelease, Term

DAY = timedelta(days=1)
AUGUST, JUNE = 8, 6
YEAR = f"{RESERVED}annee:"
"""Of the board: another school may be filled in the same one."""
LONGEST = timedelta(days=360)


def setting(school: School, on: date) -> Setting:
    """What the school has of days; a year and its usual days when it has none from the day on."""
    known = dict(SchoolDay.objects.filter(school=school).values_list("date", "kind"))
    year, new = _year(school, on)
    first, last = year.starts_on, year.ends_on - DAY
    begun = any(kind == SchoolDay.Kind.CLASS and day >= on for day, kind in known.items())
    free = not begun and not any(first <= day <= last for day in known)
    days = usual_days(first, last) if free else {}
    class_days = frozenset(day for day, kind in (known | days).items() if kind == SchoolDay.Kind.CLASS)
    return Setting(school, on, class_days, year if new and days else None, days)


def _year(school: School, on: date) -> tuple[SchoolYear, bool]:
    """The board's year of the day; else a new one, between those that it has, that holds the weeks told."""
    years = SchoolYear.objects.filter(board=school.board)
    if held := years.filter(starts_on__lte=on, ends_on__gt=on).first():
        return held, False
    begins = on.year if on.month >= AUGUST else on.year - 1
    first = min(date(begins, AUGUST, 26), on - (WEEKS + 2) * WEEK)
    last = min(max(date(begins + 1, JUNE, 23), on + 5 * WEEK), first + LONGEST)
    if before := years.filter(ends_on__lte=on).order_by("-ends_on").first():
        first = max(first, before.ends_on)
    if after := years.filter(starts_on__gt=on).order_by("starts_on").first():
        last = min(last, after.starts_on - DAY)
    label = f"{begins}-{begins + 1}"
    if years.filter(label=label).exists():
        label = f"{label} (exemple)"
    return SchoolYear(board=school.board, key=f"{YEAR}{label}", label=label, starts_on=first, ends_on=last + DAY), True


def take_back_calendar(school: School, days: Days | None, leaving: set[int]) -> None:
    """Delete the days and the year that came along, when nobody made them theirs meanwhile.

    A calendar that was corrected is the school's own, and stays. So does the year that another school, the terms or
    the release of somebody who is not ``leaving`` rest on: it gets a key like any other,
    once nothing invented is left in the board.
    """
    if days is not None:
        rows = SchoolDay.objects.filter(school=school, date__range=days)
        if dict(rows.values_list("date", "kind")) == usual_days(*days):
            rows.delete()
    elsewhere = Program.objects.filter(board=school.board, key__startswith=RESERVED).exists()
    for year in SchoolYear.objects.filter(board=school.board, key__startswith=YEAR):
        if not _is_used(year, leaving):
            SchoolYear.objects.filter(pk=year.pk).delete()
        elif not elsewhere:
            SchoolYear.objects.filter(pk=year.pk).update(key=new_key())


def _is_used(year: SchoolYear, leaving: set[int]) -> bool:
    days = SchoolDay.objects.filter(school__board=year.board_id, date__gte=year.starts_on, date__lt=year.ends_on)
    released = TeacherRelease.objects.filter(school_year=year).exclude(person__in=leaving)
    return days.exists() or Term.objects.filter(school_year=year).exists() or released.exists()
