"""What a directory does to people: adds, corrects, closes and opens accounts. It gives no role: people do.

Each is audited as what comes in by a file is: by nobody. One change of a board comes after the other.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from scim2_models import InvalidValueException, UniquenessException

from exchange.models import DirectoryEntry
from exchange.scim.resource import User
from people import audit, wall
from people.actions.accounts import close_accounts, closed_by_hand, reopen_accounts
from people.actions.shutting import revoke_invitations
from people.audit_verbs import PERSON_ADDED, PERSON_CORRECTED
from people.models import SchoolBoard
from people.models import User as Adult

LONGEST = 254


@transaction.atomic
def provide(*, board: SchoolBoard, said: User, at: datetime) -> Adult:
    """Add whom the directory names, without a role; who had been taken out of it comes back as they were."""
    hold(board)
    gone = DirectoryEntry.objects.filter(board=board, user_name__iexact=said.user_name or "", removed_at__isnull=False)
    if former := gone.select_related("person").first():
        DirectoryEntry.objects.filter(pk=former.pk).update(removed_at=None)
        return amend(board=board, adult=former.person, said=said, at=at)
    _check_free(board, said)
    adult = Adult.objects.create_user(said.address or None, board=board, **_names(said))
    audit.record(board=board, person=None, verb=PERSON_ADDED, subject=adult)
    _note(board, adult, said)
    if not said.active:
        close_accounts(people=[adult], person=None, at=at)
        adult.refresh_from_db()
    return adult


@transaction.atomic
def amend(*, board: SchoolBoard, adult: Adult, said: User, at: datetime) -> Adult:
    """Make a person what the directory says that they are; who is not active is out in the same request.

    An account that a person of the board closed by hand stays closed.
    """
    hold(board)
    _check_free(board, said, but=adult)
    current = Adult.objects.get_queryset().select_for_update(of=("self",)).get(pk=adult.pk, board=board)
    names, address = _names(said), said.address or None
    before = (current.given_name, current.family_name, current.email)
    if before != (names["given_name"], names["family_name"], address):
        if address != current.email:
            revoke_invitations(people=[current.pk], at=at)
        current.given_name, current.family_name, current.email = names["given_name"], names["family_name"], address
        current.save()
        audit.record(board=board, person=None, verb=PERSON_CORRECTED, subject=current)
    _note(board, current, said)
    if current.is_active and not said.active:
        close_accounts(people=[current], person=None, at=at)
    elif said.active and not current.is_active and current.pk not in closed_by_hand([current]):
        reopen_accounts(people=[current], person=None)
    current.refresh_from_db()
    return current


@transaction.atomic
def take_out(*, board: SchoolBoard, adult: Adult, said: User, at: datetime) -> None:
    """The directory knows the person no more: they are out at once, and what they did stays. Nobody is erased."""
    hold(board)
    entry = _note(board, adult, said)
    DirectoryEntry.objects.filter(pk=entry.pk).update(removed_at=at)
    close_accounts(people=[adult], person=None, at=at)


def _names(said: User) -> dict[str, str]:
    name = said.name
    longest = Adult._meta.get_field("given_name").max_length
    return {
        "given_name": ((name and name.given_name) or "").strip()[:longest],
        "family_name": ((name and name.family_name) or "").strip()[:longest],
    }


def _note(board: SchoolBoard, adult: Adult, said: User) -> DirectoryEntry:
    kind = (said.email and said.email.type) or ""
    known: dict[str, object] = {
        "user_name": said.user_name or "",
        "external_id": said.external_id or "",
        "email_type": kind[:60],
    }
    known |= {"email_primary": said.email.primary if said.email else True}
    entry, _new = DirectoryEntry.objects.update_or_create(board=board, person=adult, defaults=known)
    return entry


def _check_free(board: SchoolBoard, said: User, *, but: Adult | None = None) -> None:
    """Refuse a name of the directory, or an address, that somebody else has, that is empty or that can't be kept."""
    if not (said.user_name or "").strip():
        raise InvalidValueException(detail="userName is empty")
    if max(len(text) for text in (said.user_name or "", said.external_id or "", said.address)) > LONGEST:
        raise InvalidValueException(detail=f"userName, externalId and emails hold {LONGEST} characters at most")
    others = Adult.objects.get_queryset().exclude(pk=but.pk if but else 0)
    name = said.user_name or ""
    named = Q(directory_entry__user_name__iexact=name) | Q(directory_entry__isnull=True, email__iexact=name)
    if others.filter(board=board).filter(named).exists():
        raise UniquenessException(detail=f"userName {name!r} is taken")
    with wall.down("an address serves one person, over all the boards"):
        if said.address and others.filter(email__iexact=said.address).exists():
            raise UniquenessException(detail="this e-mail address is taken")


def hold(board: SchoolBoard) -> None:
    """Wait for the change under way: what is read after it, until the end of the transaction, is what stands."""
    SchoolBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
