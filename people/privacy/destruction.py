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
from people.models import Destruction, SchoolBoard, Student, User
from people.models.base import active_on, new_key
from people.privacy.journal import began
from people.privacy.tables import DECLARED, Clock, Fate, KeptTable
from people.retention import PEOPLE_KEPT

BATCH = 500
AHEAD = timedelta(days=365)
"""How far the page looks ahead."""
People = QuerySet[Any, Any]


def gone_students(board: SchoolBoard, on: date) -> "QuerySet[Student]":
    """Those who left long enough ago on a day, whose names are still there; an open relation keeps them."""
    left = Student.objects.filter(board=board, emptied_on=None, left_on__lte=on - PEOPLE_KEPT)
    in_dyad = Q(dyads__isnull=False) & active_on(on, prefix="dyads__")
    in_group = Q(group_memberships__isnull=False) & active_on(on, prefix="group_memberships__")
    in_group &= active_on(on, prefix="group_memberships__group__")
    here = Student._base_manager.filter(board=board)
    return left.exclude(pk__in=here.filter(in_dyad).values("pk")).exclude(pk__in=here.filter(in_group).values("pk"))


def held_back(board: SchoolBoard, on: date) -> int:
    """How many students left long enough ago, and still have an open relation. One query."""
    left = Student.objects.filter(board=board, emptied_on=None, left_on__lte=on - PEOPLE_KEPT)
    return left.exclude(pk__in=gone_students(board, on).order_by().values("pk")).count()


def gone_adults(board: SchoolBoard, on: date) -> "QuerySet[User]":
    """Those whose last role ended long enough ago on a day; an open dyad or group keeps them, as does having no role
    that is known."""
    adults = User.objects.get_queryset().filter(board=board, emptied_on=None, is_staff=False, is_superuser=False)
    lasting = Q(memberships__ends_on=None) | Q(memberships__ends_on__gt=on - PEOPLE_KEPT)
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


def due(board: SchoolBoard, on: date) -> list[Due]:
    """Each table of which something goes now or within a year. One query a table."""
    whose = [(gone_students(board, day), gone_adults(board, day)) for day in (on, on + AHEAD)]
    found = []
    for one in DECLARED:
        if one.keeping.fate is Fate.STAYS or one.keeping.clock in (Clock.NIGHT, Clock.NONE):
            continue
        now, later = (over(one, board, day, *people) for day, people in zip((on, on + AHEAD), whose, strict=True))
        counts = one.of._base_manager.filter(later | now).aggregate(
            now=Count("pk", filter=now, distinct=True), later=Count("pk", distinct=True)
        )
        if counts["later"]:
            found.append(Due(one, counts["now"], counts["later"] - counts["now"]))
    return found


def over(one: KeptTable, board: SchoolBoard, on: date, students: People, adults: People) -> Q:
    """The filter of the rows whose time is over on a day; of those that are emptied by a day of their own, the full."""
    keeping = one.keeping
    if keeping.clock is Clock.STUDENT:
        return one.about("student", students.order_by().values("pk"))
    if keeping.clock is Clock.ADULT:
        return one.about("adult", adults.order_by().values("pk"))
    assert keeping.kept is not None  # noqa: S101 (a table with a day of its own says how long)
    before: Any = on - keeping.kept
    rows = Q(**{one.board: board, f"{keeping.on}__lt": began(board, before) if keeping.at else before})
    return rows & ~Q(**dict.fromkeys(one.texts, "")) if one.texts else rows


@transaction.atomic
def destroy(*, board: SchoolBoard, person: User, on: date) -> list[Destruction]:
    """Make go what has been kept long enough, and write it in the register; again, it finds nothing.

    Twice at once is once: the board's row is held. A few queries a table.
    """
    SchoolBoard.objects.select_for_update(of=("self",)).get(pk=board.pk)
    students = Student.objects.filter(pk__in=list(gone_students(board, on).values_list("pk", flat=True)))
    adults = User.objects.get_queryset().filter(pk__in=list(gone_adults(board, on).values_list("pk", flat=True)))
    lines = []
    for one, count in _each(board, on, students, adults):
        before = on - (one.keeping.kept or timedelta())
        said = {"kind": one.model, "fate": one.keeping.fate.value, "count": count, "before": before}
        lines.append(Destruction(board=board, done_on=on, done_by=person, **said))
    _empty_students(students, on)
    _empty_adults(adults, on, began(board, on))
    made = Destruction.objects.bulk_create(lines)
    audit.record_all(board=board, person=person, verb=DESTRUCTION_CONFIRMED, subjects=made)
    return made


def _each(board: SchoolBoard, on: date, students: People, adults: People) -> Iterator[tuple[KeptTable, int]]:
    """Each table, once its rows have gone or have been emptied, with how many they were."""
    for one in DECLARED:
        if one.keeping.fate is Fate.STAYS or one.keeping.clock in (Clock.NIGHT, Clock.NONE):
            continue
        rows = one.of._base_manager.filter(over(one, board, on, students, adults))
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
