"""What is entered of groups by mistake, and how a group, a membership or a lead that was ended goes on."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.models import AuditEntry, User
from people.text import spoken
from programs.audit_verbs import (
    GROUP,
    GROUP_LEAD_CANCELLED,
    GROUP_LEAD_CHANGED,
    GROUP_MEMBER_ADDED,
    GROUP_MEMBER_CANCELLED,
)
from programs.gestures.kinds import Ending, RelationMade, drop_plans, refuse_entries, refuse_logged
from programs.gestures.memory import Changes
from programs.models import (
    FamilyContact,
    GroupLead,
    GroupMember,
    GroupReview,
    GroupSubstitute,
    GroupTimetable,
    Program,
    Relation,
    StudentContact,
    SupportGroup,
)
from programs.signals import program_changed, teacher_changed


class GroupMade(RelationMade[SupportGroup]):
    slug, model, relations = "groupe", SupportGroup, SupportGroup
    words = _("Groupe")
    added, taken_back = (GROUP.started,), GROUP.cancelled
    gone, back = _("Le groupe est annulé."), _("Le groupe est rétabli.")
    edit = "group_edit"

    @property
    def of(self) -> str:
        return "pk__in"

    def relation(self, row: SupportGroup) -> Relation:
        return row

    def title(self, row: SupportGroup) -> str:
        return row.full_name

    def check(self, row: SupportGroup) -> None:
        refuse_logged(row)

    def beside(self, row: SupportGroup, changes: Changes) -> None:
        drop_plans(row.meetings.all())

    def after(self, row: SupportGroup, on: date) -> None:
        super().after(row, on)
        announce_leads(row, on, *row.leads.values_list("person", flat=True))


class MemberMade(RelationMade[GroupMember]):
    slug, model, relations = "membre", GroupMember, SupportGroup
    words, needs = _("Élève d’un groupe"), ("student", "group")
    added, taken_back = (GROUP_MEMBER_ADDED,), GROUP_MEMBER_CANCELLED
    gone, back = _("L’ajout est annulé."), _("L’élève est de nouveau dans le groupe.")
    edit = "group_member_edit"

    def title(self, row: GroupMember) -> str:
        return f"{row.student}, {row.group.full_name}"

    def check(self, row: GroupMember) -> None:
        """Presences do not count: they are of the meeting, and count again with the membership."""
        refuse_entries(entries_of(row))

    def check_return(self, row: GroupMember, on: date) -> None:
        refuse_overlap(row, row.group.members.filter(student=row.student_id))

    def after(self, row: GroupMember, on: date) -> None:
        super().after(row, on)
        for group in SupportGroup.objects.filter(members__student=row.student_id).exclude(pk=row.group_id).distinct():
            group.announce(on)


class LeadMade(RelationMade[GroupLead]):
    slug, model, relations = "prise-en-charge", GroupLead, SupportGroup
    words, needs = _("Responsable d’un groupe"), ("person", "group")
    added, taken_back = (GROUP_LEAD_CHANGED,), GROUP_LEAD_CANCELLED
    gone, back = _("La prise en charge est annulée."), _("La prise en charge est rétablie.")
    edit = "group_lead_edit"

    def title(self, row: GroupLead) -> str:
        return f"{row.person}, {row.group.full_name}"

    def beside(self, row: GroupLead, changes: Changes) -> None:
        """Who led before, to that day, goes on."""
        for before in row.group.leads.filter(ends_on=row.starts_on).exclude(pk=row.pk).exclude(starts_on=row.starts_on):
            changes.write(before, ends_on=row.ends_on, reason=row.reason)

    def check_return(self, row: GroupLead, on: date) -> None:
        others = GroupLead.objects.filter(group=row.group_id, starts_on__gte=row.starts_on)
        refuse_overlap(row, others)

    def after(self, row: GroupLead, on: date) -> None:
        super().after(row, on)
        announce_leads(row.group, on, row.person_id, *row.group.leads.values_list("person", flat=True))


class SlotMade(RelationMade[Any]):
    """A slot of a timetable, of a group or of a dyad: it never asked for a meeting."""

    words = _("Plage d’horaire")
    gone, back = _("La plage est annulée."), _("La plage est rétablie.")
    allowing = "planned_by"

    def title(self, row: Any) -> str:
        return str(row.relation)

    def beside(self, row: Any, changes: Changes) -> None:
        """What it took the place of asks for meetings again, unless somebody had put an end to it."""
        drop_plans(row.meetings.all())
        if row.starts_on is None:
            return
        before = row.relation.timetables.filter(ends_on=row.starts_on).exclude(pk=row.pk)
        ended = AuditEntry.objects.filter(
            board=row.relation.board, verb=row.relation.verbs.slot_ended.code, subject_type=row._meta.label_lower
        )
        for slot in before.exclude(pk__in=ended.values("subject_id")):
            changes.write(slot, ends_on=None)


class GroupSlotMade(SlotMade):
    slug, model, relations, needs = "plage-groupe", GroupTimetable, SupportGroup, ("group",)
    added, taken_back = (GROUP.slot_added,), GROUP.slot_cancelled
    edit = "group_timetable"


class SubstituteMade(RelationMade[Any]):
    words = _("Remplacement")
    gone, back = _("Le remplacement est annulé."), _("Le remplacement est rétabli.")
    allowing = "entrustable_by"
    why_no_edit = "It is two days and a name: taken back, then said again; its end has a button of its own."

    def title(self, row: Any) -> str:
        return f"{row.person}, {row.relation}"

    def check_return(self, row: Any, on: date) -> None:
        refuse_overlap(row, row.relation.substitutes.all())


class GroupSubstituteMade(SubstituteMade):
    slug, model, relations, needs = "remplacement-groupe", GroupSubstitute, SupportGroup, ("person", "group")
    added, taken_back = (GROUP.substitute_added,), GROUP.substitute_removed


class GroupClosed(Ending[SupportGroup]):
    slug, model, relations = "groupe-termine", SupportGroup, SupportGroup
    words, back = _("Fin d’un groupe"), _("Le groupe se poursuit.")

    def relation(self, row: SupportGroup) -> Relation:
        return row

    def title(self, row: SupportGroup) -> str:
        return row.full_name

    def after(self, row: SupportGroup, on: date) -> None:
        super().after(row, on)
        announce_leads(row, on, *row.leads.values_list("person", flat=True))


class MemberEnded(Ending[GroupMember]):
    slug, model, relations = "depart", GroupMember, SupportGroup
    words, back, needs = _("Départ d’un groupe"), _("Le départ est annulé."), ("student", "group")

    def title(self, row: GroupMember) -> str:
        return f"{row.student}, {row.group.full_name}"

    def check_return(self, row: GroupMember, on: date) -> None:
        later = row.group.members.filter(student=row.student_id, starts_on__gte=row.starts_on).exclude(pk=row.pk)
        if later.exists():
            raise ValidationError(_t("L’élève est revenu dans le groupe depuis\u00a0: corrigez plutôt ses dates."))


class LeadEnded(Ending[GroupLead]):
    slug, model, relations = "fin-prise-en-charge", GroupLead, SupportGroup
    words, back, needs = _("Fin d’une prise en charge"), _("La prise en charge se poursuit."), ("person", "group")

    def title(self, row: GroupLead) -> str:
        return f"{row.person}, {row.group.full_name}"

    def after(self, row: GroupLead, on: date) -> None:
        super().after(row, on)
        announce_leads(row.group, on, row.person_id)


class SlotEnded(Ending[Any]):
    words, back = _("Retrait d’une plage d’horaire"), _("La plage est rétablie.")

    def title(self, row: Any) -> str:
        return str(row.relation)


class GroupSlotEnded(SlotEnded):
    slug, model, relations, needs = "retrait-plage-groupe", GroupTimetable, SupportGroup, ("group",)


def entries_of(row: GroupMember) -> int:
    """What is logged of a student in a group while they belong to it, presences aside."""
    return _entries(row, Q(on__gte=row.starts_on) & (Q(on__lt=row.ends_on) if row.ends_on else Q()))


def entries_before(row: GroupMember, day: date) -> int:
    """As above, of the days before another one."""
    return _entries(row, Q(on__gte=row.starts_on, on__lt=day))


def _entries(row: GroupMember, days: Q) -> int:
    of = {"group": row.group_id, "student": row.student_id, "deleted_at": None}
    return sum(model._base_manager.filter(days, **of).count() for model in (StudentContact, FamilyContact, GroupReview))


def refuse_overlap(row: Any, rows: Any) -> None:
    """Refuse to put back what others of ``rows`` cover by now."""
    covered = Q(ends_on__isnull=True) | Q(ends_on__gt=row.starts_on)
    until = Q(starts_on__lt=row.ends_on) if row.ends_on else Q()
    first = rows.filter(covered, until).exclude(pk=row.pk).first()
    if first is not None:
        sentence = _t("Autre chose couvre ces jours depuis le %(day)s\u00a0: rien n’est rétabli.")
        raise ValidationError(sentence % {"day": spoken(first.starts_on)})


def announce_leads(group: SupportGroup, on: date, *people: int) -> None:
    """Tell what a change of hands touches beside the group: who leads or led it, and its programme."""
    for teacher in User.objects.get_queryset().filter(pk__in=set(people)):
        teacher_changed.send(sender=User, teacher=teacher, on=on)
    program_changed.send(sender=Program, program=group.program, on=on)


GROUPS: tuple[Any, ...] = (
    GroupMade(),
    MemberMade(),
    LeadMade(),
    GroupSlotMade(),
    GroupSubstituteMade(),
    GroupClosed(),
    MemberEnded(),
    LeadEnded(),
    GroupSlotEnded(),
)
"""Every kind of a group."""
