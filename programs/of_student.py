"""What the log says of one student, as the reader sees it: their groups here, their dyads in ``mentoring``.

The page, the sheet to print and the file of a student are told by these functions: a number has one author.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Case, CharField, Count, Exists, F, Max, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.files import Reading
from people.models import User
from people.models.base import active_on
from people.text import spoken
from programs.attendance import HERE, Status
from programs.fixed_periods import Period
from programs.log.coverage import counted
from programs.models import (
    Attendance,
    FamilyContact,
    GroupMeeting,
    GroupMember,
    GroupReview,
    LoggedRecord,
    MeetingRecord,
    Relation,
    SchoolYear,
    StudentContact,
    SupportGroup,
)
from programs.models.groups import leading
from programs.models.relations import RelationQuerySet

DAY = timedelta(days=1)
Rel = TypeVar("Rel", bound=Relation)


@dataclass(frozen=True)
class Fact:
    """What is known of a relation in a period, in words."""

    label: str
    words: str


@dataclass(frozen=True)
class Line:
    """One record of the log. ``note`` is an ordinary one; of a confidential one, only that it is there."""

    on: date
    what: str
    said: str
    note: str
    is_sealed: bool


@dataclass
class Part:
    """One relation of the student's, in a period: ``facts`` are totals, ``lines`` its records, where asked for."""

    relation: Relation
    name: str
    program: str
    adult: User | None
    starts_on: date
    ends_on: date | None
    may_log: bool
    facts: list[Fact] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    objectives: Sequence[str] = ()

    def is_of(self, period: Period) -> bool:
        return self.starts_on < period.until and (self.ends_on is None or self.ends_on > period.since)


@dataclass(frozen=True)
class Tally:
    """How many rows, and the day of the last one."""

    n: int = 0
    last: date | None = None


NONE = Tally()


def this_year(reading: Reading) -> Period:
    """From the first day of the school year to today; the last twelve months without a calendar. One query."""
    year = SchoolYear.objects.of(reading.student.board, reading.on)
    return Period(year.starts_on if year else reading.on - timedelta(days=365), reading.on + DAY)


def shared_out(parts: Iterable[Part], period: Period) -> dict[str, list[Part]]:
    """Those of a period, and the ``earlier`` ones."""
    found: dict[str, list[Part]] = {"parts": [], "earlier": []}
    for part in parts:
        found["parts" if part.is_of(period) or part.starts_on >= period.until else "earlier"].append(part)
    return found


def seen_in(relations: type[Rel], reading: Reading) -> RelationQuerySet[Rel]:
    """The relations of a kind that a reader of the file reads: those that they see, all to who opened it whole."""
    rows: RelationQuerySet[Rel] = relations.objects.all()
    return rows if reading.whole else rows.visible_to(reading.user)


def may_log(relations: type[Relation], reading: Reading) -> Exists:
    """A column: whether the reader logs the relation."""
    return Exists(relations.objects.loggable_by(reading.user).filter(pk=OuterRef("pk")))


def within(period: Period) -> Q:
    return Q(on__gte=period.since, on__lt=period.until)


def tally(rows: "QuerySet[Any]", owner: str, which: Q | None = None) -> dict[int, Tally]:
    """By relation, how many of the rows, and the last day. One query."""
    chosen = rows.filter(which) if which is not None else rows
    told = chosen.order_by().values(owner).annotate(n=Count("pk"), last=Max("on"))
    return {row[owner]: Tally(row["n"], row["last"]) for row in told}


def meeting_tallies(rows: "QuerySet[Any]", owner: str) -> dict[str, dict[int, Tally]]:
    """By state, as above: held, not held, planned for a day that came and not logged. One query."""
    told = rows.order_by().values(owner, "status").annotate(n=Count("pk"), last=Max("on"))
    found: dict[str, dict[int, Tally]] = {status: {} for status in MeetingRecord.Status.values}
    for row in told:
        found[row["status"]][row[owner]] = Tally(row["n"], row["last"])
    return found


def meeting_facts(found: Mapping[str, Mapping[int, Tally]], pk: int) -> list[Fact]:
    """The meetings held, always; the others, where there are some."""
    held, not_held, planned = (found[state].get(pk, NONE) for state in ("held", "not_held", "planned"))
    facts = [Fact(_("Rencontres tenues"), how_many(held))]
    facts += some(_("Rencontres non tenues"), Tally(not_held.n))
    return facts + some(_("Rencontres à consigner"), Tally(planned.n))


def how_many(of: Tally) -> str:
    """« 12 (dernière fois le 16 novembre 2026) »."""
    if of.last is None:
        return str(of.n)
    return _("%(n)s (dernière fois le %(day)s)") % {"n": of.n, "day": spoken(of.last)}


def some(label: str, of: Tally) -> list[Fact]:
    """A fact, when there is something to say."""
    return [Fact(label, how_many(of))] if of.n else []


def ordinary_note() -> Case:
    """The note of a record for a sheet: of a confidential one, nothing, to anybody."""
    is_ordinary = When(note_level=LoggedRecord.NoteLevel.ORDINARY, then=F("note"))
    return Case(is_ordinary, default=Value(""), output_field=CharField())


