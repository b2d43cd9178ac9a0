"""Whom one may bring into a group: the students of its school, a year at a time, with the groups that they have."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from people.apart import class_words
from people.models import Student
from programs.access import students_of_school
from programs.attendance import class_list
from programs.models import GroupMember, SupportGroup

UNKNOWN = 99
"""The number of the year of those of whom it is not known."""
MOST = 60
"""How many boxes a page shows before it asks for a year."""


@dataclass(frozen=True)
class Year:
    """A year of the school, by its number."""

    number: int
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Newcomers:
    years: list[Year]
    students: list[Student]
    hints: dict[int, str]


def newcomers(group: SupportGroup, on: date, year: int) -> Newcomers:
    """Those who are not in the group on a day or later; of one year when they are many (0: that of most members).

    Four queries.
    """
    still = group.members.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    inside = list(still.values_list("student", "student__grade"))
    rows = list(students_of_school(group).exclude(pk__in=[pk for pk, _grade in inside]))
    counts = Counter(row.grade for row in rows)
    usual = Counter(grade for _pk, grade in inside).most_common(1)
    chosen = None if year == UNKNOWN else year or (usual[0][0] if usual else None)
    by_year = len(rows) > MOST and len(counts) > 1
    if by_year and chosen not in counts:
        chosen = min(counts, key=lambda grade: grade or UNKNOWN)
    shown = class_list(row for row in rows if not by_year or row.grade == chosen)
    grades = sorted(counts, key=lambda grade: grade or UNKNOWN) if by_year else []
    years = [Year(grade or UNKNOWN, year_words(grade), counts[grade], grade == chosen) for grade in grades]
    return Newcomers(years, shown, hints_of(shown, on, besides=group))


def hints_of(students: list[Student], on: date, *, besides: SupportGroup) -> dict[int, str]:
    """By student, their year, their class and the other groups that they are in. One query."""
    groups: dict[int, list[str]] = defaultdict(list)
    rows = GroupMember.objects.active_on(on).filter(student__in=students).exclude(group=besides)
    for row in rows.select_related("group").order_by("group__name_key"):
        groups[row.student_id].append(row.group.full_name)
    return {
        row.pk: " · ".join(filter(None, [year_words(row.grade), class_words(row), *groups[row.pk]])) for row in students
    }


def year_words(grade: int | None) -> str:
    return _("secondaire %(grade)s") % {"grade": grade} if grade else _("année à préciser")
