"""Open an account, invite its person, correct it, close it, open it again. Each is audited."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit, wall
from people.actions.shutting import revoke_invitations, shut_out
from people.audit_verbs import (
    ACCOUNT_CLOSED,
    ACCOUNT_REOPENED,
    INVITATION_SENT,
    INVITATION_USED,
    PERSON_ADDED,
    PERSON_CORRECTED,
)
from people.invitations import has_mail_server
from people.models import AuditEntry, Invitation, Message, School, SchoolBoard, User
from people.models.accounts import INVITED_FOR
from people.signals import accounts_closed, messages_recorded
from people.witness import tell_changed

TWICE = timedelta(minutes=1)
"""Within that time a second press is the first one again."""


@transaction.atomic
def add_adult(
    *,
    board: SchoolBoard,
    school: School | None,
    given_name: str,
    family_name: str,
    email: str,
    person: User | None,
    entry_uuid: uuid.UUID | None = None,
) -> User:
    """Write down an adult of a school, or of the board; one per ``entry_uuid``. They can't sign in until invited."""
    SchoolBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    key = (entry_uuid or uuid.uuid4()).hex
    people = User.objects.get_queryset()
    if already := people.filter(board=board, key=key).first():
        return already
    check_name(given_name, family_name)
    _check_email(email)
    names = {"given_name": given_name, "family_name": family_name}
    adult = User.objects.create_user(email or None, board=board, school=school, key=key, **names)
    audit.record(board=board, person=person, verb=PERSON_ADDED, subject=adult)
    return adult


@transaction.atomic
def correct_adult(
    *, adult: User, school: School | None, given_name: str, family_name: str, email: str, person: User, at: datetime
) -> User:
    """Correct who an adult is. A link that was sent to a former address serves no more. Twice changes nothing."""
    current = _locked(adult)
    check_name(given_name, family_name)
    address = email.strip().lower() or None
    before = (current.given_name, current.family_name, current.email, current.school_id)
    if before == (given_name, family_name, address, school.pk if school else None):
        return current
    if address != current.email:
        _check_email(email, but=current)
        revoke_invitations(people=[current.pk], at=at)
    current.given_name, current.family_name, current.email, current.school = given_name, family_name, address, school
    current.save()
    audit.record(board=_board(current), person=person, verb=PERSON_CORRECTED, subject=current)
    return current


@transaction.atomic
def close_accounts(*, people: Iterable[User], person: User | None, at: datetime) -> list[User]:
    """Let these people in no more: their sessions, invitations and reset links are dead at once. Those it closed.

    Whoever listens ends what they led; the rest of what they hold stays as it is, for a person to decide. An account
    that is closed already is left alone.
    """
    rows = User.objects.get_queryset().select_for_update(of=("self",)).filter(is_active=True)
    closed = list(rows.filter(pk__in=[one.pk for one in people]).order_by("pk"))
    shut_out(people=closed, at=at)
    for one in closed:
        tell_changed(one, is_active=True)
        one.is_active = False
    audit.record_all(person=person, verb=ACCOUNT_CLOSED, subjects=closed)
    if closed:
        accounts_closed.send(sender=User, people=closed, at=at)
    return closed


def closed_by_hand(people: Iterable[User]) -> set[int]:
    """Those whose account a person closed, and no file: a person alone opens it again. One query."""
    pks = [one.pk for one in people]
    deeds = AuditEntry.objects.filter(subject_type=User._meta.label_lower, subject_id__in=pks, verb=ACCOUNT_CLOSED.code)
    latest = dict(deeds.order_by("pk").values_list("subject_id", "person"))
    return {pk for pk in pks if latest.get(pk) is not None}


@transaction.atomic
def reopen_accounts(*, people: Iterable[User], person: User | None) -> list[User]:
    """Let these people in again, with the password that they had. Those it opened; no former session comes back."""
    rows = User.objects.get_queryset().select_for_update(of=("self",)).filter(is_active=False)
    opened = list(rows.filter(pk__in=[one.pk for one in people]).order_by("pk"))
    User.objects.get_queryset().filter(pk__in=[one.pk for one in opened]).update(is_active=True)
    for one in opened:
        tell_changed(one, is_active=False)
        one.is_active = True
    audit.record_all(person=person, verb=ACCOUNT_REOPENED, subjects=opened)
    return opened


@transaction.atomic
def invite(*, people: Iterable[User], person: User | None, at: datetime) -> list[Invitation]:
    """Send each a link to choose a password; a former link serves no more. Who has no address or is out gets none.

    Pressed twice, it is sent once. Where no mail server is named nothing leaves: whoever invites passes the link on.
    """
    rows = User.objects.get_queryset().select_for_update(of=("self",)).filter(is_active=True, email__isnull=False)
    asked = list(rows.filter(pk__in=[one.pk for one in people]).order_by("pk"))
    recent = Invitation.objects.open_at(at).filter(invited_by=person, invited_at__gt=at - TWICE)
    sent_already = list(recent.filter(person__in=[one.pk for one in asked]).select_related("person"))
    invited = [one for one in asked if one.pk not in {sent.person_id for sent in sent_already}]
    revoke_invitations(people=[one.pk for one in invited], at=at)
    invitations = Invitation.objects.bulk_create(
        Invitation(person=one, invited_by=person, invited_at=at, expires_at=at + INVITED_FOR) for one in invited
    )
    audit.record_all(person=person, verb=INVITATION_SENT, subjects=invited)
    if has_mail_server():
        kind = Message.Kind.INVITATION
        sent = Message.objects.bulk_create(
            Message(
                person=one.person,
                board=_board(one.person),
                kind=kind,
                on=_board(one.person).day_of(at),
                target=one.pk,
                asked_by=person,
            )
            for one in invitations
        )
        messages_recorded.send(sender=Message, messages=[message.pk for message in sent])
    return [*sent_already, *invitations]


@transaction.atomic
def accept(*, invitation: Invitation, password: str, at: datetime) -> User | None:
    """Give the person their password, once; None when the link serves no more. Sessions opened before are dead."""
    open_now = Invitation.objects.open_at(at).filter(pk=invitation.pk)
    current = open_now.select_for_update(of=("self",)).first()
    if current is None:
        return None
    adult = _locked(current.person)
    adult.set_password(password)
    adult.save()
    current.used_at = at
    current.save()
    audit.record(board=_board(adult), person=adult, verb=INVITATION_USED, subject=adult)
    return adult


def check_name(given_name: str, family_name: str) -> None:
    """Refuse nobody: a person with one name is whole."""
    if not given_name.strip() and not family_name.strip():
        raise ValidationError({"given_name": _("Inscrivez un prénom ou un nom.")})


@wall.down("an address serves one person, over all the boards")
def _check_email(email: str, *, but: User | None = None) -> None:
    taken = User.objects.get_queryset().filter(email__iexact=email.strip()).exclude(pk=but.pk if but else 0)
    if email.strip() and taken.exists():
        words = _("Ce courriel sert déjà à une autre personne\u00a0: vérifiez-le, ou cherchez-la dans la liste.")
        raise ValidationError({"email": words}, code="taken")


def _locked(adult: User) -> User:
    return User.objects.get_queryset().select_for_update(of=("self",)).select_related("board").get(pk=adult.pk)


def _board(adult: User) -> SchoolBoard:
    assert adult.board is not None  # noqa: S101 (only an operator has none, and is nobody's to invite)
    return adult.board
