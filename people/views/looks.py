"""« Vos écrans »: who asks to see them, who did; and asking for somebody else's, to help them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.actions.looks import answer_look, ask_to_look, end_look, start_look
from people.actions.messages import read_about
from people.doors import person_to_keep
from people.looking import LOOK
from people.models import Look, Notification, User
from people.models.looks import LASTS
from people.person_forms import LookForm
from people.requests import PersonRequest
from people.shortcuts import get_or_refuse
from people.views.forms import page, posted, succeeded

LISTED = 50
"""Of the requests of each side, the last so many."""


@require_safe
def looks(request: PersonRequest) -> HttpResponse:
    """What waits for an answer, what is open, what was; of one's own screens, then of those that one asked for."""
    user, at = request.user, timezone.now()
    rows = Look.objects.visible_to(user).select_related("asked_by", "person", "board")
    mine, asked = list(rows.shown_by(user)[:LISTED]), list(rows.asked_for_by(user)[:LISTED])
    for look in (*mine, *asked):
        look.is_asked_now, look.is_shown_now = look.is_waiting(at), look.is_open(at)
        read_about(person=user, target=look.pk, at=at, kinds=Notification.OF_LOOKS)
    context = {
        "waiting": [look for look in mine if look.is_asked_now],
        "mine": [look for look in mine if not look.is_asked_now],
        "asked": asked,
        "minutes": int(LASTS.total_seconds()) // 60,
    }
    return render(request, "people/looks.html", context)


@require_http_methods(["GET", "POST"])
def look_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask to see an adult's screens, and say why."""
    user, at = request.user, timezone.now()
    shown = person_to_keep(user, pk)
    if not User.objects.shown_to(user).filter(pk=pk).exists():
        raise PermissionDenied(_("Les écrans de cette personne ne se montrent pas."))
    form = LookForm(posted(request))
    if succeeded(form, lambda: ask_to_look(adult=shown, person=user, at=at, **form.cleaned_data)):
        messages.success(request, _("La demande est faite. Rien ne s’ouvre avant que la personne accepte."))
        return redirect("looks")
    return page(request, "people/look_ask.html", form, person=shown, minutes=int(LASTS.total_seconds()) // 60)


@require_POST
def look_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Accept, or refuse, to show one's own screens."""
    look = get_or_refuse(Look.objects.visible_to(request.user), Look.objects.shown_by(request.user), pk)
    accepts = request.POST.get("answer") == "accept"
    if not answer_look(look=look, person=request.user, accepts=accepts, at=timezone.now()):
        messages.info(request, _("Cette demande n’attend plus de réponse."))
    elif accepts:
        messages.success(request, _("Vos écrans se montrent. Un bandeau le dit tant que cela dure."))
    else:
        messages.success(request, _("C’est refusé\u00a0: vos écrans ne se montrent pas."))
    return redirect("looks")


@require_POST
def look_start(request: PersonRequest, pk: int) -> HttpResponse:
    """See the screens of somebody who accepted it, from now on in this session."""
    user, at = request.user, timezone.now()
    look = get_or_refuse(Look.objects.visible_to(user), Look.objects.asked_for_by(user), pk)
    shown = User.objects.shown_to(user).filter(pk=look.person_id).exists()
    if not shown or not start_look(look=look, person=user, at=at):
        messages.info(request, _("Ces écrans ne se montrent pas, ou ne se montrent plus."))
        return redirect("looks")
    request.session[LOOK] = look.pk
    return redirect("home")


@require_POST
def look_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Put an end to it, from either side."""
    user = request.user
    look = get_object_or_404(Look.objects.visible_to(user), pk=pk)
    if request.session.get(LOOK) == pk:
        del request.session[LOOK]
    if end_look(look=look, person=user, at=timezone.now()):
        messages.success(request, _("C’est terminé\u00a0: plus personne d’autre ne voit ces écrans."))
    return redirect("looks")
