"""Runs of days of one kind, as a calendar is typed, read from a file or copied from another school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from people.models import School
from programs.actions.calendar import FRIDAY, Kind, Marks, runs
from programs.actions.years import usual_days
from programs.models import SchoolDay, SchoolYear


@dataclass(frozen=True)
class DaySpan:
    """Days, both included; ``kind`` is None where nobody has said it yet, ``text`` the words that came with them."""

    first_on: date
    last_on: date
    kind: SchoolDay.Kind | None
    text: str = ""

    @property
    def days(self) -> list[date]:
        return [self.first_on + timedelta(days=n) for n in range((self.last_on - self.first_on).days + 1)]


def marks_of(spans: Iterable[DaySpan], class_days: Iterable[date] = ()) -> Marks:
    """What each day becomes: Monday to Friday, and the class days of weekends; the shorter of two spans prevails.

    A single day of class may be on a weekend.
    """
    open_on, marks = set(class_days), {}
    for span in sorted(spans, key=lambda span: span.first_on - span.last_on):
        alone = span.kind == Kind.CLASS and span.first_on == span.last_on
        for day in span.days:
            if span.kind is not None and (day.weekday() <= FRIDAY or day in open_on or alone):
                marks[day] = span.kind
    return marks


@dataclass(frozen=True)
class Pattern:
    """A year to begin with: its first and last day of class, and what is not usual in it."""

    label: str
    first_on: date | None
    last_on: date | None
    spans: list[DaySpan]


def schools_beside(school: School, on: date) -> "list[School]":
    """The other schools of the board that have class days to come, whose calendar may be copied."""
    known = SchoolDay.objects.class_days().filter(date__gte=on).values("school")
    return list(School.objects.filter(board=school.board_id, pk__in=known).exclude(pk=school.pk))


def pattern_of(school: School, on: date) -> Pattern | None:
    """The latest year of a school, when it has class days in it."""
    for year in SchoolYear.objects.filter(board=school.board_id).order_by("-starts_on"):
        days = dict(school.days.filter(date__gte=year.starts_on, date__lt=year.ends_on).values_list("date", "kind"))
        if open_on := sorted(day for day, kind in days.items() if kind == Kind.CLASS):
            first, last = open_on[0], open_on[-1]
            usual = usual_days(first, last)
            said = {day: SchoolDay.Kind(kind) for day, kind in days.items() if first <= day <= last}
            unusual = {day: kind for day, kind in said.items() if usual.get(day) != kind}
            return Pattern(year.label, first, last, [DaySpan(*run) for run in runs(unusual)])
    return None


def year_told_by(school: School, days: list[date], label: str, spans: list[DaySpan]) -> Pattern:
    """The year of the board in which most of the days fall, from the first to the last class day of the school.

    With ``label`` and no dates where there is none, or the school has no class day in it.
    """
    if not days:
        return Pattern(label, None, None, spans)
    middle = sorted(days)[len(days) // 2]
    year = SchoolYear.objects.filter(board=school.board_id, starts_on__lte=middle, ends_on__gt=middle).first()
    if year is None:
        return Pattern(label, None, None, spans)
    of_class = school.days.filter(kind=Kind.CLASS, date__gte=year.starts_on, date__lt=year.ends_on)
    dates = sorted(of_class.values_list("date", flat=True))
    if not dates:
        return Pattern(year.label, None, None, spans)
    return Pattern(year.label, dates[0], dates[-1], spans)
