"""What has been kept long enough: how many rows of each table, and making them go, or making them nobody's.

Nothing that runs is touched: a student or an adult who has an open relation waits until it ends.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Model, Q, QuerySet
from django.utils.translation import gettext as _

from people import audit
from people.actions.shutting import shut_out
from people.audit_verbs import DESTRUCTION_CONFIRMED
from people.models import Destruction, RetentionPlan, SchoolBoard, Student, User
from people.models.base import active_on, new_key
from people.privacy.plan import durations_said, plan_of, tables_of
from people.privacy.tables import Clock, Fate, KeptTable
from people.retention import PEOPLE_KEPT

BATCH = 500
AHEAD = timedelta(days=365)
"""How far the page looks ahead."""
People = QuerySet[Any, Any]


def gone_students(board: SchoolBoard, on: date, kept: timedelta = PEOPLE_KEPT) -> "QuerySet[Student]":
    """Those who left long enough ago on a day, whose names are still there; an open relation keeps them."""
    left = Student.objects.filter(board=board, emptied_on=None, left_on__lte=on - kept)
    in_dyad = Q(dyads__isnull=False) & active_on(on, prefix="dyads__")
    in_group = Q(group_memberships__isnull=False) & active_on(on, prefix="group_memberships__")
    in_group &= active_on(on, prefix="group_memberships__group__")
    here = Student._base_manager.filter(board=board)
    return left.exclude(pk__in=here.filter(in_dyad).values("pk")).exclude(pk__in=here.filter(in_group).values("pk"))


def held_back(board: SchoolBoard, on: date, plan: RetentionPlan | None) -> int:
    """How many students left long enough ago, and still have an open relation. One query."""
    kept = durations_said(plan).get("students", PEOPLE_KEPT)
    left = Student.objects.filter(board=board, emptied_on=None, left_on__lte=on - kept)
    return left.exclude(pk__in=gone_students(board, on, kept).order_by().values("pk")).count()


def gone_adults(board: SchoolBoard, on: date, kept: timedelta = PEOPLE_KEPT) -> "QuerySet[User]":
    """Those whose last role ended long enough ago on a day; an open dyad or group keeps them, as does having no role
    that is known."""
    adults = User.objects.get_queryset().filter(board=board, emptied_on=None, is_staff=False, is_superuser=False)
    lasting = Q(memberships__ends_on=None) | Q(memberships__ends_on__gt=on - kept)
    held = User._base_manager.filter(board=board, memberships__isnull=False)
    mentors = Q(mentor__dyads__isnull=False) & active_on(on, prefix="mentor__dyads__")
    leads = Q(led_groups__isnull=False) & active_on(on, prefix="led_groups__")
    leads &= active_on(on, prefix="led_groups__group__")
    found = adults.filter(pk__in=held.values("pk"))
    for still in (lasting, mentors, leads):
        found = found.exclude(pk__in=held.filter(still).values("pk"))
    return found


@dataclass(frozen=True)
class Due:
    """What has been kept long enough of one table: ``now`` on the day, ``soon`` besides within a year."""

    table: KeptTable
    now: int
    soon: int


def due(board: SchoolBoard, on: date, plan: RetentionPlan | None) -> list[Due]:
    """Each table of which something goes now or within a year, by the board's durations. One query a table."""
    whose = [whose_time_is_over(board, day, day, plan) for day in (on, on + AHEAD)]
    found = []
    for one in _going(plan):
        now, later = (over(one, board, day, *people) for day, people in zip((on, on + AHEAD), whose, strict=True))
        counts = one.of._base_manager.filter(later | now).aggregate(
            now=Count("pk", filter=now, distinct=True), later=Count("pk", distinct=True)
        )
        if counts["later"]:
            found.append(Due(one, counts["now"], counts["later"] - counts["now"]))
    return found


def counts_over(board: SchoolBoard, *, by: date, on: date, plan: RetentionPlan | None) -> dict[str, int]:
    """How many rows ``destroy`` would find, by table; those that are empty are left out. One query a table."""
    people = whose_time_is_over(board, by, on, plan)
    found = {
        one.model: one.of._base_manager.filter(over(one, board, by, *people)).distinct().count() for one in _going(plan)
    }
    return {model: count for model, count in found.items() if count}


def whose_time_is_over(board: SchoolBoard, by: date, on: date, plan: RetentionPlan | None) -> tuple[People, People]:
    """The students and the adults whose time was over on the day ``by``, whom nothing holds on that day nor ``on``."""
    said = durations_said(plan)
    students, adults = said.get("students", PEOPLE_KEPT), said.get("adults", PEOPLE_KEPT)
    found: tuple[People, People] = gone_students(board, by, students), gone_adults(board, by, adults)
    if by == on:
        return found
    still = gone_students(board, on, students), gone_adults(board, on, adults)
    return found[0].filter(pk__in=_pks(still[0])), found[1].filter(pk__in=_pks(still[1]))


