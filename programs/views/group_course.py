"""The course of a group: name and dates, its end, the adults in charge."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.requests import PersonRequest
from people.views.forms import done, page, posted, succeeded
from programs.access import group_programs_led_by, possible_leads, structured_group, visible_leads
from programs.actions.course import close_group, correct_group
from programs.actions.structure import change_lead, correct_lead_end, correct_lead_start, end_lead
from programs.forms.groups import GroupEditForm, GroupEndForm, LeadEndForm, LeadForm, LeadStartForm
from programs.models import GroupLead, SupportGroup
from programs.views.gestures import undo_last, undo_made

DAY = timedelta(days=1)


@require_http_methods(["GET", "POST"])
def group_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct the name or the dates of a group; or take the whole group back, when it was a mistake."""
    row, on = structured_group(request.user, pk), request.user.local_date()
    last_on = row.ends_on - DAY if row.ends_on else None
    initial = {"name": row.name, "starts_on": row.starts_on, "last_on": last_on}
    form = GroupEditForm(posted(request), initial=initial)
    form.watch(row, back=row.get_absolute_url())
    if now := done(form, lambda: correct_group(group=row, person=request.user, on=on, **form.cleaned_data)):
        messages.success(request, _("Groupe %(name)s\u00a0: la correction est enregistrée.") % {"name": now.name})
        return redirect(row)
    return page(request, "programs/group_edit.html", form, group=row)


@require_http_methods(["GET", "POST"])
def group_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Close a group: the page says what ends with it."""
    row, on = structured_group(request.user, pk), request.user.local_date()
    form = GroupEndForm(posted(request), initial={"last_on": max(on, row.starts_on)})
    if now := done(form, lambda: close_group(group=row, person=request.user, on=on, **form.cleaned_data)):
        words = _("Groupe %(name)s\u00a0: sa fin est enregistrée.") % {"name": row.name}
        messages.success(request, words, extra_tags=undo_last(request.user, "groupe-termine", now))
        return redirect(row)
    members = row.members.active_on(on).values("student").distinct().count()
    return page(request, "programs/group_end.html", form, group=row, members=members)


@require_http_methods(["GET", "POST"])
def group_lead(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand the group over to another adult, or say that nobody leads it for now."""
    row = structured_group(request.user, pk)
    on = request.user.local_date()
    programs = group_programs_led_by(request.user).filter(pk=row.program_id)
    form = LeadForm(posted(request), leads=possible_leads(programs, on), initial={"starts_on": max(on, row.starts_on)})

    def change() -> GroupLead:
        given = form.cleaned_data
        who = {"group": row, "reason": given["reason"], "person": request.user, "on": on}
        if given["nobody"]:
            return end_lead(ends_on=given["starts_on"], **who)
        return change_lead(lead=given["lead"], starts_on=given["starts_on"], **who)

    if lead := done(form, change):
        nobody = form.cleaned_data["nobody"]
        tags = undo_last(request.user, "fin-prise-en-charge", lead) if nobody else undo_made(lead)
        messages.success(request, _("Groupe %(name)s : le changement est noté.") % {"name": row.name}, extra_tags=tags)
        return redirect(row)
    leads = row.leads.select_related("person")
    ended = leads.filter(ends_on__lte=on).order_by("-ends_on", "-pk")
    return page(request, "programs/group_lead.html", form, group=row, current=leads.active_on(on), ended=ended)


@require_http_methods(["GET", "POST"])
def group_lead_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct the last day of an adult in charge, or why it was the last: a leave is no change of adult.

    Of who is still in charge, the first day.
    """
    lead = get_object_or_404(visible_leads(request.user), pk=pk)
    row = structured_group(request.user, lead.group_id)
    if lead.ends_on is None or "starts_on" in request.POST or "debut" in request.GET:
        return _correct_start(request, row, lead)
    last_on = lead.ends_on - timedelta(days=1) if lead.ends_on else None
    form = LeadEndForm(posted(request), initial={"last_on": last_on, "reason": lead.reason, "seen": lead.ends_on})
    form.watch(lead, back=row.get_absolute_url())
    on = request.user.local_date()
    if succeeded(form, lambda: correct_lead_end(lead=lead, person=request.user, on=on, **form.cleaned_data)):
        messages.success(request, _("Groupe %(name)s\u00a0: la correction est enregistrée.") % {"name": row.name})
        return redirect(row)
    return page(request, "programs/group_lead_edit.html", form, group=row, lead=lead)


def _correct_start(request: PersonRequest, row: SupportGroup, lead: GroupLead) -> HttpResponse:
    form = LeadStartForm(posted(request), initial={"starts_on": lead.starts_on})
    form.watch(lead, back=row.get_absolute_url())
    on = request.user.local_date()
    if succeeded(form, lambda: correct_lead_start(lead=lead, person=request.user, on=on, **form.cleaned_data)):
        messages.success(request, _("Groupe %(name)s\u00a0: la correction est enregistrée.") % {"name": row.name})
        return redirect(row)
    return page(request, "programs/group_lead_start.html", form, group=row, lead=lead)
