"""When a relation meets, and who stands in for its adult: the same pages for a group and for a dyad."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.models.base import M
from people.requests import PersonRequest
from people.shortcuts import get_or_refuse
from people.views.forms import done, number, page, posted
from programs.actions.slots import open_slots
from programs.actions.substitutes import end_substitute, name_substitute, possible_substitutes
from programs.actions.timetables import end_slot, put_slot
from programs.forms.substitutes import SubstituteForm
from programs.forms.timetables import TimetableForm, as_slot
from programs.gestures.kinds import made_of
from programs.models import Relation, RelationSlot, Substitute
from programs.views.gestures import undo_last, undo_made

Kind = type[Relation]


@require_http_methods(["GET", "POST"])
def timetable(request: PersonRequest, pk: int, of: Kind) -> HttpResponse:
    """The slots of a relation, and a new one; or, with ``?plage=``, one to change."""
    user, on = request.user, request.user.local_date()
    relation = get_or_refuse(of.objects.visible_to(user).with_people(), of.objects.planned_by(user), pk)
    slots = open_slots(relation.timetables.all(), on)
    chosen = number(request.GET.get("plage"))
    slot = get_object_or_404(slots, pk=chosen) if chosen else None
    initial = as_slot(slot, on, relation.starts_on, relation.program.minutes)
    form = TimetableForm(posted(request), program=relation.program, of=slot, initial=initial)
    if slot is not None:
        form.watch(slot, back=reverse(f"{of.NOUN}_timetable", args=[pk]))
    if put := done(form, lambda: put_slot(relation=relation, change=form.change(), person=user, on=on)):
        words = _("L’horaire est enregistré\u00a0: les rencontres à venir sont planifiées.")
        messages.success(request, words, extra_tags=undo_made(put, edit=False))
        return redirect(relation)
    return page(request, "programs/timetable.html", form, slots=slots, **_of(relation, "timetable", "slot_end"))


@require_POST
def slot_end(request: PersonRequest, pk: int, of: Kind) -> HttpResponse:
    """Take a slot away."""
    slot: RelationSlot = get_object_or_404(_beside(of.slot_model(), of, request).select_related(of.NOUN), pk=pk)
    relation = get_or_refuse(of.objects.visible_to(request.user), of.objects.planned_by(request.user), slot.relation.pk)
    end_slot(slot=slot, person=request.user, on=request.user.local_date())
    words = _("La plage est retirée\u00a0: ses rencontres à venir ne sont plus prévues.")
    messages.info(request, words, extra_tags=undo_last(request.user, f"retrait-{made_of(type(slot)).slug}", slot))
    return redirect(f"{of.NOUN}_timetable", relation.pk)


@require_http_methods(["GET", "POST"])
def substitute(request: PersonRequest, pk: int, of: Kind) -> HttpResponse:
    """Name who stands in for the usual adult on a range of days; those named already are listed."""
    user, on = request.user, request.user.local_date()
    relation = get_or_refuse(of.objects.visible_to(user).with_people(), of.objects.entrustable_by(user), pk)
    away = relation.usual_adult(on)
    people = possible_substitutes(relation, on).exclude(pk=away.pk if away else 0)
    form = SubstituteForm(posted(request), people=people, initial={"starts_on": max(on, relation.starts_on)})
    if named := done(form, lambda: name_substitute(relation=relation, person=user, on=on, **form.cleaned_data)):
        messages.success(request, _("Le remplacement est noté."), extra_tags=undo_made(named))
        return redirect(f"{of.NOUN}_substitute", relation.pk)
    listed = relation.substitutes.select_related("person").order_by("-starts_on")
    more = {"away": away, "substitutes": listed, "on": on} | _of(relation, "substitute", "substitute_end")
    return page(request, "programs/substitute.html", form, **more)


@require_POST
def substitute_end(request: PersonRequest, pk: int, of: Kind) -> HttpResponse:
    """Make today the last day of a substitute, or close their access at once."""
    user = request.user
    row: Substitute = get_object_or_404(_beside(of.substitute_model(), of, request).select_related(of.NOUN), pk=pk)
    get_or_refuse(of.objects.visible_to(user), of.objects.entrustable_by(user), row.relation.pk)
    remove = "retirer" in request.POST
    if not end_substitute(row=row, person=user, on=user.local_date(), remove=remove):
        messages.info(request, _("Ce remplacement était déjà terminé."))
    elif remove:
        tags = undo_last(user, made_of(type(row)).slug, row)
        messages.info(request, _("L’accès est retiré. Ce qui a été consigné reste."), extra_tags=tags)
    else:
        messages.info(request, _("Le remplacement prend fin aujourd’hui."))
    return redirect(f"{of.NOUN}_substitute", row.relation.pk)


def _beside(model: type[M], of: Kind, request: PersonRequest) -> QuerySet[M]:
    """The rows of a model that belong to a relation which the person sees."""
    return model._default_manager.filter(**{f"{of.NOUN}__in": of.objects.visible_to(request.user)})


def _of(relation: Relation, here: str, end: str) -> dict[str, Any]:
    noun = relation.NOUN
    return {"relation": relation, "here": reverse(f"{noun}_{here}", args=[relation.pk]), "end": f"{noun}_{end}"}
