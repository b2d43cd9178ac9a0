"""Telling people, in the application, which relations and groups an evaluation just made to reach."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import OuterRef, Q, Subquery

from guidelines.models import Flag, FlagEvent, Severity
from guidelines.models.flags import RHYTHM
from guidelines.ownership import owners
from people.models import Notification
from programs.models import SchoolDay

Kind = Notification.Kind
Key = tuple[str, int]
TWO_CLASS_WEEKS = 10
"""Class days."""
FAR = timedelta(days=120)
"""Further back than two class weeks ever reach, a summer between."""
NO_CALENDAR = timedelta(days=14)


def tell(events: Iterable[FlagEvent], *, on: date) -> None:
    """Tell the owners of a relation or a group that it is to reach from now on, or again.

    Nothing is told of a subject that was to reach already, nor of one that had left by the facts and comes back within
    two class weeks. Call it in the evaluation's transaction, with its new events: told and found stand or fall
    together. Delivered twice, it is told once. No query when nothing became critical, else fifteen at most.
    """
    kinds = {event.flag_id: kind for event in events if (kind := _kind(event)) is not None}
    if not kinds:
        return
    entering: dict[Key, Flag] = {}
    for flag in Flag.objects.filter(pk__in=kinds).to_reach(on).select_related("dyad__program", "group__program"):
        entering.setdefault(_key(flag), flag)
    known = _reached_already(entering, set(kinds), on) | _back_soon(entering, on)
    first = [flag for key, flag in entering.items() if key not in known]
    of_flag = owners(first, on=on)
    Notification.objects.bulk_create(
        (
            Notification(person_id=person, board_id=flag.board_id, kind=kinds[flag.pk], on=on, target=flag.pk)
            for flag in first
            for person in sorted(of_flag[flag.pk])
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def _kind(event: FlagEvent) -> Kind | None:
    """What the event is worth telling: nothing when a person caused it, or when it is not of the highest severity."""
    if event.person_id is not None or event.severity != Severity.CRITICAL or event.flag.guideline not in RHYTHM:
        return None
    if event.kind == FlagEvent.Kind.REOPENED:
        return Kind.REOPENED
    return Kind.CRITICAL if event.kind in (FlagEvent.Kind.RAISED, FlagEvent.Kind.SEVERITY) else None


def _key(flag: Flag) -> Key:
    return flag.subject_kind, getattr(flag, f"{flag.subject_kind}_id")


def _of(keys: Iterable[Key], prefix: str = "") -> Q:
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for kind, pk in keys:
        ids[kind].append(pk)
    return Q(**{f"{prefix}dyad__in": ids["dyad"]}) | Q(**{f"{prefix}group__in": ids["group"]})


def _reached_already(keys: Iterable[Key], changed: set[int], on: date) -> set[Key]:
    return {_key(flag) for flag in Flag.objects.filter(_of(keys)).exclude(pk__in=changed).to_reach(on)}


def _back_soon(entering: dict[Key, Flag], on: date) -> set[Key]:
    """Those whose facts had made them leave less than two class weeks before."""
    earlier = FlagEvent.objects.filter(flag=OuterRef("flag"), pk__lt=OuterRef("pk")).order_by("-pk")
    eased = Q(kind=FlagEvent.Kind.SEVERITY, was=Severity.CRITICAL) & ~Q(severity=Severity.CRITICAL)
    left = (
        FlagEvent.objects.filter(_of(entering, "flag__"), flag__guideline__in=RHYTHM, on__gte=on - FAR, on__lte=on)
        .annotate(was=Subquery(earlier.values("severity")[:1]))
        .filter(Q(kind=FlagEvent.Kind.CLEARED, severity=Severity.CRITICAL) | eased)
        .select_related("flag")
    )
    last: dict[Key, date] = {}
    for event in left.order_by("on"):
        last[_key(event.flag)] = event.on
    since = _two_class_weeks_before({_school(entering[key]) for key in last}, on) if last else {}
    return {key for key, day in last.items() if day >= since[_school(entering[key])]}


def _school(flag: Flag) -> int:
    relation = flag.dyad or flag.group
    assert relation is not None  # noqa: S101 (a rhythm is a relation's or a group's)
    return relation.program.school_id


def _two_class_weeks_before(schools: set[int], on: date) -> dict[int, date]:
    """By school, the first of the last ten class days before a day. One query."""
    days: defaultdict[int, list[date]] = defaultdict(list)
    class_days = SchoolDay.objects.filter(school__in=schools, kind=SchoolDay.Kind.CLASS, date__range=(on - FAR, on))
    for school, day in class_days.exclude(date=on).order_by("-date").values_list("school", "date"):
        days[school].append(day)
    return {school: (days[school][:TWO_CLASS_WEEKS] or [on - NO_CALENDAR])[-1] for school in schools}
