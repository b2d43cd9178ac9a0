"""A referral that was entered by mistake; one that was closed, and goes on."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.audit_verbs import REFERRAL_CANCELLED, REFERRAL_OPENED
from mentoring.models import Referral
from people.models import User
from programs.gestures.kinds import Kind, Made, place_of


class ReferralMade(Made[Referral]):
    slug, model = "demande", Referral
    words, needs = _("Demande de mentorat"), ("student", "program")
    added, taken_back = (REFERRAL_OPENED,), REFERRAL_CANCELLED
    gone, back = _("La demande est annulée."), _("La demande est rétablie.")
    edit = "referral_edit"

    def title(self, row: Referral) -> str:
        return str(row.student)

    def place(self, row: Referral) -> dict[str, Any]:
        return place_of(row.program)

    def page_of(self, row: Referral) -> str:
        is_there = Referral._base_manager.filter(pk=row.pk).exists()
        return reverse("referral", args=[row.pk]) if is_there else reverse("matching")

    def seen_by(self, user: User) -> QuerySet[Referral]:
        return Referral.objects.visible_to(user)

    def allowed(self, user: User) -> QuerySet[Referral]:
        return Referral.objects.kept_by(user)

    def check_return(self, row: Referral, on: date) -> None:
        refuse_second(row, on)


class ReferralClosed(Kind[Referral]):
    slug, model = "demande-fermee", Referral
    words, needs = _("Fermeture d’une fiche d’attente"), ("student", "program")
    back = _("L’élève est de nouveau en attente.")

    def title(self, row: Referral) -> str:
        return str(row.student)

    def place(self, row: Referral) -> dict[str, Any]:
        return place_of(row.program)

    def page_of(self, row: Referral) -> str:
        return reverse("referral", args=[row.pk])

    def check_return(self, row: Referral, on: date) -> None:
        refuse_second(row, on)


def refuse_second(row: Referral, on: date) -> None:
    """Refuse to let a student wait twice for the same thing."""
    others = Referral.objects.waiting(on).filter(student=row.student_id, program=row.program_id)
    if others.exclude(pk=row.pk).exists():
        raise ValidationError(_t("Cette personne est déjà en attente dans ce programme\u00a0: rien n’est rétabli."))
