"""Support groups: who leads, who belongs, and since when."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from people.access import Role, leads_group
from people.models import Student, User
from people.models.base import KeyedModel, RangeQuerySet, active_on, range_ordered
from programs.models.programs import Program, in_charge
from programs.models.timetables import TimetableSlot


class SupportGroupQuerySet(RangeQuerySet["SupportGroup"]):
    def visible_to(self, user: User) -> Self:
        """One's own groups (from taking over to handing over), and those of the programmes that one answers for."""
        return self.filter(in_charge(user.access, "program__") | Q(pk__in=self._led_by(user)))

    def loggable_by(self, user: User) -> Self:
        """Where the person may log a meeting: as lead of the group, or as substitute for the programme."""
        substitute = user.access.within(Role.PROGRAM_LEAD, board="board", school="program__school", program="program")
        return self.filter(substitute | Q(pk__in=self._led_by(user)))

    def entrusted_to(self, user: User) -> Self:
        """One's own groups alone, whatever else one answers for."""
        return self.filter(pk__in=self._led_by(user))

    def _led_by(self, user: User) -> "models.QuerySet[GroupLead, Any]":
        leads = GroupLead._base_manager.all()
        if not user.access.holds(Role.RESOURCE_TEACHER):
            leads = leads.none()
        return leads.filter(leads_group(user.pk, user.local_date(), leads="", group="group__")).values("group")

    def with_size(self, on: date) -> Self:
        """Adds ``size``: the distinct members active on a day."""
        return self.annotate(size=Count("members__student", filter=active_on(on, prefix="members__"), distinct=True))


class SupportGroup(KeyedModel):
    program = models.ForeignKey(Program, models.PROTECT, related_name="groups", verbose_name=_("programme"))
    name = models.CharField(_("nom"), max_length=120)
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)

    objects = SupportGroupQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(KeyedModel.Meta):
        ordering = ["name", "pk"]
        constraints = [*KeyedModel.Meta.constraints, range_ordered("programs_supportgroup_range_ordered")]

    def __str__(self) -> str:
        return self.name


class GroupLead(models.Model):
    """The adult in charge of a group, for a time; a change has a date and a reason (§2.2 Agir dans la durée)."""

    class Reason(models.TextChoices):
        LEAVE = "leave", _("congé")
        LEFT = "left", _("départ")
        REASSIGNED = "reassigned", _("réaffectation")
        OTHER = "other", _("autre")

    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="leads")
    person = models.ForeignKey(User, models.PROTECT, related_name="led_groups")
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    reason = models.CharField(_("motif de fin"), max_length=12, choices=Reason, blank=True)

    objects = RangeQuerySet["GroupLead"].as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [range_ordered("programs_grouplead_range_ordered")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.person_id}"


class GroupMember(models.Model):
    """A student's belonging to a group, for a time.

    That two of them never overlap in one group is checked in ``actions.add_member`` and by the bundle's import.
    """

    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="members")
    student = models.ForeignKey(Student, models.PROTECT, related_name="group_memberships")
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    reason = models.CharField(_("motif de fin"), max_length=300, blank=True)

    objects = RangeQuerySet["GroupMember"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            range_ordered("programs_groupmember_range_ordered"),
            models.UniqueConstraint(fields=["group", "student", "starts_on"], name="programs_groupmember_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.student_id}"


class Substitute(models.Model):
    """Someone who stands in for an adult who is away, from a day on, to the first day that no longer counts."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("personne qui remplace"))
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))

    class Meta:
        abstract = True
        ordering = ["starts_on", "pk"]
        constraints = [range_ordered("%(app_label)s_%(class)s_range_ordered")]


class GroupSubstitute(Substitute):
    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="substitutes")

    objects = RangeQuerySet["GroupSubstitute"].as_manager()

    class Meta(Substitute.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.group_id} {self.person_id}"


class GroupTimetable(TimetableSlot):
    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="timetables")

    objects = RangeQuerySet["GroupTimetable"].as_manager()

    class Meta(TimetableSlot.Meta):
        pass
