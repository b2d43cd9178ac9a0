"""Who may take a group or a dyad over when a year is turned, and who may come into a group."""

from datetime import date

from django.db.models import Count, QuerySet

from guidelines.turning.standing import Standing
from mentoring.models import Mentor
from people.models import Student, User
from people.models.base import active_on
from people.models.students import StudentQuerySet
from programs.access import possible_leads
from programs.models import Program


def mentors(stands: Standing, user: User, on: date) -> "QuerySet[Mentor]":
    """With ``open_dyads``: how many each has."""
    if not stands.dyads:
        return Mentor.objects.none()
    open_dyads = Count("dyads", filter=active_on(on, prefix="dyads__"), distinct=True)
    rows = Mentor.objects.visible_to(user).filter(person__is_active=True, person__board=stands.program.board_id)
    return rows.annotate(open_dyads=open_dyads).select_related("person")


def leads(stands: Standing, on: date) -> "QuerySet[User]":
    rows: QuerySet[User] = User.objects.none()
    return possible_leads(Program.objects.filter(pk=stands.program.pk), on) if stands.groups else rows


def students(stands: Standing) -> StudentQuerySet:
    """Of the programme's school: wider than what a lead reads, as when a group is filled (``students_of_school``)."""
    return Student.objects.filter(school=stands.program.school_id)
