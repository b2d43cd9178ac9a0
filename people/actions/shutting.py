"""Who is deactivated is out at once: the one place where that is done."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from people.actions.sessions import drop_sessions
from people.models import Invitation, User


def shut_out(*, people: Iterable[User], at: datetime) -> None:
    """Kill all that lets these people in: sessions, tokens, agenda links, open forms, invitations, reset links.

    Each of these carries the ``access_version`` of when it was made, and is refused once the person's is another: the
    next request is too late, wherever it is answered, and opening the account again brings none of them back. A few
    statements, whatever their number.
    """
    pks = [one.pk for one in people]
    User.objects.get_queryset().filter(pk__in=pks).update(is_active=False, access_version=F("access_version") + 1)
    drop_sessions(pks)
    revoke_invitations(people=pks, at=at)


def revoke_invitations(*, people: Iterable[int], at: datetime) -> None:
    """The links that these people (ids) have not used serve no more."""
    waiting = Invitation.objects.filter(used_at__isnull=True, revoked_at__isnull=True)
    waiting.filter(person__in=list(people)).update(revoked_at=at)
