"""What is entered of dyads and of mentors by mistake, and how a dyad that was ended goes on."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.audit_verbs import (
    DYAD,
    DYAD_AGREEMENT_CANCELLED,
    DYAD_AGREEMENT_SIGNED,
    DYAD_PAUSE_CANCELLED,
    DYAD_PAUSED,
    MENTOR_TRAINED,
    TRAINING_CANCELLED,
)
from mentoring.gestures_of_referrals import ReferralClosed, ReferralMade
from mentoring.models import Agreement, Dyad, DyadSubstitute, DyadTimetable, Mentor, Pause, Training
from mentoring.signals import mentor_changed
from people.models import User
from programs.gestures.groups import SlotEnded, SlotMade, SubstituteMade, refuse_overlap
from programs.gestures.kinds import Ending, Made, RelationMade, drop_plans, refuse_entries, refuse_logged
from programs.gestures.memory import Changes
from programs.models import Program, Relation
from programs.signals import program_changed


class DyadMade(RelationMade[Dyad]):
    slug, model, relations = "dyade", Dyad, Dyad
    words, needs = _("Dyade"), ("student", "mentor__person")
    added, taken_back = (DYAD.started,), DYAD.cancelled
    gone, back = _("La dyade est annulée."), _("La dyade est rétablie.")
    edit = "dyad_edit"

    @property
    def of(self) -> str:
        return "pk__in"

    def relation(self, row: Dyad) -> Relation:
        return row

    def title(self, row: Dyad) -> str:
        return str(row)

    def check(self, row: Dyad) -> None:
        refuse_logged(row)
        refuse_entries(row.doubts.count())

    def beside(self, row: Dyad, changes: Changes) -> None:
        drop_plans(row.meetings.all())

    def check_return(self, row: Dyad, on: date) -> None:
        refuse_overlap(row, Dyad.objects.filter(program=row.program_id, student=row.student_id))

    def after(self, row: Dyad, on: date) -> None:
        """The student's other dyads were read beside it: what came before a match, and when."""
        super().after(row, on)
        mentor_changed.send(sender=Mentor, mentor=row.mentor, on=on)
        program_changed.send(sender=Program, program=row.program, on=on)
        for dyad in Dyad.objects.with_people().filter(student=row.student_id).exclude(pk=row.pk):
            dyad.announce(on)


class PauseMade(RelationMade[Pause]):
    slug, model, relations = "pause", Pause, Dyad
    words, needs = _("Pause d’une dyade"), ("dyad__student", "dyad__mentor__person")
    added, taken_back = (DYAD_PAUSED,), DYAD_PAUSE_CANCELLED
    gone, back = _("La pause est annulée\u00a0: les rencontres restent attendues."), _("La pause est rétablie.")
    edit = "dyad_pause_edit"

    def title(self, row: Pause) -> str:
        return str(row.dyad)

    def check_return(self, row: Pause, on: date) -> None:
        refuse_overlap(row, row.dyad.pauses.all())


class AgreementMade(RelationMade[Agreement]):
    slug, model, relations = "entente", Agreement, Dyad
    words, needs = _("Entente"), ("dyad__student", "dyad__mentor__person")
    added, taken_back = (DYAD_AGREEMENT_SIGNED,), DYAD_AGREEMENT_CANCELLED
    gone, back = _("L’entente est annulée."), _("L’entente est rétablie.")
    allowing = "planned_by"
    edit = "dyad_agreement_edit"

    def title(self, row: Agreement) -> str:
        return str(row.dyad)


class DyadSlotMade(SlotMade):
    slug, model, relations, needs = "plage-dyade", DyadTimetable, Dyad, ("dyad__student", "dyad__mentor__person")
    added, taken_back = (DYAD.slot_added,), DYAD.slot_cancelled
    edit = "dyad_timetable"


class DyadSubstituteMade(SubstituteMade):
    slug, model, relations = "remplacement-dyade", DyadSubstitute, Dyad
    needs = ("person", "dyad__student", "dyad__mentor__person")
    added, taken_back = (DYAD.substitute_added,), DYAD.substitute_removed


class TrainingMade(Made[Training]):
    slug, model = "formation", Training
    words, needs = _("Formation"), ("person",)
    added, taken_back = (MENTOR_TRAINED,), TRAINING_CANCELLED
    gone, back = _("La formation est annulée."), _("La formation est rétablie.")
    edit = "training_edit"

    def title(self, row: Training) -> str:
        return f"{row.person}, {row.title}" if row.title else str(row.person)

    def seen_by(self, user: User) -> QuerySet[Training]:
        return Training.objects.visible_to(user)

    def allowed(self, user: User) -> QuerySet[Training]:
        return Training.objects.filter(person__mentor__in=Mentor.objects.trainable_by(user))

    def place(self, row: Training) -> dict[str, Any]:
        return {"board": row.person.board, "school_id": row.person.school_id, "trained": row.person}

    def page_of(self, row: Training) -> str:
        return reverse("mentor", args=[row.person.mentor.pk])

    def after(self, row: Training, on: date) -> None:
        mentor_changed.send(sender=Mentor, mentor=row.person.mentor, on=on)


class DyadEnded(Ending[Dyad]):
    slug, model, relations = "dyade-terminee", Dyad, Dyad
    words, needs = _("Fin d’une relation"), ("student", "mentor__person")
    back = _("La relation se poursuit.")

    def relation(self, row: Dyad) -> Relation:
        return row

    def title(self, row: Dyad) -> str:
        return str(row)

    def check_return(self, row: Dyad, on: date) -> None:
        later = Q(ends_on__isnull=True) | Q(ends_on__gt=row.ends_on)
        if Dyad.objects.filter(later, program=row.program_id, student=row.student_id).exclude(pk=row.pk).exists():
            raise ValidationError(_t("Cette personne a une autre dyade depuis\u00a0: rien n’est rétabli."))


class DyadSlotEnded(SlotEnded):
    slug, model, relations = "retrait-plage-dyade", DyadTimetable, Dyad
    needs = ("dyad__student", "dyad__mentor__person")


DYADS: tuple[Any, ...] = (
    DyadMade(),
    PauseMade(),
    AgreementMade(),
    DyadSlotMade(),
    DyadSubstituteMade(),
    TrainingMade(),
    DyadEnded(),
    DyadSlotEnded(),
    ReferralMade(),
    ReferralClosed(),
)
"""Every kind of a dyad, of a mentor, or of who waits for one."""
