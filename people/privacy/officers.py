"""Whom to write to about one's information."""

from people.access import Role
from people.models import Membership, User


def officers_of(user: User) -> list[User]:
    """Whoever answers for personal information at the person's board."""
    held = Membership.objects.active_on(user.local_date()).filter(role=Role.PRIVACY_OFFICER, person__is_active=True)
    return [row.person for row in held.filter(board=user.board_id).select_related("person").order_by("pk")]
