"""The replacements of one absence, of groups and of dyads: taken back, ended and put back as a whole."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.audit_verbs import ABSENCE_CANCELLED, DYAD
from mentoring.models import Dyad, DyadSubstitute
from people.models import User
from programs.actions.planning import plan_ahead
from programs.audit_verbs import GROUP
from programs.gestures.groups import SubstituteMade, refuse_overlap
from programs.gestures.kinds import Ending, place_of
from programs.gestures.memory import Picture
from programs.models import GroupSubstitute, Program, Relation, SupportGroup

BOTH: tuple[tuple[Any, type[Relation]], ...] = ((GroupSubstitute, SupportGroup), (DyadSubstitute, Dyad))


class AbsenceMade(SubstituteMade):
    """All that one form named, whatever it is of; the row is the first of them."""

    words = _("Remplacements d’une absence")
    taken_back = ABSENCE_CANCELLED
    gone, back = _("Les remplacements de l’absence sont annulés."), _("Les remplacements de l’absence sont rétablis.")
    why_no_edit = "Each replacement ends on its own page; the whole is taken back and said again."

    def seen_by(self, user: User) -> QuerySet[Any]:
        return super().seen_by(user).filter(together__isnull=False)

    def allowed(self, user: User) -> QuerySet[Any]:
        """Those whose every group and dyad one may entrust."""
        rows = super().allowed(user).filter(together__isnull=False)
        for model, relations in BOTH:
            objects: Any = relations.objects
            beyond = model.objects.exclude(**{f"{model.NOUN}__in": objects.entrustable_by(user)})
            rows = rows.exclude(together__in=beyond.filter(together__isnull=False).values("together"))
        return rows

    def place(self, row: Any) -> dict[str, Any]:
        return _place(self.relation(row).program, [one.relation.program_id for one in _of_form(row)])

    def page_of(self, row: Any) -> str:
        return _page_of(self.relation(row), row.starts_on) or super().page_of(row)

    def along(self, row: Any) -> list[QuerySet[Any]]:
        rows = [model.objects.filter(together=row.together) for model, _relations in BOTH if row.together]
        return [one.exclude(pk=row.pk) if one.model is type(row) else one for one in rows]

    def after_all(self, row: Any, rows: Picture, on: date) -> None:
        _settle(rows, on)


class GroupAbsenceMade(AbsenceMade):
    slug, model, relations, needs = "absence-group", GroupSubstitute, SupportGroup, ("person", "group")
    added = (GROUP.substitute_added,)


class DyadAbsenceMade(AbsenceMade):
    slug, model, relations = "absence-dyad", DyadSubstitute, Dyad
    needs, added = ("person", "dyad__student", "dyad__mentor__person"), (DYAD.substitute_added,)


class AbsenceEnded(Ending[Any]):
    words, back = _("Retour d’une absence"), _("Les remplacements se poursuivent.")

    def title(self, row: Any) -> str:
        return f"{row.person}, {row.relation}"

    def place(self, row: Any) -> dict[str, Any]:
        return _place(self.relation(row).program, [one.relation.program_id for one in _of_form(row)])

    def page_of(self, row: Any) -> str:
        return _page_of(self.relation(row), row.starts_on) or super().page_of(row)

    def after_all(self, row: Any, rows: Picture, on: date) -> None:
        _settle(rows, on)


class GroupAbsenceEnded(AbsenceEnded):
    slug, model, relations, needs = "retour-group", GroupSubstitute, SupportGroup, ("person", "group")


class DyadAbsenceEnded(AbsenceEnded):
    slug, model, relations = "retour-dyad", DyadSubstitute, Dyad
    needs = ("person", "dyad__student", "dyad__mentor__person")


def _of_form(row: Any) -> list[Any]:
    if row.together is None:
        return [row]
    return [
        one
        for model, _relations in BOTH
        for one in model.objects.filter(together=row.together).select_related(f"{model.NOUN}__program")
    ]


def _place(program: Program, programs: list[int]) -> dict[str, Any]:
    """Of the programme where all are of one; else, of the school."""
    return place_of(program) | ({} if set(programs) <= {program.pk} else {"program": None})


def _page_of(relation: Relation, day: date) -> str:
    away = relation.usual_adult(day) if type(relation)._base_manager.filter(pk=relation.pk).exists() else None
    return reverse("person_away", args=[away.pk]) if away else ""


def _settle(rows: Picture, on: date) -> None:
    """Plan and tell what the replacements that went, or came back, are of; refuse days that others cover by now."""
    relations: dict[tuple[type[Relation], int], None] = {}
    for told in rows:
        model: Any = apps.get_model(told["model"])
        row = model.objects.filter(pk=told["pk"]).first()
        if row is not None:
            refuse_overlap(row, row.relation.substitutes.all())
        number = told["fields"][model.NOUN] if "fields" in told else row.relation.pk if row else None
        if number is not None:
            relations[model._meta.get_field(model.NOUN).related_model, number] = None
    for kind, number in relations:
        relation = kind._base_manager.filter(pk=number).first()
        if relation is not None:
            plan_ahead(board=relation.board, on=on, relation=relation)
            relation.announce(on)


ABSENCES: tuple[Any, ...] = (GroupAbsenceMade(), DyadAbsenceMade(), GroupAbsenceEnded(), DyadAbsenceEnded())
