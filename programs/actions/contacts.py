"""Log what ties a group's adult to each student and each family, look back at it, and take an entry back."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Guardian, Student, User
from programs.actions.checks import check_entry
from programs.actions.substitutes import refuse_outside
from programs.attendance import members_on
from programs.models import FamilyContact, GroupReview, LoggedRecord, StudentContact, SupportGroup
from programs.signals import group_changed

Entry = StudentContact | FamilyContact | GroupReview
NoteLevel = LoggedRecord.NoteLevel
E = TypeVar("E", StudentContact, FamilyContact, GroupReview)
C = TypeVar("C", StudentContact, FamilyContact)
LOGS = (StudentContact, FamilyContact, GroupReview)
OBSERVED = ("tie", "intensity", "functions", "evolution", "fit")
SAME_FACT: dict[type[LoggedRecord], tuple[str, ...]] = {
    StudentContact: ("channel",),
    FamilyContact: ("channel", "outcome"),
}
"""What two contacts with one student on one day say alike when they are one and the same."""


@transaction.atomic
def log_student_contacts(
    *,
    group: SupportGroup,
    students: Collection[Student],
    met_on: date,
    channel: str,
    minutes: int | None,
    person: User,
    on: date,
    entry_uuid: uuid.UUID,
    note: str = "",
    note_level: str = NoteLevel.ORDINARY,
    second: bool = False,
) -> list[StudentContact]:
    """Record an individual moment with each of these students on a day; the same form sent twice is heard once.

    ``second`` confirms another moment, by the same means, with a student who has one that day.
    """
    group = _locked(group)
    check_entry(group, met_on, minutes, on)
    refuse_outside(group, person, met_on)
    _check_members(group, met_on, students, "students")
    said = {"channel": channel, "minutes": minutes, "note": note, "note_level": note_level}
    made = [StudentContact(student=one, entry_uuid=_own_uuid(entry_uuid, one.pk), **said) for one in students]
    return _log_each(made, group, met_on, person, on, second)


@transaction.atomic
def log_family_contacts(
    *,
    group: SupportGroup,
    students: Collection[Student],
    guardian: Guardian | None,
    met_on: date,
    channel: str,
    outcome: str,
    person: User,
    on: date,
    entry_uuid: uuid.UUID,
    note: str = "",
    note_level: str = NoteLevel.ORDINARY,
    second: bool = False,
) -> list[FamilyContact]:
    """Record a contact, or an attempt, with the family of each of these students; sent twice, it is heard once.

    ``guardian`` is kept with the student whose family they are of; ``second`` confirms another such contact that day.
    """
    group = _locked(group)
    check_entry(group, met_on, None, on)
    refuse_outside(group, person, met_on)
    _check_members(group, met_on, students, "students")
    if guardian is not None and guardian.student_id not in {student.pk for student in students}:
        raise ValidationError(
            {"guardian": _("Cette personne n’est pas de la famille de l’élève choisi. Corrigez l’un ou l’autre.")}
        )
    made = [
        FamilyContact(
            student=one, guardian=guardian if guardian is not None and guardian.student_id == one.pk else None,
            channel=channel, outcome=outcome, entry_uuid=_own_uuid(entry_uuid, one.pk),
            note=note, note_level=note_level,
        )
        for one in students
    ]  # fmt: skip
    return _log_each(made, group, met_on, person, on, second)


@transaction.atomic
def log_review(
    *,
    group: SupportGroup,
    student: Student | None,
    met_on: date,
    person: User,
    on: date,
    entry_uuid: uuid.UUID,
    tie: str = "",
    intensity: str = "",
    functions: str = "",
    evolution: str = "",
    fit: str = "",
    note: str = "",
    note_level: str = NoteLevel.ORDINARY,
) -> GroupReview:
    """Keep a dated look back at the group as a whole (``student`` None) or at the tie with one student (§2.2).

    Refused when nothing is said: a date alone is no review. One record per ``entry_uuid``; the same words of the same
    person, sent by the back button, are that record.
    """
    group = _locked(group)
    if sent := _sent(GroupReview, group, entry_uuid):
        return sent
    check_entry(group, met_on, None, on)
    refuse_outside(group, person, met_on)
    if student is not None:
        _check_members(group, met_on, [student], "student")
    said = {"tie": tie, "intensity": intensity, "functions": functions, "evolution": evolution, "fit": fit}
    _check_said(note, *said.values())
    said |= {"note": note, "note_level": note_level}
    if same := group.reviews.kept().filter(student=student, on=met_on, logged_by=person, **said).first():
        return same
    review = GroupReview(student=student, entry_uuid=entry_uuid, **said)
    _log(review, group, met_on, person, on)
    group_changed.send(sender=SupportGroup, group=group, on=on, records={GroupReview})
    return review


@transaction.atomic
def undo_entry(*, group: SupportGroup, entry_uuid: uuid.UUID, person: User, on: date) -> int:
    """Put aside what one form wrote in the group's log; how many records. Twice puts nothing more aside.

    The rows get a new ``entry_uuid``, so that the same form sent again after the undo is heard again.
    """
    group = _locked(group)
    logs = (group.student_contacts.kept(), group.family_contacts.kept())
    students = {pk for log in logs for pk in log.values_list("student", flat=True).distinct().order_by()}
    keys = [entry_uuid, *(_own_uuid(entry_uuid, pk) for pk in students)]
    rows: list[Entry] = [row for log in LOGS for row in log.objects.kept().filter(group=group, entry_uuid__in=keys)]
    now = timezone.now()  # the same for all: what one press took away comes back together
    for row in rows:
        refuse_outside(group, person, row.on)
        row.entry_uuid, row.deleted_at = uuid.uuid4(), now
        row.save()
    if rows:
        group_changed.send(sender=SupportGroup, group=group, on=on, records={type(row) for row in rows})
    return len(rows)


def check_entry_whole(entry: Any, on: date) -> None:
    """Refuse of an entry, as it stands, what none may say: its day, its length, its student, an empty review."""
    check_entry(entry.group, entry.on, getattr(entry, "minutes", None), on)
    if isinstance(entry, LOGS) and entry.student_id is not None:
        _check_members(entry.group, entry.on, [Student.objects.get(pk=entry.student_id)], "student")
    if isinstance(entry, FamilyContact):
        _check_family(entry.guardian, entry.student_id)
    if isinstance(entry, GroupReview):
        _check_said(entry.note, *(getattr(entry, name) for name in OBSERVED))


def _check_family(guardian: Guardian | None, student: int) -> None:
    if guardian is not None and guardian.student_id != student:
        raise ValidationError(
            {"guardian": _("Cette personne n’est pas de la famille de l’élève choisi. Corrigez l’un ou l’autre.")}
        )


def _check_said(note: str, *observed: str) -> None:
    if not any(observed) and not note.strip():
        raise ValidationError({"evolution": _("Écrivez au moins une observation.")})


def _locked(group: SupportGroup) -> SupportGroup:
    return SupportGroup.objects.select_for_update(of=("self",)).select_related("program", "board").get(pk=group.pk)


def _own_uuid(entry_uuid: uuid.UUID, student: int) -> uuid.UUID:
    """The key of one student's record among those of a form, the same each time that the form is sent."""
    return uuid.uuid5(entry_uuid, str(student))


