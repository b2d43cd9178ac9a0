"""Support groups: who leads, who belongs, and since when."""

from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from people.access import Role, leads_group, stands_in
from people.models import Student, User
from people.models.base import KeyedModel, RangeQuerySet, active_on, range_ordered
from programs.audit_verbs import GROUP
from programs.models.programs import Program, in_charge
from programs.models.timetables import TimetableSlot


class SupportGroupQuerySet(RangeQuerySet["SupportGroup"]):
    def visible_to(self, user: User) -> Self:
        """One's own groups (from taking over to handing over), and those of the programmes that one answers for.

        One's own are also those where one stands in for someone.
        """
        return self.filter(in_charge(user.access, "program__") | self._entrusted(user))

    def loggable_by(self, user: User) -> Self:
        """Where the person may log a meeting: as lead of the group or of its programme, or standing in for a time."""
        return self.filter(self._leading(user) | self._entrusted(user))

    def loggable_any_day_by(self, user: User) -> Self:
        """As above, without those who stand in: they log the days of their range only."""
        return self.filter(self._leading(user) | Q(pk__in=self._led_by(user)))

    def entrusted_to(self, user: User) -> Self:
        """One's own groups alone, whatever else one answers for."""
        return self.filter(self._entrusted(user))

    def led_alone_by(self, user: User) -> Self:
        """The groups that the person leads: neither standing in, nor for the programme."""
        return self.filter(pk__in=self._led_by(user))

    def _leading(self, user: User) -> Q:
        return user.access.within(Role.PROGRAM_LEAD, board="board", school="program__school", program="program")

    def _entrusted(self, user: User) -> Q:
        return Q(pk__in=self._led_by(user)) | Q(pk__in=GroupSubstitute.objects.open_to(user).values("group"))

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

    verbs = GROUP
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


S = TypeVar("S", bound="Substitute")


class SubstituteQuerySet(RangeQuerySet[S]):
    def open_to(self, user: User) -> Self:
        """The rows by which the person stands in for someone today, or did a week ago at most."""
        if not user.access.holds(*self.model.ROLES):
            return self.none()
        return self.filter(stands_in(user.pk, user.local_date()))


class Substitute(models.Model):
    """Someone who stands in for an adult who is away, from a day on, to the first day that no longer counts."""

    ROLES: ClassVar[tuple[Role, ...]]
    """Whoever holds none of these roles any more stands in for nobody."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("personne qui remplace"))
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))

    class Meta:
        abstract = True
        ordering = ["starts_on", "pk"]
        constraints = [range_ordered("%(app_label)s_%(class)s_range_ordered")]


class GroupSubstitute(Substitute):
    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="substitutes")

    ROLES = (Role.RESOURCE_TEACHER, Role.PROGRAM_LEAD)
    objects = SubstituteQuerySet["GroupSubstitute"].as_manager()

    class Meta(Substitute.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.group_id} {self.person_id}"


class GroupTimetable(TimetableSlot):
    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="timetables")

    objects = RangeQuerySet["GroupTimetable"].as_manager()

    class Meta(TimetableSlot.Meta):
        pass
