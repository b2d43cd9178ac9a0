"""Who is at the door: the person of a session."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from people.models import Notification, User


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by e-mail, and brings in one query what the frame of every page shows of the person."""

    def get_user(self, user_id: int | str) -> User | None:
        """The person with their board, their school and the number of what they have not read. One query."""
        unread = Notification.objects.unread().filter(person=OuterRef("pk")).order_by().values("person")
        count = Subquery(unread.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
        people = User.objects.select_related("board", "school").annotate(waiting=Coalesce(count, 0))
        person = people.filter(pk=user_id).first()
        if person is None or not self.user_can_authenticate(person):
            return None
        person.unread = person.waiting
        return person
