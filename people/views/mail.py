"""E-mail as the person sees it: what they receive, what was sent, and how to stop."""

from contextlib import nullcontext

from django.contrib import messages as banners
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from people import emails
from people.access import Role
from people.actions.messages import choose_digest, wants_digest
from people.models import Message
from people.requests import PersonRequest
from people.shortcuts import require_role

LATEST = 20
PER_PAGE = 25
DOUBTFUL = (Message.State.UNKNOWN, Message.State.REFUSED)


@require_http_methods(["GET", "POST"])
def messages(request: PersonRequest) -> HttpResponse:
    """« Mes messages »: the digest as it would leave now, the choice to receive it, and what was sent."""
    user = request.user
    if request.method == "POST":
        wanted = request.POST.get("digest") == "oui"
        choose_digest(person=user, wanted=wanted)
        banners.success(
            request,
            _("Le bilan de la semaine arrivera par courriel, le lundi.")
            if wanted
            else _("Le bilan de la semaine n’arrivera plus par courriel."),
        )
        return redirect("messages")
    received = Message.objects.received_by(user).select_related("asked_by")[:LATEST]
    context = {"wants_digest": wants_digest(user), "received": received, "on": user.local_date()}
    return render(request, "people/messages.html", context)


@require_safe
def mailings(request: PersonRequest) -> HttpResponse:
    """« Envois »: the e-mails to the people of one's school or board, and those whose outcome must be looked into."""
    user = request.user
    require_role(user, Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, Role.BOARD_ADMIN)
    watched = Message.objects.watched_by(user).select_related("person")
    doubtful = watched.filter(state__in=DOUBTFUL)
    only_doubtful = request.GET.get("etat") == "a-verifier"
    page = Paginator(doubtful if only_doubtful else watched, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "only_doubtful": only_doubtful, "doubtful": doubtful.count()}
    return render(request, "people/mailings.html", context)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the digest by the link of an e-mail, signed in or not: GET asks, POST does (a mail program's one click too).

    The signed token is the permission: it says whose digest, and nothing else can be done with it.
    """
    person = emails.unsubscriber(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        choose_digest(person=person, wanted=False)
    with emails.speaking(person.board) if person.board else nullcontext():
        return render(request, "people/unsubscribe.html", {"done": request.method == "POST"})
