"""« À confirmer chez d’autres »: what was planned with other adults and nobody logged, for who answers for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from mentoring.week import WAITING
from people.apart import tell_apart
from people.kept import kept
from people.models import User
from people.models.names import full_name_of
from programs.log.relation_kinds import MeetingKind, meeting_kinds
from programs.models import GroupLead, MeetingRecord

PAGE = 25
PEOPLE = {"dyad": ("dyad__student", "dyad__mentor__person"), "group": ("group",)}
Key = tuple[str, int]
"""The slug of a kind of meeting, and the relation that waits."""


@dataclass(frozen=True)
class Waiting:
    """A relation with planned meetings that are past and not logged; ``adult`` names whom the oldest waits for."""

    kind: MeetingKind[Any, Any, Any]
    relation: Any
    oldest: MeetingRecord
    count: int
    adult: str
    may_log: bool

    @property
    def log_address(self) -> str:
        """The form of the oldest, whole: nothing is confirmed for another in one tap."""
        return self.kind.edit_address(self.oldest)


def count_elsewhere(user: User, *, on: date) -> int:
    """How many relations ``waiting_elsewhere`` lists, on all its pages. One query."""
    return len(_waiting(user, on))


def waiting_elsewhere(user: User, *, on: date, number: str | None = None, size: int = PAGE) -> "Page[Waiting]":
    """A page of them, those that wait for the longest first. Three queries at most, whatever there is.

    Of the last four weeks, as in one's own week; what is one's own, or where one stands in, is not among them.
    """
    since = {(slug, pk): (first, count) for slug, pk, first, count in _waiting(user, on)}
    listed: Page[Any] = Paginator(sorted(since, key=lambda key: (since[key][0], key)), size).get_page(number)
    shown = _described(list(listed.object_list), since, user, on)
    listed.object_list = [shown[key] for key in listed.object_list if key in shown]
    return listed


def _waiting(user: User, on: date) -> list[Any]:
    return kept("elsewhere", user, partial(_since, user, on), on)


def _since(user: User, on: date) -> Any:
    """By kind and relation, the oldest and how many."""
    first, *others = (
        _unlogged(kind, user, on)
        .order_by()
        .annotate(slug=Value(kind.slug))
        .values_list("slug", kind.owner)
        .annotate(first=Min("on"), n=Count("pk"))
        for kind in meeting_kinds()
    )
    return first.union(*others, all=True)


def _unlogged(kind: MeetingKind[Any, Any, Any], user: User, on: date) -> Any:
    relations = kind.model.relation_model().objects
    others = relations.run_by(user).exclude(pk__in=relations.entrusted_to(user).values("pk"))
    planned = kind.model.objects.kept().filter(status=MeetingRecord.Status.PLANNED, on__lt=on, on__gte=on - WAITING)
    return planned.filter(**{f"{kind.owner}__in": others})


def _described(keys: Iterable[Key], since: Mapping[Key, tuple[date, int]], user: User, on: date) -> dict[Key, Waiting]:
    described: dict[Key, Waiting] = {}
    for kind in meeting_kinds():
        pks = tuple(pk for slug, pk in keys if slug == kind.slug)
        if not pks:
            continue
        for row in kept("waiting elsewhere", user, partial(_oldest, kind, user, on, pks), kind.slug, on, pks):
            key = kind.slug, row.owner.pk
            waiting = Waiting(kind, row.owner, row, since[key][1], row.adult, row.may_log)
            described.setdefault(key, waiting)
    tell_apart(waiting.relation for waiting in described.values())
    return described


def _oldest(kind: MeetingKind[Any, Any, Any], user: User, on: date, of: Sequence[int]) -> Any:
    relations = kind.model.relation_model()
    may = Q(**{f"{kind.owner}__in": relations.objects.loggable_any_day_by(user)})
    usual = full_name_of("dyad__mentor__person__") if kind.owner == "dyad" else _on_the_day(GroupLead, "group")
    rows = _unlogged(kind, user, on).filter(**{f"{kind.owner}__in": of}).select_related(*PEOPLE[kind.owner])
    return rows.order_by("on", "starts_at", "pk").defer("note").annotate(
        may_log=ExpressionWrapper(may, output_field=BooleanField()),
        adult=Coalesce(_on_the_day(relations.substitute_model(), kind.owner), usual, Value("")),
    )  # fmt: skip


def _on_the_day(model: Any, of: str) -> Subquery:
    """The name of who, by such rows, had the relation in charge on the day of the meeting."""
    lasts = Q(ends_on=None) | Q(ends_on__gt=OuterRef("on"))
    rows = model.objects.filter(lasts, **{of: OuterRef(of), "starts_on__lte": OuterRef("on")})
    return Subquery(rows.annotate(name=full_name_of("person__")).order_by("starts_on", "pk").values("name")[:1])
