"""Finding by name: without accents, capitals or order, among what the person sees."""

from dataclasses import dataclass
from datetime import date

from mentoring.models import Dyad
from people.models import User
from people.models.base import active_on
from people.text import plain
from programs.models import GroupMember, SupportGroup

MOST = 50


@dataclass(frozen=True)
class Found:
    dyads: list[Dyad]
    groups: list[SupportGroup]

    def __bool__(self) -> bool:
        return bool(self.dyads or self.groups)


def find(words: str, user: User, *, on: date) -> Found:
    """Visible dyads by student or mentor, and groups by name or present member. Three queries."""
    wanted = plain(words).split()

    def matches(*names: str) -> bool:
        read = plain(" ".join(names))
        return all(word in read for word in wanted)

    dyads = [
        dyad
        for dyad in Dyad.objects.visible_to(user).with_people()
        if matches(str(dyad.student), str(dyad.mentor.person))
    ]
    dyads.sort(key=lambda dyad: (not dyad.is_open_on(on), plain(str(dyad.student))))
    groups = list(SupportGroup.objects.visible_to(user).select_related("program").distinct())
    members = GroupMember.objects.filter(active_on(on), group__in=[group.pk for group in groups])
    holding = {
        group
        for group, given, family in members.values_list("group", "student__given_name", "student__family_name")
        if matches(given, family)
    }
    return Found(dyads[:MOST], [g for g in groups if g.pk in holding or matches(g.name)][:MOST])
