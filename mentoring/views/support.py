"""The support that followed a hard event."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.access import event_to_support
from mentoring.actions.support import support_event
from mentoring.forms.followup import SupportForm
from people.comparing import THEIRS
from people.requests import PersonRequest
from people.views.forms import instant, page, posted
from programs.log.conflicts import Conflict
from programs.log.diff import compare
from programs.log.kinds import KINDS
from programs.log.views.entries import kept_theirs


@require_http_methods(["GET", "POST"])
def event_support(request: PersonRequest, pk: int) -> HttpResponse:
    """The support that followed a hard event, or its correction; nobody's words are overwritten unseen."""
    event, on = event_to_support(request.user, pk), request.user.local_date()
    if request.POST.get("choice") == THEIRS:
        return kept_theirs(request, KINDS["evenement"], event)
    day = event.supported_on or on
    initial = {"entry_uuid": event.entry_uuid, "day": day.isoformat(), "support": event.support}
    form = SupportForm(
        posted(request), days=[on, *sorted({day, event.on} - {on}, reverse=True)], on=on, initial=initial
    )
    comparison, seen = None, event.saved_at if not form.is_bound else instant(request.POST.get("saved_at"))
    if form.is_valid():
        day, support = form.cleaned_data["on"], form.cleaned_data["support"].strip()
        try:
            support_event(event=event, on=on, day=day, support=support, saved_at=seen)
        except Conflict as clash:
            form.refuse(clash)
            event = event_to_support(request.user, pk)  # read again: the copy above precedes their save
            comparison, seen = compare(event, {"supported_on": day, "support": support}), event.saved_at
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            edit = reverse("event_support", args=[pk])
            messages.success(request, _("Soutien enregistré."), extra_tags=f"edit:{edit}")
            return redirect(event.dyad)
    more = {"dyad": event.dyad, "event": event, "comparison": comparison, "saved_at": seen.isoformat() if seen else ""}
    return page(request, "mentoring/support.html", form, **more)
