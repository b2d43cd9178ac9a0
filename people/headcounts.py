"""How many students each school has: what an administrator may know, who lists no student."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from people.access import Role
from people.models import School, Student, User
from people.telling import told_parts

GRADES = (1, 2, 3, 4, 5, None)


@dataclass(frozen=True)
class Line:
    """A school's students by grade; None is a number too small to show."""

    school: School
    counts: list[int | None]
    total: int | None


def headcounts(user: User) -> Iterator[Line]:
    """The schools of the boards that the person administers. Two queries, whatever their number."""
    schools = School.objects.filter(user.access.within(Role.BOARD_ADMIN, board="board"))
    grades = Student.objects.filter(school__in=schools).order_by().values_list("school", "grade")
    by_school: dict[int, dict[int | None, int]] = {}
    for school, grade, count in grades.annotate(count=Count("pk")):
        by_school.setdefault(school, {})[grade] = count
    for one in schools:
        counts = [by_school.get(one.pk, {}).get(grade, 0) for grade in GRADES]
        yield Line(one, *told_parts(counts))
