"""« Vos appareils connectés »: one's sessions, and their end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from people.actions.sessions import end_sessions
from people.models import OpenedSession
from people.requests import PersonRequest
from people.retention import SESSIONS_KEPT
from people.sessions import MARK, listed


@require_safe
def devices(request: PersonRequest) -> HttpResponse:
    """What is open now, this one first, then what was of late."""
    at = timezone.now()
    rows = listed(request.user, at=at, mark=request.session.get(MARK, ""))
    opened = sorted((row for row in rows if row.is_open), key=lambda row: not row.is_this)
    context = {
        "opened": opened,
        "others": len([row for row in opened if not row.is_this]),
        "kept": SESSIONS_KEPT.days,
        "over": [row for row in rows if not row.is_open],
    }
    return render(request, "people/devices.html", context)


@require_POST
def device_end(request: PersonRequest, pk: int) -> HttpResponse:
    """End one session of one's own."""
    row = get_object_or_404(OpenedSession.objects.visible_to(request.user), pk=pk)
    if row.mark.hex == request.session.get(MARK):
        messages.info(
            request, _("C’est l’appareil que vous utilisez\u00a0: choisissez plutôt «\u00a0Se déconnecter\u00a0».")
        )
    elif end_sessions(rows=[row], person=request.user, at=timezone.now()):
        messages.success(request, _("La session est terminée\u00a0: cet appareil devra se reconnecter."))
    return redirect("devices")


@require_POST
def devices_end_others(request: PersonRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    at = timezone.now()
    rows = listed(request.user, at=at, mark=request.session.get(MARK, ""))
    others = [one.row for one in rows if one.is_open and not one.is_this]
    n = len(end_sessions(rows=others, person=request.user, at=at))
    said = ngettext("Une autre session est terminée.", "%(n)s autres sessions sont terminées.", n) % {"n": n}
    messages.success(request, said if n else _("Aucune autre session n’était ouverte."))
    return redirect("devices")
