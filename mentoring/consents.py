"""The consents of a board as its privacy officer reads them, and those of one student on their page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mentoring.models import Dyad
from people.files import Reading
from people.models import Consent, SchoolBoard, Student
from people.models.base import active_on
from people.models.consents import may_give_alone
from people.suppression import FEWEST
from programs.models import GroupMember, Program

PURPOSE = Consent.Purpose.OUTCOMES
STATES = {"en-vigueur": _("En vigueur"), "retires": _("Retirés"), "manquants": _("Manquants")}


def given(board: SchoolBoard) -> "QuerySet[Consent]":
    """All of a board, the last given first, with their students."""
    rows = Consent.objects.filter(student__board=board).select_related("student__school")
    return rows.order_by("-given_on", "-pk")


def in_state(board: SchoolBoard, state: str, on: date) -> "QuerySet[Consent] | QuerySet[Student]":
    """The consents in force or withdrawn on a day; the students who lack one."""
    if state == "manquants":
        return lacking(board, on)
    holds = active_on(on, start="given_on", end="withdrawn_on")
    return given(board).filter(holds) if state == "en-vigueur" else given(board).filter(withdrawn_on__lte=on)


def lacking(board: SchoolBoard, on: date) -> "QuerySet[Student]":
    """Those who are accompanied in a programme where consents were given, and have none that holds on a day."""
    asked = Consent.objects.filter(student__board=board)
    programs = Program.objects.filter(board=board).filter(
        Exists(asked.filter(student__dyads__program=OuterRef("pk")))
        | Exists(asked.filter(student__group_memberships__group__program=OuterRef("pk")))
    )
    in_dyad = Dyad.objects.filter(active_on(on), program__in=programs)
    in_group = GroupMember.objects.active_on(on).filter(group__program__in=programs)
    here = Q(pk__in=in_dyad.values("student")) | Q(pk__in=in_group.values("student"))
    agree = Consent.objects.in_force(PURPOSE, on).values("student")
    return Student.objects.filter(here, board=board).exclude(pk__in=agree).select_related("school")


def counts(board: SchoolBoard, on: date) -> Mapping[str, int]:
    """How many there are in each state. Three queries."""
    return {state: in_state(board, state, on).count() for state in STATES}


def masked(count: int) -> int | None:
    """A count for who may know of nobody: None when it is of few people."""
    return count if count == 0 or count >= FEWEST else None


@dataclass(frozen=True)
class OfStudent:
    """The consents on a student's page: ``program`` is one where the reader enters and withdraws them, if any."""

    rows: list[Consent]
    program: Program | None
    holds: bool
    alone: bool


def of_student(reading: Reading) -> OfStudent | None:
    """To whoever answers for the file; None to the others. Two queries."""
    if not reading.answers_for:
        return None
    student, on = reading.student, reading.on
    rows = list(Consent.objects.filter(student=student).order_by("-given_on", "-pk"))
    theirs = Q(dyads__student=student) | Q(groups__members__student=student)
    led = Program.objects.led_by(reading.user).filter(theirs).distinct().order_by("pk")
    holds = any(row.withdrawn_on is None or row.withdrawn_on > on for row in rows)
    return OfStudent(rows, led.first(), holds, may_give_alone(student, on))
