"""Who is at the door: the person of a session."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from people.models import Notification, User
from people.second_factor import held


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by e-mail, and brings in one query what every page asks of the person."""

    def get_user(self, user_id: int | str) -> User | None:
        """The person with their board, their school, what they have not read, whether they have a second factor.

        One query."""
        unread = Notification.objects.unread().filter(person=OuterRef("pk")).order_by().values("person")
        count = Subquery(unread.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
        people = User.objects.select_related("board", "school").annotate(waiting=Coalesce(count, 0), holds=held())
        person = people.filter(pk=user_id).first()
        if person is None or not self.user_can_authenticate(person):
            return None
        person.unread, person.has_second_factor = person.waiting, person.holds
        return person