def records(rows: "QuerySet[Any]", period: Period) -> "QuerySet[Any]":
    """Those of a period that were kept, for their lines: the text of a confidential note is never read."""
    sealed = Q(note_level=LoggedRecord.NoteLevel.CONFIDENTIAL) & ~Q(note="")
    sealed_note = Case(When(sealed, then=True), default=False)
    kept = rows.filter(within(period), deleted_at__isnull=True).defer("note")
    told: QuerySet[Any] = kept.annotate(ordinary_note=ordinary_note(), is_sealed=sealed_note)
    return told


def line_of(row: Any, what: str, *said: object) -> Line:
    words = ", ".join(str(one) for one in said if one)
    return Line(row.on, what, words, row.ordinary_note, row.is_sealed)


def group_parts(reading: Reading, period: Period, *, lines: bool = False) -> list[Part]:
    """The student's groups that the reader sees, the last first, with what a period holds of each.

    Eight queries, and three more with ``lines``.
    """
    student = reading.student
    seen = seen_in(SupportGroup, reading).filter(pk__in=GroupMember.objects.filter(student=student).values("group"))
    groups = seen.select_related("program").prefetch_related("leads__person")
    known = {group.pk: group for group in groups.annotate(may_log=may_log(SupportGroup, reading))}
    parts: dict[int, Part] = {}
    for member in GroupMember.objects.filter(student=student, group__in=list(known)).order_by("starts_on", "pk"):
        group = known[member.group_id]
        ends = [day for day in (member.ends_on, group.ends_on) if day]
        _widen(parts, group, member.starts_on, min(ends) if ends else None, reading.on)
    for pk, facts in _group_facts(reading, list(known), period).items():
        parts[pk].facts = facts
    if lines:
        for pk, line in _group_lines(reading, list(known), period):
            parts[pk].lines.append(line)
    return sorted(parts.values(), key=lambda part: (part.starts_on, part.relation.pk), reverse=True)


def _widen(parts: dict[int, Part], group: SupportGroup, starts_on: date, ends_on: date | None, on: date) -> None:
    """From the first time in the group to the last."""
    if group.pk in parts:
        parts[group.pk].ends_on = ends_on
        return
    day = min(on, ends_on - DAY) if ends_on else on
    adult = leading(group.leads.all(), max(day, group.starts_on))
    logs: bool = group.may_log  # type: ignore[attr-defined]
    parts[group.pk] = Part(group, group.full_name, group.program.name, adult, starts_on, ends_on, logs)


def _meetings(reading: Reading, groups: Iterable[int], period: Period) -> "QuerySet[GroupMeeting]":
    """The meetings of the groups on days when the student was a member."""
    there = GroupMember.objects.filter(active_on(OuterRef("on")), student=reading.student, group=OuterRef("group"))  # type: ignore[arg-type]
    return GroupMeeting.objects.kept().filter(within(period), Exists(there), group__in=list(groups))


def _group_facts(reading: Reading, groups: list[int], period: Period) -> dict[int, list[Fact]]:
    met = meeting_tallies(_meetings(reading, groups, period), "group")
    present = _presences(reading, groups, period)
    of_student = {"student": reading.student, "group__in": groups}
    contacts, families, reviews = (
        tally(counted(log).filter(within(period), **of_student), "group")
        for log in (StudentContact, FamilyContact, GroupReview)
    )
    return {
        pk: [
            *meeting_facts(met, pk),
            *([Fact(_("Présences"), present[pk])] if pk in present else []),
            *some(_("Contacts individuels"), contacts.get(pk, NONE)),
            *some(_("Contacts avec la famille"), families.get(pk, NONE)),
            *some(_("Bilans du lien"), reviews.get(pk, NONE)),
        ]
        for pk in groups
    }


def _presences(reading: Reading, groups: list[int], period: Period) -> dict[int, str]:
    """By group, « 10 sur 12, dont 1 retard ». One query."""
    rows = Attendance.objects.of_members().filter(
        student=reading.student, meeting__in=_meetings(reading, groups, period).filter(status="held").values("pk")
    )
    told = rows.order_by().values("meeting__group").annotate(
        n=Count("pk"), here=Count("pk", filter=Q(status__in=HERE)), late=Count("pk", filter=Q(status=Status.LATE))
    )  # fmt: skip
    found = {}
    for row in told:
        words = _("%(here)s sur %(n)s") % {"here": row["here"], "n": row["n"]}
        late = ngettext(", dont %(late)s retard", ", dont %(late)s retards", row["late"]) % {"late": row["late"]}
        found[row["meeting__group"]] = words + (late if row["late"] else "")
    return found


def _group_lines(reading: Reading, groups: list[int], period: Period) -> Iterable[tuple[int, Line]]:
    """Contacts, families, reviews of the student. A meeting's note is of the group: it is on no sheet of a student."""
    of_student = {"student": reading.student, "group__in": groups}
    for contact in records(StudentContact.objects.filter(**of_student), period):
        yield contact.group_id, line_of(contact, _("Contact individuel"), contact.get_channel_display())
    for family in records(FamilyContact.objects.filter(**of_student), period):
        said = family.get_channel_display(), family.get_outcome_display()
        yield family.group_id, line_of(family, _("Contact avec la famille"), *said)
    for review in records(GroupReview.objects.filter(**of_student), period):
        yield review.group_id, line_of(review, _("Bilan du lien"), review.get_intensity_display())
