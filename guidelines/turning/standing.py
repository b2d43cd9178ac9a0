"""Where each group and dyad of a programme stands when a year ends, and what is proposed for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from guidelines.turning.years import DAY, Turn
from mentoring.models import Dyad, DyadMeeting
from mentoring.models.endings import EndCode
from people.apart import tell_apart
from people.models import AuditEntry, Membership, Student, User
from people.models.base import active_on
from people.models.students import FormerGrade, gone_from
from programs.audit_verbs import GROUP_CLOSED
from programs.models import GroupLead, GroupMember, Program, SupportGroup

KEEP, END, LATER = "keep", "end", "later"
LAST_GRADE = 5
FIRST_CYCLE = 2
"""The last year of the first cycle."""
JUST_OVER = timedelta(weeks=2)
"""A group that ended so near to the last class day ended with the year, and may go on."""


@dataclass(frozen=True)
class DyadLine:
    """A dyad, what is proposed, and why; ``last_day`` is its last one if it ends, for ``code`` where that is known."""

    dyad: Dyad
    proposed: str
    why: str
    last_day: date
    code: str = ""

    @property
    def name(self) -> str:
        return f"dyad_{self.dyad.pk}"


@dataclass(frozen=True)
class GroupLine:
    """A group with its members of the year that ends; ``leaving`` says why, by membership, for those proposed."""

    group: SupportGroup
    lead: User | None
    proposed: str
    why: str
    members: list[GroupMember]
    leaving: dict[int, str]
    is_over: bool

    @property
    def name(self) -> str:
        return f"group_{self.group.pk}"


@dataclass(frozen=True)
class Standing:
    """``renewed``: the dyads that are committed beyond the next year already, of which nothing is asked."""

    program: Program
    turn: Turn
    dyads: list[DyadLine]
    groups: list[GroupLine]
    renewed: int

    @property
    def is_empty(self) -> bool:
        return not (self.dyads or self.groups)


def standing(program: Program, turn: Turn, on: date) -> Standing:
    """What a turn has to decide of a programme, what asks for a look first. A constant number of queries."""
    if turn.next is None or turn.first_on is None:
        return Standing(program, turn, [], [], 0)
    if program.domain == Program.Domain.GROUP:
        return Standing(program, turn, [], _groups(program, turn, on), 0)
    rows = Dyad.objects.open_on(on).filter(program=program, starts_on__lt=turn.next.starts_on)
    renewed = rows.filter(committed_until__gte=turn.next.ends_on)
    return Standing(program, turn, _dyads(rows.exclude(pk__in=renewed), turn, on), [], renewed.count())


def _dyads(rows: Iterable[Dyad], turn: Turn, on: date) -> list[DyadLine]:
    dyads: list[Dyad] = tell_apart(rows.with_people().order_by("student__given_key", "pk"))  # type: ignore[attr-defined]
    pks = [dyad.pk for dyad in dyads]
    gone = set(Dyad.objects.filter(gone_from("program__school", on), pk__in=pks).values_list("pk", flat=True))
    ending = last_days(dyads, turn.last_on, on)
    serving = _serving([dyad.mentor.person for dyad in dyads], turn)
    grades = _grades([dyad.student for dyad in dyads], turn.last_on)
    lines = []
    for dyad in dyads:
        proposed, why, code = KEEP, "", ""
        if dyad.pk in gone:
            proposed, why, code = END, _("L’élève n’est plus à l’école."), EndCode.STUDENT_LEFT.value
        elif (grades.get(dyad.student_id) or 0) >= LAST_GRADE:
            proposed, why = END, _("L’élève termine le secondaire.")
        elif dyad.mentor.person_id not in serving:
            proposed, why = LATER, _("%(person)s ne sera plus là\u00a0: choisissez à qui confier la dyade.")
            why %= {"person": dyad.mentor}
        lines.append(DyadLine(dyad, proposed, why, ending[dyad.pk], code))
    return sorted(lines, key=lambda line: line.proposed == KEEP)


def last_days(dyads: Iterable[Dyad], latest: date, on: date) -> dict[int, date]:
    """The last day of each if it ends: that of its commitment, ``latest`` or today, and never before what is logged.

    One query.
    """
    rows = list(dyads)
    said = DyadMeeting.objects.kept().filter(dyad__in=[row.pk for row in rows], on__lte=on)
    said = said.exclude(status=DyadMeeting.Status.PLANNED)
    logged = dict(said.order_by().values_list("dyad").annotate(last=Max("on")))
    days = {}
    for row in rows:
        day = min(on, latest, row.committed_until - DAY if row.committed_until else date.max)
        days[row.pk] = max(day, row.starts_on, logged.get(row.pk, date.min))
    return days


def _groups(program: Program, turn: Turn, on: date) -> list[GroupLine]:
    assert turn.next is not None  # noqa: S101 (asked for only then)
    recent = Q(ends_on__isnull=True) | Q(ends_on__gt=min(on, turn.last_on - JUST_OVER))
    rows = SupportGroup.objects.filter(recent, program=program, starts_on__lt=turn.next.starts_on)
    groups = list(rows.with_people().order_by("name_key", "pk").prefetch_related("members__student", "leads__person"))
    members = [row for group in groups for row in group.members.all()]
    leads = {group.pk: _lead(group, group.leads.all(), on) for group in groups}
    serving = _serving([person for person in leads.values() if person], turn)
    gone = set(
        GroupMember.objects.filter(gone_from("group__program__school", on), group__in=groups).values_list(
            "pk", flat=True
        )
    )
    grades = _grades([row.student for row in members], turn.last_on)
    said = AuditEntry.objects.filter(verb=GROUP_CLOSED.code, subject_id__in=[group.pk for group in groups])
    closed = set(said.values_list("subject_id", flat=True))
    lines = []
    for group in groups:
        here = tell_apart(row for row in group.members.all() if _belongs(row, group, on))
        leaving = {row.pk: why for row in here if (why := _why_out(row, program, grades, gone))}
        lead = leads[group.pk]
        is_over = group.ends_on is not None and group.ends_on <= on
        proposed, why = KEEP, ""
        if is_over and group.pk in closed:
            proposed, why = END, _("Quelqu’un a terminé le groupe.")
        elif here and len(leaving) == len(here):
            proposed, why = END, _("Tous ses élèves s’en vont.")
        elif lead is None or lead.pk not in serving:
            proposed, why = LATER, _("Personne ne sera responsable du groupe\u00a0: choisissez à qui le confier.")
        lines.append(GroupLine(group, lead, proposed, why, here, leaving, is_over))
    return sorted(lines, key=lambda line: line.proposed == KEEP)


def _belongs(row: GroupMember | GroupLead, group: SupportGroup, on: date) -> bool:
    """Whether somebody is of the group on a day, or was until its end."""
    is_open = row.starts_on <= on and (row.ends_on is None or row.ends_on > on)
    return is_open or (row.ends_on is not None and row.ends_on == group.ends_on)


def _lead(group: SupportGroup, leads: Iterable[GroupLead], on: date) -> User | None:
    return next((row.person for row in leads if _belongs(row, group, on)), None)


def _why_out(row: GroupMember, program: Program, grades: dict[int, int | None], gone: Collection[int]) -> str:
    """Why it is proposed that a student leaves the group with the year; empty when they stay."""
    grade = grades.get(row.student_id) or 0
    if row.pk in gone:
        return _("n’est plus à l’école")
    if grade >= LAST_GRADE:
        return _("termine le secondaire")
    if program.intervention == Program.Intervention.PASSAGE and grade >= FIRST_CYCLE:
        return _("termine le premier cycle")
    return ""


def _serving(people: Iterable[User], turn: Turn) -> set[int]:
    """Of these adults, those whose account is open and who hold a role when the next year begins. One query."""
    assert turn.first_on is not None  # noqa: S101 (asked for only then)
    active = [one.pk for one in people if one.is_active]
    rows = Membership.objects.filter(active_on(turn.first_on), person__in=active)
    return set(rows.values_list("person", flat=True))


def _grades(students: Iterable[Student], day: date) -> dict[int, int | None]:
    """The grade of each on a day. One query."""
    grades = {student.pk: student.grade for student in students}
    former = FormerGrade.objects.filter(student__in=grades, until__gt=day).order_by("-until")
    return grades | dict(former.values_list("student", "grade"))
