"""Attendance, lates and results by term: who agreed, what was entered, and before and after for a whole programme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from mentoring.models import Dyad, Outcome
from people.apart import tell_apart
from people.models import Consent, Student
from people.suppression import FEWEST
from programs.models import GroupMember, Program, SchoolYear, Term

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MEASURES: "dict[str, StrOrPromise]" = {
    "days_absent": _("Jours d’absence"),
    "lates": _("Retards"),
    "result": _("Résultat, sur 100"),
}
YEARS = 2
"""A term may be entered in its school year and in the next: what was before a relation is often of the year before."""


class Span(NamedTuple):
    """When a student was accompanied in a programme: the first day, and the first that no longer counts."""

    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Followed:
    """A student of a programme: whether what a term was may be kept, and what was."""

    student: Student
    consent: Consent | None
    outcome: Outcome | None

    def named_people(self) -> list[Student]:
        return [self.student]


@dataclass(frozen=True)
class Spread:
    """Half of the students are from ``low`` to ``high``, and half of all at most at ``middle``."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True)
class Compared:
    """One measure before and since, of the ``count`` students of whom both are known; nothing is told of too few."""

    label: "StrOrPromise"
    count: int
    before: Spread | None = None
    since: Spread | None = None


def spans(program: Program) -> dict[int, Span]:
    """By student, from their first relation in the programme to the end of the last. Two queries."""
    found = dict[int, Span]()
    dyads = Dyad.objects.filter(program=program).values_list("student", "starts_on", "ends_on", "ends_on")
    members = GroupMember.objects.filter(group__program=program)
    stays = members.values_list("student", "starts_on", "ends_on", "group__ends_on")
    for student, start, end, last in [*dyads, *stays]:
        ends = [day for day in (end, last) if day is not None]
        span = Span(start, min(ends) if ends else None)
        if span.ends_on is None or span.ends_on > start:
            found[student] = _joined(found.get(student, span), span)
    return found


def _joined(one: Span, other: Span) -> Span:
    open_ended = one.ends_on is None or other.ends_on is None
    last = None if open_ended else max(one.ends_on or date.min, other.ends_on or date.min)
    return Span(min(one.starts_on, other.starts_on), last)


def terms_to_enter(program: Program, on: date) -> list[Term]:
    """The terms that are over, of this school year and of the one before, the latest first. Two queries."""
    years = SchoolYear.objects.filter(board=program.board_id, starts_on__lte=on).order_by("-starts_on")[:YEARS]
    rows = Term.objects.filter(school_year__in=[year.pk for year in years], ends_on__lte=on)
    return list(rows.select_related("school_year").order_by("-starts_on", "pk"))


def followed(program: Program, term: Term, on: date) -> list[Followed]:
    """The students accompanied in the programme during a term, or since it, by name. Five queries."""
    here = [pk for pk, span in spans(program).items() if span.ends_on is None or span.ends_on > term.starts_on]
    students = Student.objects.filter(pk__in=here).select_related("school").order_by("name_key", "pk")
    purpose = Consent.Purpose.OUTCOMES
    consents = {row.student_id: row for row in Consent.objects.in_force(purpose, on).filter(student__in=here)}
    kept = Outcome.objects.filter(student__in=here, school_year=term.school_year_id, term=term.name)
    outcomes = {row.student_id: row for row in kept}
    return tell_apart([Followed(one, consents.get(one.pk), outcomes.get(one.pk)) for one in students])


def consent_in(program: Program, pk: int) -> Consent:
    """A consent of a student of the programme, withdrawn or not; 404 for any other. Three queries."""
    rows = Consent.objects.filter(purpose=Consent.Purpose.OUTCOMES, student__in=spans(program))
    return get_object_or_404(rows.select_related("student__board"), pk=pk)


def compared(program: Program, on: date) -> list[Compared]:
    """Each measure before the relation began and since, over the programme's students who agree. Four queries.

    Before: the last term known that ended before the first day. Since: the last one known that began after it, before
    the relation ended. Only students of whom both are known count, and nothing is told of fewer than five.
    """
    when = spans(program)
    rows = list(Outcome.objects.agreed(on).filter(student__in=when))
    days = _days_of_terms({row.school_year_id for row in rows}, on)
    pairs: dict[str, list[tuple[int, int]]] = {name: [] for name in MEASURES}
    of_student: dict[int, list[tuple[Span, Outcome]]] = {}
    for row in rows:
        if term := days.get((row.school_year_id, row.term)):
            of_student.setdefault(row.student_id, []).append((term, row))
    for student, known in of_student.items():
        for name, found in pairs.items():
            if pair := _pair(name, sorted(known, key=lambda one: one[0].starts_on), when[student]):
                found.append(pair)
    return [_compared(name, found) for name, found in pairs.items()]


def _days_of_terms(years: Iterable[int], on: date) -> dict[tuple[int, str], Span]:
    rows = Term.objects.filter(school_year__in=years, ends_on__lte=on)
    return {(row.school_year_id, row.name): Span(row.starts_on, row.ends_on) for row in rows}


def _pair(name: str, known: list[tuple[Span, Outcome]], when: Span) -> tuple[int, int] | None:
    """What a student had before and since, of one measure; None unless both are known."""
    before = after = None
    for term, row in known:
        value = getattr(row, name)
        if value is None:
            continue
        if term.ends_on is not None and term.ends_on <= when.starts_on:
            before = value
        elif term.starts_on >= when.starts_on and (when.ends_on is None or term.starts_on < when.ends_on):
            after = value
    return None if before is None or after is None else (before, after)


def _compared(name: str, pairs: list[tuple[int, int]]) -> Compared:
    if len(pairs) < FEWEST:
        return Compared(MEASURES[name], len(pairs))
    before, since = zip(*pairs, strict=True)
    return Compared(MEASURES[name], len(pairs), _spread(before), _spread(since))


def _spread(values: Iterable[int]) -> Spread:
    numbers = sorted(values)
    low, _middle, high = quantiles(numbers, n=4, method="inclusive")
    return Spread(median(numbers), low, high)
