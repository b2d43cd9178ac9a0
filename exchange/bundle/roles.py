"""Which memberships people.csv says in its ``roles`` column, rather than memberships.csv."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q

from exchange.bundle.drafts import Draft
from exchange.bundle.index import chunks
from people.access import BOARD_ROLES, Role
from people.models import Membership, SchoolBoard

UNDATED = Q(starts_on__isnull=True, ends_on__isnull=True, program__isnull=True)
OWN_SCHOOL = Q(school=F("person__school")) | Q(school__isnull=True, person__school__isnull=True)
#: Without dates, at the person's own school; at the board for the roles of a board.
AT_HOME = UNDATED & ((Q(role__in=BOARD_ROLES) & Q(school__isnull=True)) | (~Q(role__in=BOARD_ROLES) & OWN_SCHOOL))


def home(role: str, school_id: int | None) -> int | None:
    """The school at which a role of people.csv is held; none means the board."""
    return None if Role(role) in BOARD_ROLES else school_id


def roles_of(board: SchoolBoard) -> dict[int, list[str]]:
    """The roles at home of each person of a board, in the order of the rights table. One query."""
    rows = Membership.objects.filter(AT_HOME, board=board).values_list("person_id", "role")
    held = defaultdict[int, set[str]](set)
    for person_id, role in rows:
        held[person_id].add(role)
    return {person_id: [role for role in Role.values if role in roles] for person_id, roles in held.items()}


class RolesGiven:
    """The roles that people.csv gives, applied once memberships.csv has said what it knows better.

    Each person's undated memberships at home become exactly the list: what is missing is added (or reopened), what left
    the list is removed. A person who changes school leaves the former one's roles there. What memberships.csv states is
    left as it states it.
    """

    def __init__(self) -> None:
        self.stated: set[int] = set()
        self._wanted: list[Draft] = []

    def want(self, draft: Draft) -> None:
        self._wanted.append(draft)

    def apply(self) -> list[Draft]:
        """Write the differences; answers the people whose roles changed."""
        changed: list[Draft] = []
        missing: list[Membership] = []
        leaving: list[int] = []
        for some in chunks(self._wanted):
            held = self._held(draft.pk for draft in some)
            for draft in some:
                school_id = draft.final("school_id")
                places = {(role, home(role, school_id)) for role in draft.extra["roles"]}
                mine = held[draft.pk]
                added = [self._membership(draft, *place, mine) for place in sorted(places, key=str)]
                missing += [membership for membership in added if membership]
                former = {school_id, (draft.before or {}).get("school_id", school_id)}
                surplus = [
                    m.pk
                    for m in mine
                    if m.ends_on is None
                    and m.pk not in self.stated
                    and (m.role, m.school_id) not in places
                    and m.school_id in {home(m.role, school) for school in former}
                ]
                leaving += surplus
                if surplus or any(added):
                    changed.append(draft)
        Membership.objects.bulk_create([membership for membership in missing if membership.pk is None])
        for some_pks in chunks(m.pk for m in missing if m.pk is not None):
            Membership.objects.filter(pk__in=some_pks).update(ends_on=None)
        for some_pks in chunks(leaving):
            Membership.objects.filter(pk__in=some_pks).delete()
        return changed

    def _held(self, people: Iterable[int]) -> dict[int, list[Membership]]:
        held = defaultdict[int, list[Membership]](list)
        for membership in Membership.objects.filter(person__in=list(people), starts_on=None, program=None):
            held[membership.person_id].append(membership)
        return held

    def _membership(self, draft: Draft, role: str, school_id: int | None, mine: list[Membership]) -> Membership | None:
        """What to write so that the role is held: nothing when it is, or when memberships.csv says since when not."""
        same = [m for m in mine if (m.role, m.school_id) == (role, school_id)]
        if any(m.ends_on is None or m.pk in self.stated for m in same):
            return None
        return (
            same[0]
            if same
            else Membership(person_id=draft.pk, role=role, board_id=draft.values["board_id"], school_id=school_id)
        )
