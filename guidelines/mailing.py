"""The round of digests, and the letter that each recorded message stands for."""

from datetime import date, datetime, timedelta

from django.db import transaction

from guidelines.digest import digest, digest_letter
from guidelines.future import check_has_come
from guidelines.models import Flag
from guidelines.reminders import reminder_letter
from mentoring.matching.letters import match_letter
from mentoring.partings import farewell_letter
from people.access import Role
from people.actions.messages import wants_digest
from people.emails import LETTERS, Letter
from people.invitations import invitation_letter
from people.models import Mailing, MailPreference, Membership, Message, SchoolBoard, User

KEEPS_FOR = timedelta(days=1)
"""How long a digest is worth reading: what Monday says is no longer true on Wednesday."""
READERS = (Role.MENTOR, Role.RESOURCE_TEACHER, Role.PROGRAM_LEAD)


def queue_round(board: SchoolBoard, *, on: date) -> list[int]:
    """Record the digests of a board for a day, and return them: once, however often it is asked.

    1. Look at the people who mentor, teach or lead, have an address and did not say no.
    2. Keep those to whom there is something to say: seven queries a person.
    3. In one transaction, note that the round is made and record the messages. Who comes second records nothing.

    A day after the board's today is refused (``NotYet``): its round would be made before it comes.
    """
    check_has_come(board, on)
    if Mailing.objects.filter(board=board, kind=Message.Kind.DIGEST, on=on).exists():
        return []
    messages = [
        Message(person=person, board=board, kind=Message.Kind.DIGEST, on=on)
        for person in subscribers(board, on=on)
        if not digest(person, on=on).says_nothing
    ]
    with transaction.atomic():
        _, first = Mailing.objects.get_or_create(board=board, kind=Message.Kind.DIGEST, on=on)
        if not first:
            return []
        Message.objects.bulk_create(messages, batch_size=500, ignore_conflicts=True)
    queued = Message.objects.filter(board=board, kind=Message.Kind.DIGEST, on=on, state=Message.State.QUEUED)
    return list(queued.values_list("pk", flat=True))


def subscribers(board: SchoolBoard, *, on: date) -> list[User]:
    """The people of a board to whom a digest may go."""
    roles = Membership.objects.active_on(on).filter(board=board, role__in=READERS)
    stopped = MailPreference.objects.filter(digest=False)
    people = User.objects.filter(board=board, is_active=True, email__isnull=False, pk__in=roles.values("person"))
    return list(people.exclude(email="").exclude(pk__in=stopped.values("person")).select_related("board"))


def letter_at(message: Message, now: datetime) -> Letter | None:
    """What a message of any kind says at an instant: an invitation lasts for so many hours, the others for days."""
    if message.kind == Message.Kind.INVITATION:
        return invitation_letter(message, at=now)
    return letter_of(message, today=message.board.day_of(now))


def letter_of(message: Message, *, today: date) -> Letter | None:
    """What a message says now; None when it has nothing to say any more. Access is read again: a role may be over."""
    if message.kind == Message.Kind.DIGEST:
        fresh = message.on <= today <= message.on + KEEPS_FOR
        return digest_letter(message.person, on=message.on) if fresh and wants_digest(message.person) else None
    if message.kind == Message.Kind.MATCH:
        return match_letter(message)
    if message.kind == Message.Kind.FAREWELL:
        return farewell_letter(message)
    if message.kind in LETTERS:
        return LETTERS[message.kind](message)
    flags = Flag.objects.with_subject().select_related("board")
    flag = flags.filter(pk=message.target or 0, board=message.board_id).first()
    if flag is None or flag.dyad is None or message.asked_by is None:
        return None
    if flag.dyad.mentor.person_id != message.person_id:
        return None
    return reminder_letter(flag, person=message.asked_by)
