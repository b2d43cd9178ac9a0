"""Which students a group's finding counts: for those who may log for the group, and nobody else."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from guidelines.catalogue.ties import GROUP_ATTENDANCE, GROUP_FAMILY_CONTACT, GROUP_INDIVIDUAL_CONTACT
from guidelines.measures import Scope
from guidelines.models import Flag
from people.models import Student, User
from people.models.base import active_on
from programs.models import Attendance, FamilyContact, GroupMeeting, GroupMember, StudentContact, SupportGroup

IN_A_ROW = 4


def concerned_students(flag: Flag, *, user: User, on: date) -> list[Student]:
    """The students behind a live count, by name; empty for who may not log for the group. At most five queries."""
    find = FINDERS.get(flag.guideline)
    if find is None or flag.group is None or flag.cleared_on is not None:
        return []
    group = SupportGroup.objects.loggable_by(user).filter(pk=flag.group.pk).first()
    if group is None:
        return []
    return list(Student.objects.visible_to(user).filter(pk__in=find(flag.guideline, group, on)))


def _without_contact(code: str, group: SupportGroup, on: date) -> QuerySet[GroupMember, int]:
    return _lacking(code, group, on, StudentContact.objects.kept())


def _without_family(code: str, group: SupportGroup, on: date) -> QuerySet[GroupMember, int]:
    reached = [FamilyContact.Outcome.REACHED, FamilyContact.Outcome.MESSAGE_LEFT]
    return _lacking(code, group, on, FamilyContact.objects.kept().filter(outcome__in=reached))


def _lacking(
    code: str, group: SupportGroup, on: date, contacts: "QuerySet[StudentContact] | QuerySet[FamilyContact]"
) -> QuerySet[GroupMember, int]:
    """The members who were there for long enough of the last term, without any of these contacts in it."""
    scope = Scope(group.board, on, group)
    if scope.term is None:
        return GroupMember.objects.none().values_list("student", flat=True)
    presence = timedelta(days=scope.numbers.value(code, "presence_days", group.program_id))
    during = contacts.filter(student=OuterRef("student"), on__gte=scope.term.starts_on, on__lt=scope.term.ends_on)
    present = group.members.filter(active_on(on), starts_on__lte=scope.term.ends_on - presence)
    return present.filter(~Exists(during)).values_list("student", flat=True)


def _absent(code: str, group: SupportGroup, on: date) -> QuerySet[GroupMember, int]:
    """The members marked absent at each of the last held meetings with marks."""
    held = GroupMeeting.objects.kept().held().filter(group=group, on__lte=on)
    marked = held.filter(Exists(Attendance.objects.filter(meeting=OuterRef("pk"))))
    last = list(marked.order_by("-on", "-starts_at", "-pk").values_list("pk", flat=True)[:IN_A_ROW])
    absent = (
        Attendance.objects.filter(meeting__in=last, status=Attendance.Status.ABSENT)
        .values("student")
        .annotate(times=Count("pk"))
        .filter(times=IN_A_ROW)
    )
    return group.members.filter(active_on(on), Q(student__in=absent.values("student"))).values_list(
        "student", flat=True
    )


FINDERS: dict[str, Callable[[str, SupportGroup, date], QuerySet[GroupMember, int]]] = {
    GROUP_INDIVIDUAL_CONTACT.code: _without_contact,
    GROUP_FAMILY_CONTACT.code: _without_family,
    GROUP_ATTENDANCE.code: _absent,
}