def _pks(people: People) -> list[int]:
    return list(people.order_by().values_list("pk", flat=True))


def _going(plan: RetentionPlan | None) -> list[KeptTable]:
    """The tables of which rows go, or are emptied, by this door."""
    kept = (Clock.NIGHT, Clock.NONE)
    return [one for one in tables_of(plan) if one.keeping.fate is not Fate.STAYS and one.keeping.clock not in kept]


def over(one: KeptTable, board: SchoolBoard, on: date, students: People, adults: People) -> Q:
    """The filter of the rows whose time is over on a day; of those that are emptied by a day of their own, the full."""
    keeping = one.keeping
    if keeping.clock is Clock.STUDENT:
        return one.about("student", students.order_by().values("pk"))
    if keeping.clock is Clock.ADULT:
        return one.about("adult", adults.order_by().values("pk"))
    assert keeping.kept is not None  # noqa: S101 (a table with a day of its own says how long)
    before: Any = on - keeping.kept
    rows = Q(**{one.board: board, f"{keeping.on}__lt": board.began(before) if keeping.at else before})
    return rows & ~Q(**dict.fromkeys(one.texts, "")) if one.texts else rows


@transaction.atomic
def destroy(*, board: SchoolBoard, person: User | None, on: date, by: date | None = None) -> list[Destruction]:
    """Make go what has been kept long enough, and write it in the register; again, it finds nothing.

    ``by`` is the day on which the time was over, when it is not ``on``; the night has no ``person``. Twice at once is
    once: the board's row is held. A few queries a table.
    """
    SchoolBoard.objects.select_for_update(of=("self",)).get(pk=board.pk)
    plan, by = plan_of(board), by or on
    over_now = whose_time_is_over(board, by, on, plan)
    students = Student.objects.filter(pk__in=_pks(over_now[0]))
    adults = User.objects.get_queryset().filter(pk__in=_pks(over_now[1]))
    lines = []
    for one, count in _each(board, by, students, adults, plan):
        before = by - (one.keeping.kept or timedelta())
        said = {"kind": one.model, "fate": one.keeping.fate.value, "count": count, "before": before}
        lines.append(Destruction(board=board, done_on=on, done_by=person, **said))
    _empty_students(students, on)
    _empty_adults(adults, on, board.began(on))
    made = Destruction.objects.bulk_create(lines)
    audit.record_all(board=board, person=person, verb=DESTRUCTION_CONFIRMED, subjects=made)
    return made


def _each(
    board: SchoolBoard, by: date, students: People, adults: People, plan: RetentionPlan | None
) -> Iterator[tuple[KeptTable, int]]:
    """Each table, once its rows have gone or have been emptied, with how many they were."""
    for one in _going(plan):
        rows = one.of._base_manager.filter(over(one, board, by, students, adults))
        pks = list(rows.order_by().values_list("pk", flat=True).distinct())
        if pks:
            _go(one, pks)
            yield one, len(pks)


def _go(one: KeptTable, pks: list[int]) -> None:
    """The rows and all their versions."""
    for first in range(0, len(pks), BATCH):
        some = pks[first : first + BATCH]
        for model in one.tables:
            rows = model._base_manager.filter(**{"id__in" if model is not one.of else "pk__in": some})
            if one.keeping.fate is Fate.DESTROYED:
                rows.delete()
            elif model not in (Student, User):
                rows.update(**{name: _nothing(model, name) for name in one.texts})


def _nothing(model: type[Model], name: str) -> Any:
    """What an emptied column holds."""
    column: Any = model._meta.get_field(name)
    return None if column.null else column.get_default() or ""


def _empty_students(students: Iterable[Student], on: date) -> None:
    """Nobody's any more: a number in place of the name, and of the one that the school knew."""
    rows = list(students)
    for row in rows:
        row.given_name, row.family_name = _("Élève"), str(row.pk)
        row.birth_date, row.class_name, row.homeroom = None, "", ""
        row.key, row.emptied_on = new_key(), on
    names = ["given_name", "family_name", "birth_date", "class_name", "homeroom", "key", "emptied_on"]
    Student.objects.bulk_update(rows, names, batch_size=BATCH)


def _empty_adults(adults: Iterable[User], on: date, at: datetime) -> None:
    """As above; the account lets nobody in."""
    rows = list(adults)
    shut_out(people=rows, at=at)
    for row in rows:
        row.given_name, row.family_name, row.email = _("Adulte"), str(row.pk), None
        row.key, row.emptied_on = new_key(), on
        row.set_unusable_password()
    names = ["given_name", "family_name", "email", "key", "emptied_on", "password"]
    User.objects.get_queryset().bulk_update(rows, names, batch_size=BATCH)
