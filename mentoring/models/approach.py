"""How a mentor goes about it, in their own words: style and approach (§3.2). Support is offered; nobody is ranked."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring.models.mentors import Mentor
from people.access import Role
from people.models import User
from people.models.base import KeyedModel


class StyleSelfAssessmentQuerySet(models.QuerySet["StyleSelfAssessment"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those of the mentors whom a trainer advises: nobody else reads them."""
        trained = user.access.within(Role.TRAINER, board="board", school="mentor__person__school")
        return self.filter(trained | Q(mentor__person=user.pk))


class StyleSelfAssessment(KeyedModel):
    """The markers of style in which a mentor recognises themself on a day."""

    class Marker(models.TextChoices):
        """Five developmental markers, then four prescriptive ones (§3.2 Choisir son style)."""

        TRUST = "trust", _("Je cherche d’abord un lien de confiance.")
        FLEXIBLE = "flexible", _("Je reste flexible et peu directive ou directif.")
        ADJUSTS = "adjusts", _("J’ajuste facilement les plans de départ.")
        NEEDS = "needs", _("Les besoins de l’élève sont au centre.")
        INVOLVED = "involved", _("L’élève participe aux décisions.")
        CHANGE = "change", _("Je cherche à changer l’élève ou son comportement.")
        RESULTS = "results", _("Je vise d’abord de meilleurs résultats.")
        EXPECTATIONS = "expectations", _("J’ajuste rarement mes attentes.")
        MEANS = "means", _("Le temps va surtout aux moyens d’atteindre l’objectif.")

    DEVELOPMENTAL = (Marker.TRUST, Marker.FLEXIBLE, Marker.ADJUSTS, Marker.NEEDS, Marker.INVOLVED)
    PRESCRIPTIVE = (Marker.CHANGE, Marker.RESULTS, Marker.EXPECTATIONS, Marker.MEANS)

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="self_assessments")
    on = models.DateField(_("date"))
    markers = models.JSONField(_("repères"), default=list, blank=True)
    developmental = models.PositiveSmallIntegerField(_("repères développementaux"), default=0, editable=False)
    prescriptive = models.PositiveSmallIntegerField(_("repères prescriptifs"), default=0, editable=False)

    objects = StyleSelfAssessmentQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["on", "pk"]
        constraints = [
            *KeyedModel.Meta.constraints,
            models.UniqueConstraint(fields=["mentor", "on"], name="mentoring_style_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.on}"

    @property
    def sentences(self) -> list[str]:
        """The markers chosen, in words and in their own order."""
        return [str(marker.label) for marker in self.Marker if marker.value in self.markers]


class MentorApproachQuerySet(models.QuerySet["MentorApproach"]):
    def visible_to(self, user: User) -> Self:
        """Those of the mentors whom one may see."""
        return self.filter(mentor__in=Mentor.objects.visible_to(user))


class MentorApproach(KeyedModel):
    """The approach that a mentor states: beliefs, attitudes, behaviours and style."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="approaches")
    on = models.DateField(_("date"))
    beliefs = models.TextField(_("croyances"), blank=True)
    attitudes = models.TextField(_("attitudes"), blank=True)
    behaviours = models.TextField(_("comportements"), blank=True)
    style = models.TextField(_("style"), blank=True)

    objects = MentorApproachQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["on", "pk"]
        constraints = [
            *KeyedModel.Meta.constraints,
            models.UniqueConstraint(fields=["mentor", "on"], name="mentoring_approach_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.on}"
