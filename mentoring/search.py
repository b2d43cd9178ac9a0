"""Finding by name: without accents, capitals or order, among what the person sees."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, When

from mentoring.models import Dyad
from people.apart import tell_apart
from people.models import User
from people.models.base import active_on
from people.models.names import sought
from programs.models import GroupMember, SupportGroup

MOST = 50
PEOPLE = ("student__name_key", "mentor__person__name_key")


@dataclass(frozen=True)
class Found:
    dyads: list[Dyad]
    groups: list[SupportGroup]

    def __bool__(self) -> bool:
        return bool(self.dyads or self.groups)


def find(words: str, user: User, *, on: date) -> Found:
    """Visible dyads by student or mentor, open ones first, and groups by name or present member. Two queries."""
    dyads = Dyad.objects.visible_to(user).with_people().filter(sought(words, *PEOPLE))
    open_first = Case(When(active_on(on), then=0), default=1)
    members = GroupMember.objects.filter(active_on(on), sought(words, "student__name_key"))
    groups = SupportGroup.objects.visible_to(user).select_related("program")
    groups = groups.filter(sought(words, "name_key") | Q(pk__in=members.values("group")))
    shown = tell_apart(dyads.order_by(open_first, "student__given_key", "pk")[:MOST])
    return Found(shown, list(groups.distinct()[:MOST]))
