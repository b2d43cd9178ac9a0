"""What a report card says of a student who agreed that it be kept: never shown but summed over a programme."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Consent, Student, User
from programs.models import Program, SchoolYear
from programs.models.programs import in_charge

MOST = {"days_absent": 200, "lates": 200, "result": 100}
"""The most that each may say: days, times, percent."""


def taken_in_charge(user: User) -> Q:
    """The rows of students of a programme that one leads or manages, whenever they were in it."""
    programs = Program.objects.filter(in_charge(user.access)).values("pk")
    groups = Q(student__group_memberships__group__program__in=programs)
    return Q(student__dyads__program__in=programs) | groups


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, user: User) -> Self:
        """Those of students of the programmes that one answers for."""
        return self.filter(pk__in=self.model._base_manager.filter(taken_in_charge(user)).values("pk"))

    def agreed(self, on: date) -> Self:
        """Of the students whose consent holds on a day."""
        consents = Consent.objects.in_force(Consent.Purpose.OUTCOMES, on)
        return self.filter(student__in=consents.values("student"))


class Outcome(models.Model):
    """Absences, lates and general result of a student in a term, each None where it is not known.

    The term is named, in its year: its days may be corrected since, and ``terms_changed`` tells of another name.
    """

    student = models.ForeignKey(Student, models.CASCADE, related_name="outcomes")
    school_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="+")
    term = models.CharField(_("étape"), max_length=60)
    days_absent = models.PositiveSmallIntegerField(
        _("jours d’absence"), null=True, blank=True, validators=[MaxValueValidator(MOST["days_absent"])]
    )
    lates = models.PositiveSmallIntegerField(
        _("retards"), null=True, blank=True, validators=[MaxValueValidator(MOST["lates"])]
    )
    result = models.PositiveSmallIntegerField(
        _("résultat général, sur 100"), null=True, blank=True, validators=[MaxValueValidator(MOST["result"])]
    )
    entered_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    entered_on = models.DateField(_("inscrit le"))

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["school_year", "term", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["student", "school_year", "term"], name="mentoring_outcome_once_a_term"),
            models.CheckConstraint(
                name="mentoring_outcome_bounds",
                condition=(Q(days_absent__isnull=True) | Q(days_absent__lte=MOST["days_absent"]))
                & (Q(lates__isnull=True) | Q(lates__lte=MOST["lates"]))
                & (Q(result__isnull=True) | Q(result__lte=MOST["result"])),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student_id} {self.term}"
