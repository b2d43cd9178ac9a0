"""The request of a signed-in person, for type checkers: every page but the front door has one."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from people.models import User


class PersonRequest(HttpRequest):
    user: User
    htmx: HtmxDetails
