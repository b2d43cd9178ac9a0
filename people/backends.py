"""Who is at the door: the person of a session."""

from collections.abc import Sequence
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from people import wall
from people.kept import kept_for
from people.models import Look, Notification, User
from people.second_factor import held


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by e-mail, and brings in one query what every page asks of the person."""

    def authenticate(self, request: HttpRequest, **credentials: object) -> User | None:
        """As allauth's; from here on the wall is that of the person's board."""
        with wall.down("nobody is known before their address and their password are"):
            person: User | None = super().authenticate(request, **credentials)
        if person is not None:
            wall.known(person.board_id)
        return person

    def get_user(self, user_id: int | str) -> User | None:
        """The person with their board, their school, what they have not read, whether they have a second factor.

        One query. From here on the wall is that of their board.
        """
        with wall.down("a session names its person"):
            found = kept_for([int(user_id)], "who signed in", _signed_in)
        if not found or not self.user_can_authenticate(found[0]):
            return None
        told: Any = found[0]
        person: User = told
        wall.known(person.board_id)
        person.unread, person.has_second_factor = told.waiting, told.holds
        person.shown_in = told.look if told.look_until and told.look_until > timezone.now() else None
        return person


def _signed_in(ids: Sequence[int]) -> "QuerySet[Any]":
    unread = Notification.objects.unread().filter(person=OuterRef("pk")).order_by().values("person")
    count = Subquery(unread.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    last = Look.objects.accepted().filter(person=OuterRef("pk")).order_by("-until", "-pk")
    told: dict[str, Any] = {"waiting": Coalesce(count, 0), "holds": held()}
    told |= {"look": Subquery(last.values("pk")[:1]), "look_until": Subquery(last.values("until")[:1])}
    return User.objects.select_related("board", "school").annotate(**told).filter(pk__in=ids)
