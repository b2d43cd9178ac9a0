"""Support groups: who leads, who belongs, and since when."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from people.access import Role, leads_group
from people.kept import kept_for
from people.models import Student, User
from people.models.base import RangeQuerySet, active_on, range_ordered
from people.models.names import Named, NamedPerson, NamedQuerySet, NameKey
from people.models.students import StudentQuerySet
from programs.audit_verbs import GROUP
from programs.models.programs import Program
from programs.models.relations import (
    Relation,
    RelationQuerySet,
    RelationSlot,
    Span,
    Substitute,
    SubstituteQuerySet,
    uncovered,
)
from programs.signals import group_changed

R = TypeVar("R", bound=models.Model)


class SupportGroupQuerySet(  # type: ignore[override]
    RelationQuerySet["SupportGroup"], NamedQuerySet["SupportGroup"]
):
    def _own(self, user: User) -> Q:
        """The groups that the person leads, from taking over to handing over."""
        leads = GroupLead._base_manager.all()
        if not user.access.holds(Role.RESOURCE_TEACHER):
            leads = leads.none()
        return Q(
            pk__in=leads.filter(leads_group(user.pk, user.local_date(), leads="", group="group__")).values("group")
        )

    def left_alone_on(self, on: date) -> Self:
        """Those whose last adult in charge left, and which nobody leads nor stands in for on a day."""
        this, rows = OuterRef("pk"), GroupLead._base_manager.filter(group=OuterRef("pk"))
        last = rows.order_by("-starts_on", "-pk").annotate(gone=~Q(person__is_active=True)).values("gone")[:1]
        led = rows.filter(active_on(on), person__is_active=True)
        instead = GroupSubstitute.objects.active_on(on).filter(group=this, person__is_active=True)
        return self.alias(is_left=Subquery(last)).filter(~Exists(led), ~Exists(instead), is_left=True)

    def with_size(self, on: date) -> Self:
        """Adds ``size``: the distinct members active on a day."""
        return self.annotate(size=Count("members__student", filter=active_on(on, prefix="members__"), distinct=True))


class SupportGroup(Named, Relation):
    """A resource teacher and five to fifteen students, for a time (§2)."""

    NOUN = "group"

    program = models.ForeignKey(Program, models.PROTECT, related_name="groups", verbose_name=_("programme"))
    name = models.CharField(_("nom"), max_length=120)
    name_key = NameKey(of=("name",))

    verbs = GROUP
    changed = group_changed
    objects = SupportGroupQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["name_key"])

    class Meta(Relation.Meta):
        base_manager_name = "objects"
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """« Groupe Élan »; a name that says so already is left alone."""
        said = self.name.lower().startswith(("groupe", "group "))
        return self.name if said else _t("Groupe %(name)s") % {"name": self.name}

    def usual_adults(self, days: Iterable[date]) -> dict[date, User | None]:
        leads = list(self.leads.select_related("person"))
        return {day: leading(leads, day) for day in days}

    def students_on(self, day: date) -> StudentQuerySet:
        """Its members of a day, each once."""
        return Student.objects.filter(pk__in=self.members.active_on(day).values("student"))

    def had_student_on(self, student: int, day: date) -> bool:
        """Whether that student was a member that day; one query a day as long as this object lives."""
        if day not in self._students_by_day:
            self._students_by_day[day] = set(self.students_on(day).values_list("pk", flat=True))
        return student in self._students_by_day[day]

    @cached_property
    def _students_by_day(self) -> dict[date, set[int]]:
        return {}

    @classmethod
    def left_alone(cls, relations: Iterable[int], since: date, until: date) -> dict[int, list[Span]]:
        """Those whose last adult in charge left, from then on."""
        served: dict[int, list[Span]] = defaultdict(list)
        left: dict[int, bool] = {}
        for group, starts_on, ends_on, is_here in kept_for(list(relations), "leads of groups", _leads):
            if is_here:
                served[group].append((starts_on, ends_on or date.max))
            left[group] = not is_here
        pks = [pk for pk, has_left in left.items() if has_left]
        instead = cls.standing_in(pks, since, until) if pks else {}
        spans = {pk: uncovered([*served[pk], *instead.get(pk, [])], since, until) for pk in pks}
        return {pk: of_one for pk, of_one in spans.items() if of_one}

    def why_not_on(self, day: date) -> str:
        if self.is_open_on(day):
            return ""
        return _t("Le groupe n’existait pas à cette date. Choisissez un jour où il est ouvert.")


def _leads(groups: Sequence[int]) -> "models.QuerySet[GroupLead, tuple[int, date, date | None, bool]]":
    rows = GroupLead.objects.filter(group__in=groups).order_by("starts_on", "pk")
    return rows.values_list("group", "starts_on", "ends_on", "person__is_active")


class OfGroupQuerySet(RangeQuerySet[R]):
    """Who is of a group for a time: they leave with it, whose end alone may say so."""

    def active_on(self, on: date) -> Self:
        return super().active_on(on).filter(active_on(on, prefix="group__"))


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

    objects = OfGroupQuerySet["GroupLead"].as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [range_ordered("programs_grouplead_range_ordered")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.person_id}"


def leading(leads: Iterable[GroupLead], day: date) -> User | None:
    """Who, of the adults that were in charge of one group, was on a day."""
    in_charge = (row for row in leads if row.starts_on <= day and (row.ends_on is None or day < row.ends_on))
    return next((row.person for row in in_charge), None)


class GroupMember(models.Model):
    """A student's belonging to a group, for a time.

    That two of them never overlap in one group is checked in ``actions.add_member`` and by the bundle's import.
    """

    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="members")
    student = models.ForeignKey(Student, models.PROTECT, related_name="group_memberships")
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    reason = models.CharField(_("motif de fin"), max_length=300, blank=True)

    objects = OfGroupQuerySet["GroupMember"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            range_ordered("programs_groupmember_range_ordered"),
            models.UniqueConstraint(fields=["group", "student", "starts_on"], name="programs_groupmember_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.student_id}"

    def named_people(self) -> Iterable[NamedPerson]:
        """Whom its name names (``people.apart``)."""
        return [self.student]


class GroupSubstitute(Substitute):
    NOUN = "group"
    ROLES = (Role.RESOURCE_TEACHER, Role.PROGRAM_LEAD)

    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="substitutes")

    objects = SubstituteQuerySet["GroupSubstitute"].as_manager()


class GroupTimetable(RelationSlot):
    NOUN = "group"

    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="timetables")

    objects = RangeQuerySet["GroupTimetable"].as_manager()
