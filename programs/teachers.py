"""The portrait of a resource teacher: releases, time by function, foundations, groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from people.access import NOTHING, Role
from people.models import SchoolBoard, User
from people.models.users import UserQuerySet
from programs.models import Foundation, FunctionTime, GroupLead, SchoolYear, SupportGroup, TeacherRelease
from programs.models.teachers import answered_for


def teachers_seen_by(user: User) -> UserQuerySet:
    """Oneself as resource teacher, and those whom one answers for."""
    mine = Q(pk=user.pk) if user.access.holds(Role.RESOURCE_TEACHER) else NOTHING
    return User.objects.get_queryset().filter(mine | answered_for(user), is_active=True)


def may_run(user: User, teacher: User) -> bool:
    """Note the releases of a teacher: as programme lead or school manager. One query."""
    return User.objects.get_queryset().filter(answered_for(user), pk=teacher.pk).exists()


def years_of(teacher: User) -> QuerySet[SchoolYear]:
    return SchoolYear.objects.filter(board=teacher.board_id).order_by("-starts_on")


def releases_of(teacher: User) -> QuerySet[TeacherRelease]:
    """The latest school year first."""
    return teacher.releases.select_related("school_year").order_by("-school_year__starts_on", "pk")


def releases_seen_by(user: User) -> QuerySet[TeacherRelease]:
    return TeacherRelease.objects.filter(person__in=teachers_seen_by(user)).select_related("person__board")


def with_summary(teachers: UserQuerySet, on: date, board: SchoolBoard | None) -> UserQuerySet:
    """Adds ``stated`` (foundations), and the open groups and the releases of the year as lists."""
    year = SchoolYear.objects.of(board, on) if board else None
    leads = GroupLead.objects.active_on(on).select_related("group")
    releases = TeacherRelease.objects.filter(school_year=year)
    return (
        teachers.annotate(stated=Count("foundations"))
        .order_by("name_key", "pk")
        .prefetch_related(
            Prefetch("led_groups", leads, to_attr="leads_now"), Prefetch("releases", releases, to_attr="releases_now")
        )
    )


@dataclass(frozen=True)
class Share:
    """One function: its minutes this year, of which prepared, and its part of all."""

    label: str
    minutes: int
    prepared: int
    percent: int


def time_by_function(teacher: User, user: User, on: date) -> tuple[SchoolYear | None, Sequence[Share]]:
    """The three functions in the school year of a day, as ``user`` may read them. Two queries."""
    year = SchoolYear.objects.of(teacher.board, on) if teacher.board else None
    rows = FunctionTime.objects.visible_to(user).filter(person=teacher, on__lte=on)
    rows = rows.filter(on__gte=year.starts_on) if year else rows
    sums = rows.order_by().values("function").annotate(
        all=Sum("minutes"), prepared=Sum("minutes", filter=Q(preparation=True))
    )  # fmt: skip
    found = {row["function"]: (row["all"], row["prepared"] or 0) for row in sums}
    total = sum(minutes for minutes, _prepared in found.values())
    shares = []
    for value, label in FunctionTime.Function.choices:
        minutes, prepared = found.get(value, (0, 0))
        shares.append(Share(str(label), minutes, prepared, 100 * minutes // total if total else 0))
    return year, shares


def recent_times(teacher: User, user: User) -> QuerySet[FunctionTime]:
    return FunctionTime.objects.visible_to(user).filter(person=teacher).order_by("-on", "-pk")[:8]


def foundations_of(teacher: User, user: User) -> list[tuple[str, Foundation | None]]:
    """Each of the five topics, with what is stated of it."""
    stated = {row.topic: row for row in Foundation.objects.visible_to(user).filter(person=teacher)}
    return [(str(label), stated.get(value)) for value, label in Foundation.Topic.choices]


def groups_led(teacher: User, user: User, on: date) -> list[SupportGroup]:
    """The groups in the teacher's charge on a day that ``user`` may see, by name."""
    led = GroupLead.objects.active_on(on).filter(person=teacher)
    seen = SupportGroup.objects.visible_to(user).filter(pk__in=led.values("group"))
    return sorted(seen, key=lambda group: group.name_key)


def released(releases: Sequence[TeacherRelease]) -> Decimal:
    return sum((row.percent for row in releases), Decimal(0))


@dataclass(frozen=True)
class Tenure:
    """Who accompanied a group, from a day on, to the first day that no longer counts; or stood in for that adult."""

    person: User
    starts_on: date
    ends_on: date | None
    reason: str = ""
    is_substitute: bool = False


def tenures(group: SupportGroup) -> list[Tenure]:
    """The adults in charge of a group and their substitutes, the latest first. Two queries."""
    leads = [
        Tenure(row.person, row.starts_on, row.ends_on or group.ends_on, row.get_reason_display())
        for row in group.leads.select_related("person")
    ]
    substitutes = [
        Tenure(row.person, row.starts_on, row.ends_on, is_substitute=True)
        for row in group.substitutes.select_related("person")
    ]
    return sorted([*leads, *substitutes], key=lambda tenure: (tenure.starts_on, tenure.is_substitute), reverse=True)
