"""Finding by name: without accents, capitals or order, among what the person sees."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, When

from mentoring.models import Dyad
from people.apart import tell_apart
from people.models import Student, User
from people.models.base import active_on
from people.models.names import sought
from programs.models import GroupMember, SupportGroup

MOST = 50
PEOPLE = ("student__name_key", "mentor__person__name_key")


@dataclass(frozen=True)
class Found:
    students: list[Student]
    dyads: list[Dyad]
    groups: list[SupportGroup]

    def __bool__(self) -> bool:
        return bool(self.students or self.dyads or self.groups)


def find(words: str, user: User, *, on: date) -> Found:
    """Students, visible dyads by student or mentor, open ones first, groups by name or present member. Three queries.

    The privacy officer finds the students of the board: their file opens once they have said why.
    """
    students = Student.objects.openable_by(user).filter(sought(words, "name_key")).select_related("school")
    dyads = Dyad.objects.visible_to(user).with_people().filter(sought(words, *PEOPLE))
    open_first = Case(When(active_on(on), then=0), default=1)
    members = GroupMember.objects.active_on(on).filter(sought(words, "student__name_key"))
    groups = SupportGroup.objects.visible_to(user).select_related("program")
    groups = groups.filter(sought(words, "name_key") | Q(pk__in=members.values("group")))
    shown = tell_apart(dyads.order_by(open_first, "student__given_key", "pk")[:MOST])
    return Found(tell_apart(students[:MOST]), shown, list(groups.distinct()[:MOST]))
