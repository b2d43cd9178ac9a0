"""The text of an e-mail, and the link that stops it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from people import wall
from people.models import Message, SchoolBoard, User

LOCALES = {SchoolBoard.Language.FRENCH.value: "fr-ca", SchoolBoard.Language.ENGLISH.value: "en"}
SIGNER = Signer(salt="people.unsubscribe")


@dataclass(frozen=True)
class Letter:
    """An e-mail that is ready to leave: its words in plain text, and the same in simple HTML."""

    subject: str
    text: str
    body: str
    """The inside of the HTML part: what a page may show."""
    html: str
    headers: tuple[tuple[str, str], ...] = ()
    reply_to: str = ""


LETTERS: "dict[str, Callable[[Message], Letter | None]]" = {}
"""What messages say of what is declared above the findings, by kind: filled when the apps are ready."""


def speaking(board: SchoolBoard) -> "translation.override":
    """The language in which the board writes, whatever the page or the task around speaks."""
    return translation.override(LOCALES[board.language])


def write(
    name: str, *, subject: str, context: dict[str, Any], headers: tuple[tuple[str, str], ...] = (), reply_to: str = ""
) -> Letter:
    """Render ``emails/<name>.txt`` and ``emails/<name>.html`` in the language of the moment."""
    context = {**context, "subject": subject}
    body = render_to_string(f"emails/{name}.html", context)
    return Letter(
        subject=" ".join(subject.split()),
        text=render_to_string(f"emails/{name}.txt", context).strip() + "\n",
        body=body,
        html=render_to_string("emails/frame.html", {"subject": subject, "body": body}),
        headers=headers,
        reply_to=reply_to,
    )


def address(name: str, *args: object) -> str:
    """The whole address of a page, for a link that is followed from outside."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse(name, args=args)}"


def unsubscribe_address(person: User) -> str:
    """Where the person stops the digest without signing in: a signed number, no name, the same every week."""
    return address("unsubscribe", SIGNER.sign(str(person.pk)))


def unsubscriber(token: str) -> User | None:
    """The person whom a link was written for; None when we didn't write it."""
    try:
        with wall.down("a signed link names its person"):
            person = User.objects.filter(pk=int(SIGNER.unsign(token))).select_related("board").first()
    except (BadSignature, ValueError):
        return None
    if person is not None:
        wall.known(person.board_id)
    return person


def envelope(letter: Letter, *, to: str, copy_to: list[str], reference: str) -> EmailMultiAlternatives:
    """The e-mail as the mail server receives it; ``reference`` gives it the same identity however often it is built."""
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[to],
        cc=copy_to,
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            "Message-ID": f"<{reference}@{urlsplit(settings.PUBLIC_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            **dict(letter.headers),
        },
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail
