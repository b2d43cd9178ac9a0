"""What a board asks at its doors, and giving somebody a new start when their second factor is lost."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db import transaction

from people import audit
from people.access import Role
from people.actions.sessions import drop_sessions
from people.audit_verbs import SECOND_FACTOR_ADDED, SECOND_FACTOR_REMOVED, SECOND_FACTOR_RESET, SIGN_IN_RULES_SET
from people.models import SchoolBoard, User


@transaction.atomic
def set_sign_in_rules(*, board: SchoolBoard, roles: Iterable[Role], person: User) -> bool:
    """Ask a second factor of these roles from now on. False when the board asked it of the same already."""
    current = SchoolBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    before = current.second_factor_roles
    current.ask_second_factor_of(roles)
    if current.second_factor_roles == before:
        return False
    current.save()
    audit.record(board=current, person=person, verb=SIGN_IN_RULES_SET, subject=current)
    return True


@transaction.atomic
def reset_second_factor(*, adult: User, person: User, reason: str) -> bool:
    """Take away all that the person's second factor was, and end their sessions; they set up another. Once."""
    current = User.objects.get_queryset().select_for_update(of=("self",), no_key=True).get(pk=adult.pk)
    count, _by_model = Authenticator.objects.filter(user=current).delete()
    if not count:
        return False
    drop_sessions([current.pk])
    if adult.board is not None:
        audit.record(board=adult.board, person=person, verb=SECOND_FACTOR_RESET, subject=adult, reason=reason)
    return True


def tell_added(user: User, **_more: object) -> None:
    """The journal says that a person made their account safer, or less safe: ``tell_removed``."""
    if user.board is not None:
        audit.record(board=user.board, person=user, verb=SECOND_FACTOR_ADDED, subject=user)


def tell_removed(user: User, **_more: object) -> None:
    if user.board is not None:
        audit.record(board=user.board, person=user, verb=SECOND_FACTOR_REMOVED, subject=user)
