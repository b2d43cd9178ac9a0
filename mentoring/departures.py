"""What those who leave leave behind: of an adult, dyads and groups without anybody; of a student, their ties."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from mentoring.models import Dyad, DyadMeeting
from people.models import User
from programs.actions.departures import leads_of
from programs.models import GroupLead, GroupMeeting, GroupMember


@dataclass
class Left:
    """Open dyads, open groups (``alone``: of these, those that have nobody else in charge), meetings planned later."""

    dyads: int = 0
    groups: int = 0
    alone: int = 0
    planned: int = 0


def left_by(people: Collection[User], on: date) -> dict[int, Left]:
    """By adult, what they serve on a day. Five queries, whatever their number."""
    left = {one.pk: Left() for one in people}
    open_dyads = Dyad.objects.open_on(on).filter(mentor__person__in=left).order_by()
    for pk, count in open_dyads.values("mentor__person").annotate(n=Count("pk")).values_list("mentor__person", "n"):
        left[pk].dyads = count
    planned = DyadMeeting.objects.kept().filter(dyad__in=open_dyads.values("pk"), status="planned", on__gte=on)
    counted = planned.order_by().values("dyad__mentor__person").annotate(n=Count("pk"))
    for pk, count in counted.values_list("dyad__mentor__person", "n"):
        left[pk].planned = count
    leads = [lead for lead in leads_of(list(people), on) if lead.starts_on <= on]
    others = GroupLead.objects.active_on(on).filter(group__in=[lead.group_id for lead in leads], person__is_active=True)
    shared = set(others.exclude(person__in=left).values_list("group", flat=True))
    whose = {lead.group_id: lead.person_id for lead in leads if lead.group_id not in shared}
    for lead in leads:
        left[lead.person_id].groups += 1
        left[lead.person_id].alone += lead.group_id in whose
    of_groups = GroupMeeting.objects.kept().filter(group__in=whose, status="planned", on__gte=on)
    for group in of_groups.values_list("group", flat=True):
        left[whose[group]].planned += 1
    return left


def ties_of(students: Collection[int], on: date) -> dict[int, Left]:
    """By student, the dyads and groups that they are in on a day. Two queries."""
    left = {pk: Left() for pk in students}
    for pk in Dyad.objects.open_on(on).filter(student__in=left).order_by().values_list("student", flat=True):
        left[pk].dyads += 1
    for pk in GroupMember.objects.active_on(on).filter(student__in=left).order_by().values_list("student", flat=True):
        left[pk].groups += 1
    return left
