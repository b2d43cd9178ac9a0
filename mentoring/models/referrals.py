"""The students who wait for a mentor: since when, for which needs, and what may bring the two together."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from mentoring.models.dyads import Dyad
from mentoring.models.mentors import Mentor
from mentoring.models.wishes import Wishes
from people.access import NOTHING, Role
from people.models import Student, User
from people.models.base import active_on, range_ordered
from programs.models import Program
from programs.models.programs import in_charge


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> Self:
        """Those of the programmes that one answers for; a teacher's own, of the students whom they accompany still."""
        return self.filter(in_charge(user.access, "program__") | _own(user))

    def kept_by(self, user: User) -> Self:
        """Those that one may say better, or take off the list: the same."""
        return self.visible_to(user)

    def run_by(self, user: User) -> Self:
        """Those that one may match."""
        return self.filter(in_charge(user.access, "program__"))

    def waiting(self, on: date) -> Self:
        """Not closed on a day, and without a dyad in the programme since then: a match taken back waits again."""
        since = Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("referred_on"))
        matched = Dyad.objects.filter(since, program=OuterRef("program"), student=OuterRef("student"))
        return self.filter(active_on(on, start="referred_on", end="closed_on"), ~Exists(matched))

    def with_people(self) -> Self:
        return self.select_related("student", "program__school", "referred_by")


def _own(user: User) -> Q:
    if not user.access.holds(Role.RESOURCE_TEACHER):
        return NOTHING
    return Q(referred_by=user.pk, student__in=Student.objects.visible_to(user))


class Referral(Wishes):
    """A student whom somebody refers to a mentoring programme (§3.1).

    Whether they wait still is read from the dyads (``waiting``); ``closed_on`` says that they wait no more without one.
    """

    student = models.ForeignKey(Student, models.CASCADE, related_name="referrals")
    program = models.ForeignKey(Program, models.PROTECT, related_name="referrals", verbose_name=_("programme"))
    referred_on = models.DateField(_("depuis le"))
    closed_on = models.DateField(_("fermée le"), null=True, blank=True)
    needs = models.TextField(_("besoins"), blank=True)
    referred_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("orienté par")
    )
    wished_kind = models.CharField(_("qui conviendrait"), max_length=20, choices=Mentor.Kind, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["referred_on", "pk"]
        constraints = [range_ordered("mentoring_referral_range_ordered", "referred_on", "closed_on")]

    def __str__(self) -> str:
        return f"{self.student_id} {self.referred_on}"

    def named_people(self) -> "list[Student]":
        """Whom its line names (``people.apart``)."""
        return [self.student]
