"""Who is at the door: the person of a session."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from people import wall
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
        unread = Notification.objects.unread().filter(person=OuterRef("pk")).order_by().values("person")
        count = Subquery(unread.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
        looks = Look.objects.open(timezone.now()).filter(person=OuterRef("pk")).order_by("-pk").values("pk")
        people = User.objects.select_related("board", "school").annotate(
            waiting=Coalesce(count, 0), holds=held(), look=Subquery(looks[:1])
        )
        with wall.down("a session names its person"):
            person = people.filter(pk=user_id).first()
        if person is None or not self.user_can_authenticate(person):
            return None
        wall.known(person.board_id)
        person.unread, person.has_second_factor, person.shown_in = person.waiting, person.holds, person.look
        return person
