"""Dyads: one mentor, one student, for a time; with their agreement and their pauses."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mentoring.audit_verbs import DYAD
from mentoring.models.mentors import Mentor
from people.access import Role
from people.models import Student, User
from people.models.base import KeyedModel, RangeQuerySet, active_on, range_ordered
from programs.models import Program, Substitute
from programs.models.groups import SubstituteQuerySet
from programs.models.programs import in_charge
from programs.models.timetables import TimetableSlot


class DyadQuerySet(models.QuerySet["Dyad"]):
    def open_on(self, on: date) -> Self:
        """Begun, and not ended, on a day."""
        return self.filter(active_on(on, end="ended_on"))

    def visible_to(self, user: User) -> Self:
        """One's own dyads (as substitute too), and those of the programmes that one answers for."""
        return self.filter(in_charge(user.access, "program__") | own(user))

    def loggable_by(self, user: User) -> Self:
        """Where the person may log: as its mentor, as the programme's lead, or standing in for a time."""
        return self.filter(_leading(user) | own(user))

    def loggable_any_day_by(self, user: User) -> Self:
        """As above, without those who stand in: they log the days of their range only."""
        return self.filter(_leading(user) | mentored(user))

    def with_people(self) -> Self:
        """With all that the dyad's name and place need, in one query."""
        return self.select_related("student", "mentor__person", "program__school", "board")


def _leading(user: User) -> Q:
    return user.access.within(Role.PROGRAM_LEAD, board="board", school="program__school", program="program")


def own(user: User, prefix: str = "") -> Q:
    """The dyads in which the person mentors, or stands in for the mentor."""
    standing_in = DyadSubstitute.objects.open_to(user).values("dyad")
    return mentored(user, prefix) | Q(**{f"{prefix}pk__in": standing_in})


def mentored(user: User, prefix: str = "") -> Q:
    """The dyads in which the person mentors."""
    if not user.access.holds(Role.MENTOR, Role.RESOURCE_TEACHER):
        return Q(pk__in=[])
    return Q(**{f"{prefix}mentor__person": user.pk})


class Dyad(KeyedModel):
    """A mentoring relationship (§3). ``committed_until`` and ``ended_on`` are the first day that no longer counts."""

    class EndedBy(models.TextChoices):
        MENTOR = "mentor", _("mentore ou mentor")
        STUDENT = "student", _("élève")
        FAMILY = "family", _("famille")
        SCHOOL = "school", _("école")
        OTHER = "other", _("autre")

    class ClosureTalk(models.TextChoices):
        HELD = "held", _("a eu lieu")
        PLANNED = "planned", _("est prévu")
        NOT_POSSIBLE = "not_possible", _("n’est pas possible")

    program = models.ForeignKey(Program, models.PROTECT, related_name="dyads", verbose_name=_("programme"))
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="dyads", verbose_name=_("mentore ou mentor"))
    student = models.ForeignKey(Student, models.PROTECT, related_name="dyads", verbose_name=_("élève"))
    starts_on = models.DateField(_("début"))
    committed_until = models.DateField(_("fin de l’engagement"), null=True, blank=True)
    ended_on = models.DateField(_("fin"), null=True, blank=True)
    end_reason = models.CharField(_("motif de fin"), max_length=300, blank=True)
    ended_by = models.CharField(_("à l’initiative de"), max_length=8, choices=EndedBy, blank=True)
    planned_handover = models.BooleanField(_("relais planifié"), default=False)
    closure_talk = models.CharField(_("dernier échange"), max_length=12, choices=ClosureTalk, blank=True)

    verbs = DYAD
    objects = DyadQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(KeyedModel.Meta):
        ordering = ["student__given_name", "pk"]
        constraints = [
            *KeyedModel.Meta.constraints,
            range_ordered("mentoring_dyad_range_ordered", "starts_on", "ended_on"),
            range_ordered("mentoring_dyad_commitment_ordered", "starts_on", "committed_until"),
        ]

    def __str__(self) -> str:
        return _("%(student)s et %(mentor)s") % {"student": self.student, "mentor": self.mentor}

    def is_open_on(self, on: date) -> bool:
        return self.starts_on <= on and (self.ended_on is None or self.ended_on > on)


class Pause(models.Model):
    """A stretch during which no meeting is expected; without an end, it still runs."""

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="pauses")
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    reason = models.CharField(_("motif"), max_length=300, blank=True)

    objects = RangeQuerySet["Pause"].as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [range_ordered("mentoring_pause_range_ordered")]

    def __str__(self) -> str:
        return f"{self.dyad_id} {self.starts_on}"


class Agreement(models.Model):
    """What mentor and student agreed to: objectives and tasks (§3.3)."""

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="agreements")
    signed_on = models.DateField(_("signée le"))
    objectives = models.JSONField(_("objectifs"), default=list, blank=True)
    tasks = models.JSONField(_("tâches"), default=list, blank=True)

    class Meta:
        ordering = ["signed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.dyad_id} {self.signed_on}"


class DyadTimetable(TimetableSlot):
    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="timetables")

    objects = RangeQuerySet["DyadTimetable"].as_manager()

    class Meta(TimetableSlot.Meta):
        pass


class DyadSubstitute(Substitute):
    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="substitutes")

    ROLES = (Role.MENTOR, Role.RESOURCE_TEACHER, Role.PROGRAM_LEAD)
    objects = SubstituteQuerySet["DyadSubstitute"].as_manager()

    class Meta(Substitute.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.dyad_id} {self.person_id}"
