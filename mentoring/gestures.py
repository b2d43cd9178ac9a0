"""What is entered of dyads and of mentors by mistake, and how a dyad that was ended goes on."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.actions.mentors import announce_trained
from mentoring.audit_verbs import (
    DYAD,
    DYAD_AGREEMENT_CANCELLED,
    DYAD_AGREEMENT_DRAFTED,
    DYAD_AGREEMENT_SIGNED,
    DYAD_PAUSE_CANCELLED,
    DYAD_PAUSED,
    MENTOR_TRAINED,
    TRAINING_CANCELLED,
    TRAINING_SESSION_CANCELLED,
)
from mentoring.gestures_of_referrals import ReferralClosed, ReferralMade
from mentoring.models import Agreement, Dyad, DyadSubstitute, DyadTimetable, Mentor, Pause, Training
from mentoring.signals import mentor_changed
from people.models import User
from people.text import spoken
from programs.gestures.groups import SlotEnded, SlotMade, SubstituteMade, refuse_overlap
from programs.gestures.kinds import Ending, Made, RelationMade, drop_plans, refuse_entries, refuse_logged
from programs.gestures.memory import Changes, Picture
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
    added, taken_back = (DYAD_AGREEMENT_DRAFTED, DYAD_AGREEMENT_SIGNED), DYAD_AGREEMENT_CANCELLED
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
        return Training.objects.entered_by(user)

    def place(self, row: Training) -> dict[str, Any]:
        return {"board": row.person.board, "school_id": row.person.school_id, "trained": row.person}

    def page_of(self, row: Training) -> str:
        mentor = Mentor.objects.filter(person=row.person_id).first()
        return reverse("mentor", args=[mentor.pk]) if mentor else reverse("mentors")

    def after(self, row: Training, on: date) -> None:
        announce_trained([row.person_id], on)


class TrainingSessionMade(TrainingMade):
    """All the trainings that one form entered."""

    slug = "seance-formation"
    words = _("Séance de formation")
    taken_back = TRAINING_SESSION_CANCELLED
    gone, back = _("La séance est annulée pour tout le monde."), _("La séance est rétablie pour tout le monde.")
    edit = ""
    why_no_edit = "Each of its trainings is corrected on its own page; the whole is taken back and said again."

    def title(self, row: Training) -> str:
        day = spoken(row.completed_on)
        return f"{day}, {row.title}" if row.title else day

    def seen_by(self, user: User) -> QuerySet[Training]:
        return super().seen_by(user).filter(session__isnull=False)

    def allowed(self, user: User) -> QuerySet[Training]:
        """Those whose every person one trains."""
        theirs = Training.objects.filter(session__isnull=False)
        beyond = theirs.exclude(pk__in=super().allowed(user).values("pk")).values("session")
        return theirs.exclude(session__in=beyond)

    def place(self, row: Training) -> dict[str, Any]:
        """Of the school of all of them, where they are of one."""
        schools = set(_together(row).values_list("person__school", flat=True))
        return super().place(row) | {"school_id": schools.pop() if len(schools) == 1 else None}

    def page_of(self, row: Training) -> str:
        return reverse("mentors")

    def along(self, row: Training) -> list[QuerySet[Any]]:
        return [_together(row).exclude(pk=row.pk)]

    def after_all(self, row: Training, rows: Picture, on: date) -> None:
        announce_trained({told["fields"]["person"] for told in rows if "fields" in told}, on)


def _together(row: Training) -> QuerySet[Training]:
    return Training.objects.filter(session=row.session) if row.session else Training.objects.filter(pk=row.pk)


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
    TrainingSessionMade(),
    DyadEnded(),
    DyadSlotEnded(),
    ReferralMade(),
    ReferralClosed(),
)
"""Every kind of a dyad, of a mentor, or of who waits for one."""
