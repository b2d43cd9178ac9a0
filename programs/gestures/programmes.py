"""What is entered by mistake of programmes and of resource teachers."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.models import User
from programs import roles, teachers
from programs.actions.planning import plan_ahead
from programs.audit_verbs import (
    PROGRAM_ACTIVITY_DECLARED,
    PROGRAM_ACTIVITY_REMOVED,
    PROGRAM_CANCELLED,
    PROGRAM_STARTED,
    TEACHER_RELEASE_REMOVED,
    TEACHER_RELEASE_SET,
)
from programs.gestures.kinds import Kind, Made, place_of
from programs.models import Program, ProgramActivity, TeacherRelease
from programs.models.teachers import answered_for
from programs.signals import program_changed, teacher_changed


class ProgramMade(Made[Program]):
    slug, model = "programme", Program
    words = _("Programme")
    added, taken_back = (PROGRAM_STARTED,), PROGRAM_CANCELLED
    gone, back = _("Le programme est annulé."), _("Le programme est rétabli.")
    edit = "program_edit"

    def title(self, row: Program) -> str:
        return row.name

    def seen_by(self, user: User) -> QuerySet[Program]:
        return Program.objects.visible_to(user)

    def allowed(self, user: User) -> QuerySet[Program]:
        return Program.objects.led_by(user).filter(school__in=roles.schools_to_open_in(user))

    def place(self, row: Program) -> dict[str, Any]:
        return {"board": row.board, "school_id": row.school_id}

    def page_of(self, row: Program) -> str:
        is_there = Program._base_manager.filter(pk=row.pk).exists()
        return reverse("program", args=[row.pk]) if is_there else reverse("programs")

    def hold(self, row: Program) -> None:
        Program._base_manager.select_for_update(of=("self",)).get(pk=row.pk)

    def check(self, row: Program) -> None:
        if row.groups.exists() or row.dyads.exists() or row.referrals.exists() or row.memberships.exists():
            raise ValidationError(
                _t("Le programme a des groupes, des dyades, des demandes ou des rôles\u00a0: retirez-les d’abord.")
            )

    def after(self, row: Program, on: date) -> None:
        if Program._base_manager.filter(pk=row.pk).exists():
            program_changed.send(sender=Program, program=row, on=on)


class ProgramClosed(Kind[Program]):
    slug, model = "programme-termine", Program
    words, back = _("Fin d’un programme"), _("Le programme se poursuit.")

    def title(self, row: Program) -> str:
        return row.name

    def place(self, row: Program) -> dict[str, Any]:
        return place_of(row)

    def page_of(self, row: Program) -> str:
        return reverse("program", args=[row.pk])

    def after(self, row: Program, on: date) -> None:
        for group in row.groups.all():
            plan_ahead(board=row.board, on=on, relation=group)
            group.announce(on)
        program_changed.send(sender=Program, program=row, on=on)


class ActivityMade(Made[ProgramActivity]):
    slug, model = "contenu", ProgramActivity
    words, needs = _("Activité déclarée"), ("program",)
    added, taken_back = (PROGRAM_ACTIVITY_DECLARED,), PROGRAM_ACTIVITY_REMOVED
    gone, back = _("L’activité est retirée."), _("L’activité est rétablie.")
    edit = "program_activity_edit"

    def title(self, row: ProgramActivity) -> str:
        return f"{row.name}, {row.program}"

    def seen_by(self, user: User) -> QuerySet[ProgramActivity]:
        return ProgramActivity.objects.visible_to(user)

    def allowed(self, user: User) -> QuerySet[ProgramActivity]:
        return ProgramActivity.objects.filter(program__in=Program.objects.led_by(user))

    def place(self, row: ProgramActivity) -> dict[str, Any]:
        return place_of(row.program)

    def page_of(self, row: ProgramActivity) -> str:
        return reverse("program_contents", args=[row.program_id])

    def hold(self, row: ProgramActivity) -> None:
        Program._base_manager.select_for_update(of=("self",)).get(pk=row.program_id)

    def after(self, row: ProgramActivity, on: date) -> None:
        program_changed.send(sender=Program, program=row.program, on=on)


class ReleaseMade(Made[TeacherRelease]):
    slug, model = "liberation", TeacherRelease
    words, needs = _("Libération de tâche"), ("person", "school_year")
    added, taken_back = (TEACHER_RELEASE_SET,), TEACHER_RELEASE_REMOVED
    gone, back = _("La libération est retirée."), _("La libération est rétablie.")
    edit = "teacher_release"

    def title(self, row: TeacherRelease) -> str:
        return f"{row.person}, {row.school_year}"

    def seen_by(self, user: User) -> QuerySet[TeacherRelease]:
        return teachers.releases_seen_by(user)

    def allowed(self, user: User) -> QuerySet[TeacherRelease]:
        return TeacherRelease.objects.filter(person__in=User._base_manager.filter(answered_for(user)))

    def place(self, row: TeacherRelease) -> dict[str, Any]:
        return {"board": row.school_year.board, "school_id": row.person.school_id}

    def page_of(self, row: TeacherRelease) -> str:
        return reverse("teacher_release", args=[row.person_id])

    def after(self, row: TeacherRelease, on: date) -> None:
        teacher_changed.send(sender=User, teacher=row.person, on=on)


PROGRAMMES: tuple[Any, ...] = (ProgramMade(), ProgramClosed(), ActivityMade(), ReleaseMade())
"""Every kind of a programme, or of a resource teacher."""
