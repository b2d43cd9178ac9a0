"""The second factor: of whom it is asked, and who has one. See decision 0051."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from people.models import Membership, SchoolBoard, User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes stand in for one of these, and are none by themselves."""


def is_asked_of(user: User) -> bool:
    """Whether the person must have one today: an operator, or who holds a role of which their board asks it.

    At most one query: the person's roles, which a page has mostly read.
    """
    if user.board is None:
        return user.is_staff or user.is_superuser
    return user.access.holds(*user.board.asks_second_factor_of)


def must_set_up(user: User) -> bool:
    """Whether nothing else opens until the person has set one up."""
    return settings.SECOND_FACTOR_ENFORCED and not user.has_second_factor and is_asked_of(user)


def held(person: str = "pk") -> Exists:
    """The condition that a row's person, by that column, has one."""
    return Exists(Authenticator.objects.filter(user=OuterRef(person), type__in=FACTORS))


def without_one(board: SchoolBoard, *, on: date) -> "QuerySet[User]":
    """The people of a board of whom it is asked on a day, and who have none yet."""
    holders = Membership.objects.active_on(on).filter(board=board, role__in=board.asks_second_factor_of)
    people = User.objects.get_queryset().filter(board=board, is_active=True, pk__in=holders.values("person"))
    return people.exclude(pk__in=Authenticator.objects.filter(type__in=FACTORS).values("user"))
