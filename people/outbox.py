"""The delivery of what was recorded: at most once, unless the mail server clearly said no.

The row is the record; a task only says « look ». The ``UPDATE`` that claims a row is the lock: of two workers, one gets
it. What happened after that is written down; what is not known is never tried again.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F

from people.emails import Letter, envelope
from people.models import Message
from people.models.notifications import MOST_ATTEMPTS

SILENT_AFTER = timedelta(minutes=15)
RETRY_AFTER = timedelta(minutes=15)
MOST_AT_ONCE = 500
State = Message.State


def claim(pk: int, *, now: datetime) -> bool:
    """Take a queued message for oneself. Of any number of claimers at once, one gets True."""
    queued = Message.objects.filter(pk=pk, state=State.QUEUED)
    return queued.update(state=State.CLAIMED, claimed_at=now, attempts=F("attempts") + 1) == 1


def deliver(pk: int, *, letter_of: Callable[[Message], Letter | None], now: datetime) -> None:
    """Send one message, unless someone else has it.

    1. Write the letter; a message that has nothing to say any more, or nobody to go to, is dropped.
    2. Claim the row, and commit: from here on, nobody else sends it.
    3. Hand it to the mail server.
    4. Write down what became of it.

    Call it outside of a transaction: a claim that is not committed locks nothing.
    """
    message = Message.objects.select_related("person__board", "board", "asked_by").filter(pk=pk).first()
    if message is None or message.state != State.QUEUED:
        return
    to = message.person.email
    letter = letter_of(message) if to and message.person.is_active else None
    if letter is None or not to:
        Message.objects.filter(pk=pk, state=State.QUEUED).update(state=State.DROPPED)
        return
    copies = [person.email for person in message.copy_to.all() if person.email and person.is_active]
    mail = envelope(letter, to=to, copy_to=copies, reference=f"message-{pk}")
    if not claim(pk, now=now):
        return
    state, error = hand_over(mail)
    # Also when it was given up as unknown meanwhile: whoever claimed it is the one who knows.
    Message.objects.filter(pk=pk, state__in=[State.CLAIMED, State.UNKNOWN]).update(state=state, error=error)


def hand_over(mail: EmailMultiAlternatives) -> tuple[Message.State, str]:
    """Give the e-mail to the configured server; say what became of it, and the class of what went wrong.

    Refused: nothing was begun (no connection, no sign-in), or the server said no by a code. Unknown: all the rest, such
    as a line that falls silent after the text has left.
    """
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:  # SMTPException is one
        return State.REFUSED, type(error).__name__
    try:
        connection.send_messages([mail])
    except Exception as error:  # whatever it is, the text may have left
        return (State.REFUSED if is_refusal(error) else State.UNKNOWN), type(error).__name__
    finally:
        with suppress(OSError):
            connection.close()
    return State.SENT, ""


def is_refusal(error: Exception) -> bool:
    """Whether the server definitely did not take the e-mail."""
    if isinstance(error, SMTPResponseException):
        return 400 <= error.smtp_code < 600
    return isinstance(error, (SMTPRecipientsRefused, SMTPNotSupportedError))


def tend(*, now: datetime) -> list[int]:
    """Look after what was left lying, and return the messages to ring for. Three queries.

    1. Claimed more than 15 minutes ago, and no word since: the outcome is unknown, and stays so.
    2. Refused, with attempts left: back in the queue after 15 minutes.
    3. Everything queued, the oldest first: the broker may have lost the ring.
    """
    Message.objects.filter(state=State.CLAIMED, claimed_at__lt=now - SILENT_AFTER).update(state=State.UNKNOWN)
    refused = Message.objects.filter(state=State.REFUSED, attempts__lt=MOST_ATTEMPTS)
    refused.filter(claimed_at__lt=now - RETRY_AFTER).update(state=State.QUEUED)
    queued = Message.objects.filter(state=State.QUEUED).order_by("pk")
    return list(queued.values_list("pk", flat=True)[:MOST_AT_ONCE])
