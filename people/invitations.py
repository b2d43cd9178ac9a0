"""The link of an invitation, and the e-mail that carries it."""

from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from people import wall
from people.emails import Letter, address, speaking, write
from people.models import Invitation, Message, User
from people.text import spoken

SIGNER = Signer(salt="people.invitations")
WITHOUT_A_SERVER = ("console", "dummy", "filebased")


def has_mail_server() -> bool:
    """Whether a mail server is named: where none is, the link is shown to whoever invites."""
    return not settings.EMAIL_BACKEND.split(".")[-2].startswith(WITHOUT_A_SERVER)


def token(invitation: Invitation) -> str:
    """What the link carries: a signed number, no name."""
    return SIGNER.sign(str(invitation.pk))


def invitation_of(text: str, *, at: datetime) -> Invitation | None:
    """The invitation of a link that serves at this moment; None when we didn't write it, or it serves no more."""
    try:
        pk = int(SIGNER.unsign(text))
    except (BadSignature, ValueError):
        return None
    with wall.down("a signed link names its person"):
        found = Invitation.objects.open_at(at).filter(pk=pk).select_related("person__board").first()
    if found is None:
        return None
    wall.known(found.person.board_id)
    return found if _stands(found) else None


def _stands(invitation: Invitation) -> bool:
    """Whether whoever sent it still keeps that account: a role given since may open more than was theirs to give, and
    a closed account keeps nobody."""
    sender = invitation.invited_by
    return sender is None or (
        sender.is_active and User.objects.managed_by(sender).filter(pk=invitation.person_id).exists()
    )


def link(invitation: Invitation) -> str:
    """The whole address, for an e-mail or a terminal."""
    return address("invitation", token(invitation))


def invitation_letter(message: Message, *, at: datetime) -> Letter | None:
    """The e-mail of an invitation, in the language of the board; None once its link serves no more."""
    invitation = Invitation.objects.open_at(at).filter(pk=message.target or 0, person=message.person_id).first()
    if invitation is None or not _stands(invitation):
        return None
    with speaking(message.board):
        context = {
            "person": message.person,
            "sender": invitation.invited_by,
            "place": message.person.school or message.board,
            "url": link(invitation),
            "last_day": spoken(message.board.day_of(invitation.expires_at)),
        }
        reply_to = (invitation.invited_by and invitation.invited_by.email) or ""
        return write("invitation", subject=_("Votre accès à Accompagnement"), context=context, reply_to=reply_to)
