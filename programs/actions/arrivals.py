"""Students come into a group, one or several at once; the day on which one came is corrected."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from people import audit
from people.models import Student, User
from people.text import spoken
from programs.actions.held import locked
from programs.actions.members import check_start, held, size_warning
from programs.audit_verbs import GROUP_MEMBER_ADDED, GROUP_MEMBER_START_CORRECTED
from programs.gestures.groups import entries_before
from programs.gestures.kinds import refuse_entries
from programs.models import GroupMember, SupportGroup
from programs.sizes import Band, bounds_of, peak_size


def add_member(
    *, group: SupportGroup, student: Student, starts_on: date, person: User | None, on: date, reason: str = ""
) -> GroupMember:
    """Bring one student into a group from a day on (see ``add_members``)."""
    said = {"starts_on": starts_on, "person": person, "on": on, "reason": reason}
    return add_members(group=group, students=[student], **said)[0]  # type: ignore[arg-type]


@transaction.atomic
def add_members(
    *,
    group: SupportGroup,
    students: Sequence[Student],
    starts_on: date,
    person: User | None,
    on: date,
    reason: str = "",
) -> list[GroupMember]:
    """Bring students into a group from a day on: all, or none.

    Refused: a student of another school, a day outside the group's dates, a student who already belongs then. One who
    belongs from a later day on came earlier than was said: that day is corrected. Past the sizes in force in the
    programme that day (§2.2), it takes ``reason``, which the audit keeps; without one the refusal carries the code
    ``large``.
    """
    group = locked(group)
    if any(one.board_id != group.board_id or one.school_id != group.program.school_id for one in students):
        raise ValidationError({"student": _("L’élève n’est pas de l’école du groupe.")})
    check_start(group, starts_on, on)
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
    known: dict[int, GroupMember] = {}
    for row in group.members.filter(still, student__in=students).order_by("-starts_on"):
        known[row.student_id] = row
    if inside := [row for row in known.values() if row.starts_on <= starts_on]:
        raise ValidationError({"student": _already(inside, students)})
    new = [student for student in dict.fromkeys(students) if student.pk not in known]
    size = peak_size(group, since=starts_on) + len(new)
    bounds = bounds_of(group, max(starts_on, on))
    if new and bounds.band_of(size) in (Band.ZONE, Band.BEYOND) and not reason.strip():
        raise ValidationError({"reason": ValidationError(size_warning(size, bounds), code="large")})
    members = [_moved(row, starts_on, person) for row in known.values()]
    for student in new:
        member = GroupMember.objects.create(group=group, student=student, starts_on=starts_on)
        audit.record(board=group.board, person=person, verb=GROUP_MEMBER_ADDED, subject=member, reason=reason.strip())
        members.append(member)
    group.announce(on)
    return members


@transaction.atomic
def correct_start(*, member: GroupMember, starts_on: date, person: User | None, on: date) -> GroupMember:
    """Note another day on which a student came; earlier presences may then be noted. Said twice, it is one change.

    Refused: a day outside the group's dates or past the student's last day, one that another membership covers, and
    one past which something was logged of the student before.
    """
    group, member = held(member)
    if member.starts_on == starts_on:
        return member
    check_start(group, starts_on, on)
    if member.ends_on is not None and starts_on >= member.ends_on:
        raise ValidationError({"starts_on": _("Ce jour suit le dernier jour de l’élève dans le groupe.")})
    before = group.members.filter(Q(ends_on__gt=starts_on), student=member.student_id, starts_on__lt=member.starts_on)
    if before.exists():
        raise ValidationError({"starts_on": _("L’élève était déjà dans le groupe ce jour-là.")})
    if starts_on > member.starts_on:
        refuse_entries(entries_before(member, starts_on))
    _moved(member, starts_on, person)
    group.announce(on)
    others = SupportGroup.objects.filter(members__student=member.student_id).exclude(pk=group.pk)
    for other in others.distinct():
        other.announce(on)
    return member


def _moved(member: GroupMember, starts_on: date, person: User | None) -> GroupMember:
    member.starts_on = starts_on
    member.save()
    audit.record(board=member.group.board, person=person, verb=GROUP_MEMBER_START_CORRECTED, subject=member)
    return member


def _already(rows: Sequence[GroupMember], students: Sequence[Student]) -> str:
    if len(students) == 1:
        return _("L’élève est déjà dans le groupe à cette date.")
    names = {student.pk: str(student) for student in students}
    said = ", ".join(f"{names[row.student_id]} ({spoken(row.starts_on)})" for row in rows)
    return _("Déjà dans le groupe à cette date\u00a0: %(names)s. Décochez-les, puis ajoutez les autres.") % {
        "names": said
    }
