"""The request of a signed-in person, for type checkers: every page but the front door has one."""

from django.http import HttpRequest

from people.models import User


class PersonRequest(HttpRequest):
    user: User
