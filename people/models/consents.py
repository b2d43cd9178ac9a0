"""What a student, or a parent for them, agreed that we keep: for which purpose, from which day, until they say no."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.base import active_on, range_ordered
from people.models.students import Student

if TYPE_CHECKING:
    from people.models.users import User

ADULT_CONSENT_AGE = 14
"""From that age a student may agree alone (loi sur l’accès, on the consent of minors); before, a parent does."""


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: "User") -> Self:
        """Those of the students whom one sees."""
        return self.filter(student__in=Student.objects.visible_to(user))

    def in_force(self, purpose: "Consent.Purpose", on: date) -> Self:
        """Given for a purpose, and not withdrawn, on a day."""
        return self.filter(active_on(on, start="given_on", end="withdrawn_on"), purpose=purpose)


class Consent(models.Model):
    """One purpose, agreed to on a day. ``withdrawn_on`` is the first day that it no longer holds."""

    class Purpose(models.TextChoices):
        OUTCOMES = "outcomes", _("assiduité et résultats")

    class Giver(models.TextChoices):
        PARENT = "parent", _("parent")
        STUDENT = "student", _("élève de 14 ans ou plus")

    student = models.ForeignKey(Student, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("finalité"), max_length=12, choices=Purpose)
    giver = models.CharField(_("donné par"), max_length=8, choices=Giver)
    given_on = models.DateField(_("donné le"))
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [
            range_ordered("people_consent_range_ordered", "given_on", "withdrawn_on"),
            models.UniqueConstraint(fields=["student", "purpose", "given_on"], name="people_consent_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.student_id} {self.purpose} {self.given_on}"


def may_give_alone(student: Student, on: date) -> bool:
    """Whether a student is known to be old enough to agree without a parent, on a day."""
    born = student.birth_date
    if born is None:
        return False
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= ADULT_CONSENT_AGE