def _sent(log: type[E], group: SupportGroup, key: uuid.UUID) -> E | None:
    sent = log._base_manager.filter(entry_uuid=key).first()
    if sent is not None and sent.group_id != group.pk:
        raise ValidationError(_("Ce formulaire a déjà servi ailleurs. Ouvrez-le de nouveau, puis enregistrez."))
    return sent


def _check_members(group: SupportGroup, met_on: date, students: Iterable[Student], field: str) -> None:
    here = set(members_on(group, met_on).values_list("pk", flat=True))
    if {student.pk for student in students} - here:
        raise ValidationError(
            {field: _("Un élève n’est pas du groupe à cette date. Vérifiez la date ou le choix des élèves.")}
        )


def _log_each(made: list[C], group: SupportGroup, met_on: date, person: User, on: date, second: bool) -> list[C]:
    """Write the contacts of one form, each once."""
    rows = [_sent(type(contact), group, contact.entry_uuid) or contact for contact in made]
    new = [row for row in rows if row.pk is None]
    if not second:
        _refuse_same(new, group, met_on)
    for contact in new:
        _log(contact, group, met_on, person, on)
    group_changed.send(sender=SupportGroup, group=group, on=on, records={type(row) for row in rows})
    return rows


def _refuse_same(contacts: list[C], group: SupportGroup, met_on: date) -> None:
    """Of contacts that differ by their student only: name those who have the same one that day already."""
    if not contacts:
        return
    log = type(contacts[0])
    same = {name: getattr(contacts[0], name) for name in SAME_FACT[log]}
    already = set(log.objects.kept().filter(group=group, on=met_on, **same).values_list("student", flat=True))
    doubled = [str(contact.student) for contact in contacts if contact.student_id in already]
    if doubled:
        sentence = _(
            "Un contact semblable est déjà consigné ce jour-là\u00a0: %(names)s. Confirmez s’il y en a eu un autre."
        )
        raise ValidationError({"second": ValidationError(sentence % {"names": ", ".join(doubled)}, code="same_day")})


def _log(entry: Entry, group: SupportGroup, met_on: date, person: User, on: date) -> None:
    entry.board, entry.group, entry.on = group.board, group, met_on
    entry.logged_on, entry.logged_by = on, person
    entry.save()
