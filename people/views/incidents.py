"""« Incidents de confidentialité »: the register, written by the privacy officer, read by the board's administrator."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import audit
from people.access import Role
from people.actions.incidents import SAID, correct_incident, record_incident
from people.audit_verbs import INCIDENTS_EXPORTED
from people.models import PrivacyIncident
from people.models.privacy import READERS
from people.privacy.forms import IncidentForm
from people.privacy.incidents import headings, items, lines, versions
from people.requests import PersonRequest
from people.shortcuts import get_or_refuse, own_board, require_role
from people.spreadsheets import csv_lines
from people.views.forms import done, page, posted

PER_PAGE = 50


@require_safe
def incidents(request: PersonRequest) -> HttpResponse:
    """Every incident of the board, the last known first, with what is still to write of each."""
    user = request.user
    require_role(user, *READERS)
    listed = Paginator(PrivacyIncident.objects.visible_to(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": listed, "keeps": user.access.holds(Role.PRIVACY_OFFICER)}
    return render(request, "people/incidents.html", context)


@require_http_methods(["GET", "POST"])
def incident_new(request: PersonRequest) -> HttpResponse:
    """Write an incident in the register: what is known on the day, the rest later."""
    user, on = request.user, request.user.local_date()
    board = own_board(user, Role.PRIVACY_OFFICER)
    initial = {"entry_uuid": uuid.uuid4(), "aware_on": on, "risk": PrivacyIncident.Risk.UNKNOWN}
    form = IncidentForm(posted(request), initial=initial)

    def record() -> PrivacyIncident:
        key = form.cleaned_data["entry_uuid"]
        return record_incident(board=board, person=user, on=on, entry_uuid=key, said=form.said())

    if made := done(form, record):
        messages.success(request, _("L’incident est au registre."))
        return redirect("incident", made.pk)
    return page(request, "people/incident_edit.html", form)


@require_safe
def incident(request: PersonRequest, pk: int) -> HttpResponse:
    """One incident, item by item, and who wrote what when."""
    user = request.user
    shown = get_object_or_404(PrivacyIncident.objects.visible_to(user), pk=pk)
    keeps = PrivacyIncident.objects.kept_by(user).filter(pk=pk).exists()
    context = {"incident": shown, "items": items(shown), "versions": versions(shown), "keeps": keeps}
    return render(request, "people/incident.html", context)


@require_http_methods(["GET", "POST"])
def incident_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Say more, or otherwise; what was written before stays in its history."""
    user, on = request.user, request.user.local_date()
    shown = get_or_refuse(PrivacyIncident.objects.visible_to(user), PrivacyIncident.objects.kept_by(user), pk)
    form = IncidentForm(posted(request), initial={name: getattr(shown, name) for name in SAID})
    form.fields["entry_uuid"].required = False
    form.watch(shown, back=reverse("incident", args=[pk]))
    if done(form, lambda: correct_incident(incident=shown, person=user, on=on, said=form.said())):
        messages.success(request, _("Le registre est à jour."))
        return redirect("incident", pk)
    return page(request, "people/incident_edit.html", form, incident=shown)


@require_POST
def incidents_csv(request: PersonRequest) -> HttpResponseBase:
    """The whole register as a file, as the Commission may ask for it; remembered before it leaves."""
    user = request.user
    audit.record(board=own_board(user, *READERS), person=user, verb=INCIDENTS_EXPORTED, subject=None)
    rows = csv_lines(headings(), lines(PrivacyIncident.objects.visible_to(user).order_by("aware_on", "pk")))
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="incidents-{user.local_date().isoformat()}.csv"'
    return answer
