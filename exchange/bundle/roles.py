"""Which memberships people.csv says in its ``roles`` column, rather than memberships.csv."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import F, Q

from exchange.bundle.drafts import Draft
from exchange.bundle.index import CHUNK
from exchange.scratch import Scratch, batches
from people.access import BOARD_ROLES, Role
from people.models import Membership, SchoolBoard
from people.witness import tell_changed, tell_created, tell_removed

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


class Given(NamedTuple):
    """The roles that a row of people.csv gives; ``former`` is the school where the person was."""

    person: int
    board: int
    school: int | None
    former: int | None
    roles: list[str]
    otherwise_same: bool


class RolesGiven:
    """The roles that people.csv gives, applied once memberships.csv has said what it knows better.

    Each person's undated memberships at home become exactly the list: what is missing is added (or reopened), what left
    the list is removed. A person who changes school leaves the former one's roles there. What memberships.csv states is
    left as it states it.
    """

    def __init__(self, scratch: Scratch) -> None:
        self._wanted, self._stated = scratch.shelf(), scratch.shelf()

    def want(self, drafts: list[Draft]) -> None:
        """Remember what these people are to hold."""
        given = (self._given(draft) for draft in drafts if "roles" in draft.extra)
        self._wanted.put((str(one.person), 0, tuple(one)) for one in given)

    def state(self, drafts: list[Draft]) -> None:
        """Remember that memberships.csv speaks of these."""
        self._stated.put((str(draft.pk), 0, None) for draft in drafts)

    @staticmethod
    def _given(draft: Draft) -> Given:
        school = draft.final("school_id")
        former = (draft.before or {}).get("school_id", school)
        otherwise_same = draft.before is not None and not draft.changes()
        return Given(draft.pk, draft.values["board_id"], school, former, draft.extra["roles"], otherwise_same)

    def apply(self) -> Iterator[Given]:
        """Write the differences, batch by batch; answers whose roles changed."""
        for some in batches(self._wanted, CHUNK):
            people = [Given(*given) for _key, _part, given in some]
            held = self._held(people)
            stated = self._stated.known(str(m.pk) for mine in held.values() for m in mine)
            missing: list[Membership] = []
            leaving: list[Membership] = []
            for given in people:
                added, surplus = self._differences(given, held[given.person], stated)
                missing += added
                leaving += surplus
                if added or surplus:
                    yield given
            new = Membership.objects.bulk_create([membership for membership in missing if membership.pk is None])
            tell_created(Membership, [membership.pk for membership in new])
            reopened = [membership for membership in missing if membership not in new]
            for membership in reopened:
                tell_changed(membership, ends_on=membership.ends_on)
                membership.ends_on = None
            Membership.objects.bulk_update(reopened, ["ends_on"])
            for membership in leaving:
                tell_removed(membership)
            for gone in batches(leaving, CHUNK):
                Membership.objects.filter(pk__in=[membership.pk for membership in gone]).delete()

    def _differences(
        self, given: Given, mine: list[Membership], stated: set[str]
    ) -> tuple[list[Membership], list[Membership]]:
        """What to write so that the roles are held, and what to remove."""
        places = {(role, home(role, given.school)) for role in given.roles}
        added = [self._membership(given, *place, mine, stated) for place in sorted(places, key=str)]
        surplus = [
            m
            for m in mine
            if m.ends_on is None
            and str(m.pk) not in stated
            and (m.role, m.school_id) not in places
            and m.school_id in {home(m.role, school) for school in (given.school, given.former)}
        ]
        return [membership for membership in added if membership], surplus

    def _held(self, people: list[Given]) -> dict[int, list[Membership]]:
        held = defaultdict[int, list[Membership]](list)
        pks = [given.person for given in people]
        for membership in Membership.objects.filter(person__in=pks, starts_on=None, program=None):
            held[membership.person_id].append(membership)
        return held

    def _membership(
        self, given: Given, role: str, school_id: int | None, mine: list[Membership], stated: set[str]
    ) -> Membership | None:
        """What to write so that the role is held: nothing when it is, or when memberships.csv says since when not."""
        same = [m for m in mine if (m.role, m.school_id) == (role, school_id)]
        if any(m.ends_on is None or str(m.pk) in stated for m in same):
            return None
        return (
            same[0]
            if same
            else Membership(person_id=given.person, role=role, board_id=given.board, school_id=school_id)
        )
