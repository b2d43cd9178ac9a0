"""Which memberships people.csv says in its ``roles`` column, rather than memberships.csv."""

from collections import defaultdict

from django.db.models import F, Q

from people.access import BOARD_ROLES, Role
from people.models import Membership, SchoolBoard

UNDATED = Q(starts_on__isnull=True, ends_on__isnull=True, program__isnull=True)
OWN_SCHOOL = Q(school=F("person__school")) | Q(school__isnull=True, person__school__isnull=True)
#: Without dates, at the person's own school; at the board for the roles of a board.
AT_HOME = UNDATED & (
    (Q(role__in=BOARD_ROLES) & Q(school__isnull=True)) | (~Q(role__in=BOARD_ROLES) & OWN_SCHOOL)
)


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
