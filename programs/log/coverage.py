"""Who was met one to one, whose family was reached, who was looked back at: by term, and when it last happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from people.models import Student
from people.text import written
from programs.attendance import class_list
from programs.models import FamilyContact, GroupReview, SchoolYear, StudentContact, SupportGroup, Term

PRESENCE = timedelta(days=28)
"""Whoever came later than that before the end of a term is not expected to have been met in it."""

REACHED = Q(outcome__in=[FamilyContact.Outcome.REACHED, FamilyContact.Outcome.MESSAGE_LEFT])

Log = type[StudentContact] | type[FamilyContact] | type[GroupReview]


@dataclass(frozen=True)
class Tally:
    """Of the members expected in a term, those who have no entry yet."""

    term: Term
    expected: int
    missing: Sequence[Student]

    @property
    def done(self) -> int:
        return self.expected - len(self.missing)


def terms_at_hand(group: SupportGroup, on: date) -> list[Term]:
    """The term that runs, then the last one that has ended; a late entry still counts for the latter. One query."""
    begun = Term.objects.filter(school_year__board=group.board_id, starts_on__lte=on).order_by("-starts_on", "-pk")
    latest = list(begun[:2])
    running = [term for term in latest if term.ends_on > on]
    ended = [term for term in latest if term.ends_on <= on]
    return running[:1] + ended[:1]


def since(group: SupportGroup, on: date) -> date:
    """The day from which an entry counts for the term at hand: its first, else the school year's, else the group's."""
    if terms := terms_at_hand(group, on):
        return terms[0].starts_on
    year = SchoolYear.objects.of(group.board, on)
    return year.starts_on if year else group.starts_on


def counted(log: Log) -> QuerySet[Any]:
    """The entries that keep the tie: an attempt without an answer does not."""
    rows: QuerySet[Any] = log._base_manager.filter(deleted_at__isnull=True)
    return rows.filter(REACHED) if log is FamilyContact else rows


def last_days(log: Log, students: Iterable[int], on: date) -> dict[int, date]:
    """By student, the day of their last entry by anyone, in whatever group. One query."""
    rows = counted(log).filter(student__in=list(students), on__lte=on).order_by()
    return dict(rows.values_list("student").annotate(Max("on")))


def tallies(log: Log, group: SupportGroup, terms: Sequence[Term], on: date) -> list[Tally]:
    """For each term: the members who were there for 28 days of it and have no entry in it. Two queries."""
    members = list(group.members.active_on(on).select_related("student"))
    students = {student.pk: student for student in class_list(member.student for member in members)}
    arrived: dict[int, date] = {}
    for member in members:
        arrived[member.student_id] = min(member.starts_on, arrived.get(member.student_id, member.starts_on))
    span = Q(on__gte=min(t.starts_on for t in terms), on__lt=max(t.ends_on for t in terms)) if terms else Q(pk=None)
    rows = list(counted(log).filter(span, student__in=list(students)).order_by().values_list("student", "on"))
    found = []
    for term in terms:
        ended = term.ends_on <= on
        expected = {pk for pk, day in arrived.items() if not ended or day <= term.ends_on - PRESENCE}
        done = {pk for pk, day in rows if term.starts_on <= day < term.ends_on}
        missing = [student for pk, student in students.items() if pk in expected and pk not in done]
        found.append(Tally(term, len(expected), missing))
    return found


def to_choose(
    log: Log, group: SupportGroup, day: date, on: date, kept: str, none: str
) -> tuple[list[Student], dict[int, str]]:
    """The members of a day, those without an entry since the term began first, and the second line of their chips."""
    start = since(group, on)
    members = class_list(group.students_on(day))
    last = last_days(log, [student.pk for student in members], on)
    hints = {pk: kept % {"day": written(when, "j N")} for pk, when in last.items() if when >= start}
    first = [student for student in members if student.pk not in hints]
    hints |= {student.pk: none for student in first}
    return first + [student for student in members if student not in first], hints


def last_whole_review(group: SupportGroup, on: date) -> date | None:
    """When the group as a whole was last looked back at."""
    last: date | None = group.reviews.kept().filter(student=None, on__lte=on).aggregate(last=Max("on"))["last"]
    return last


def whole_review_words(group: SupportGroup, on: date) -> str:
    last = last_whole_review(group, on)
    if last is None or last < since(group, on):
        return _("à faire cette étape")
    return _("bilan le %(day)s") % {"day": written(last, "j N")}
