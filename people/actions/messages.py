"""What people do with what they are told."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from people import audit
from people.audit_verbs import DIGEST_DECLINED, DIGEST_REQUESTED
from people.models import MailPreference, Notification, User
from people.models.notifications import NotificationQuerySet


def mark_read(*, notifications: NotificationQuerySet, at: datetime) -> int:
    """Remember that they were read; those read before keep their moment. One query."""
    return notifications.unread().update(read_at=at)


def read_about(*, person: User, target: int, at: datetime, kinds: Collection[str] = Notification.OF_FINDINGS) -> None:
    """Remember that the person has read what they were told about a finding, or about the target of other kinds.

    No query when nothing is unread.
    """
    if person.unread:
        told = Notification.objects.visible_to(person).filter(kind__in=kinds, target=target)
        person.unread -= mark_read(notifications=told, at=at)


@transaction.atomic
def choose_digest(*, person: User, wanted: bool) -> None:
    """Keep whether the weekly digest goes to the person; said twice, it is kept once."""
    if wants_digest(person) == wanted:
        return
    MailPreference.objects.update_or_create(person=person, defaults={"digest": wanted})
    if person.board:
        verb = DIGEST_REQUESTED if wanted else DIGEST_DECLINED
        audit.record(board=person.board, person=person, verb=verb, subject=person)


def set_first_steps_aside(*, person: User, aside: bool) -> None:
    """Keep whether the first steps of the school stand where the person's day begins."""
    User.objects.get_queryset().filter(pk=person.pk).update(first_steps_aside=aside)


def wants_digest(person: User) -> bool:
    """Whether the digest may be sent: unless the person said no. One query."""
    return not MailPreference.objects.filter(person=person, digest=False).exists()
