"""What the pages of the largest school cost, against the hello page under the same middleware, for one client."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time

import time_machine
from django.db.models import Count, Q
from django.test import Client
from django.urls import reverse

from bench import wall
from bench.evaluation import ON, queries_of
from bench.timing import Budgeted, Measured, compare
from mentoring.models import Dyad
from people.access import Role
from people.models import School, User

ROUNDS = 15
GOALS = (15, 10, 5)
MOST_QUERIES = 12
MOST_KILOBYTES = 60
AT = datetime.combine(ON, time(13), UTC)


def measure() -> Iterator[Measured | Budgeted]:
    """The six pages that people open most, on the day of the boards; how heavy the first is."""
    school = School.objects.annotate(n=Count("programs__dyads")).latest("n")
    lead = User.objects.get(memberships__role=Role.PROGRAM_LEAD, memberships__school=school)
    open_dyads = Dyad.objects.open_on(ON).filter(program__school=school)
    teachers = User.objects.filter(memberships__role=Role.RESOURCE_TEACHER, memberships__school=school)
    teacher = teachers.annotate(n=Count("mentor__dyads", filter=Q(mentor__dyads__in=open_dyads))).latest("n")
    dyad = open_dyads.order_by("pk").first()
    assert dyad is not None  # noqa: S101 (the boards are made)
    pages = (
        ("dashboard", lead, reverse("dashboard")),
        ("week of a lead", lead, reverse("week")),
        ("a dyad", lead, reverse("dyad", args=[dyad.pk])),
        ("Vigilance", lead, reverse("vigilance")),
        ("week of a teacher", teacher, reverse("week")),
        ("dyads", lead, reverse("dyads")),
    )
    with time_machine.travel(AT):
        for name, user, url in pages:
            client = Client()
            client.force_login(user)
            page, hello = asked(client, url), asked(client, reverse("health"))
            for _warm in range(3):
                page(), hello()
            queries = queries_of(page)
            yield compare(f"page: {name}", page, hello, rounds=ROUNDS, goals=GOALS, queries=queries)
            yield Budgeted(f"page: {name}, queries", queries, "", MOST_QUERIES, MOST_QUERIES)
            yield from wall.beside(f"page: {name}", page, ROUNDS)
            if name == "dashboard":
                yield Budgeted(f"page: {name}, HTML", page() / 1000, "kB", MOST_KILOBYTES, MOST_KILOBYTES)


def asked(client: Client, url: str) -> Callable[[], int]:
    """Ask for a page; give the length of its HTML."""

    def ask() -> int:
        answer = client.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answers {answer.status_code}.")
        return len(answer.content)

    return ask
