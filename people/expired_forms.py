"""Forms that come back without the session they were opened in: what was typed is kept, and its author led to it."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from people.actions import drafts
from people.drafts import SAVED, OpenedForm, sentences, typed

SAVED_KEPT = 20


class LedAway(Exception):
    """What the form was about is no longer there to change: the person is told, and led where they can go on."""

    def __init__(self, said: str, *, to: str) -> None:
        super().__init__(said)
        self.said, self.to = said, to


def lead_away(request: HttpRequest, opened: OpenedForm | None, away: LedAway) -> HttpResponse:
    """What was typed waits at its address."""
    said = [away.said]
    if opened and drafts.keep_draft(opened=opened, content=typed(request.POST)):
        said.append(_("Votre saisie est gardée."))
    messages.warning(request, " ".join(said))
    return redirect(away.to)


def settle(request: HttpRequest, opened: OpenedForm, response: HttpResponse) -> HttpResponse:
    """Once the form was saved its draft goes; refused or failed, it is kept, also without JavaScript.

    Where the form's own page is gone or closed, nobody would find the draft: the sentences are shown, to be copied.
    """
    content = typed(request.POST)
    if 300 <= response.status_code < 400:
        close(request, opened)
    elif response.status_code >= 400:
        drafts.keep_draft(opened=opened, content=content)
    if response.status_code in (403, 404) and (words := sentences(content)):
        return render(request, "people/homeless.html", {"words": words}, status=response.status_code)
    return response


def close(request: HttpRequest, opened: OpenedForm) -> None:
    """Forget the draft, and remember that what this page may still send is no draft any more."""
    request.session[SAVED] = [*request.session.get(SAVED, []), opened.nonce][-SAVED_KEPT:]
    drafts.forget_draft(opened=opened)


def lead_back(request: HttpRequest, opened: OpenedForm | None) -> HttpResponse:
    """Nothing is recorded. What was typed waits for its author; whoever sent it is told, and led where to go on."""
    kept = opened is not None and drafts.keep_draft(opened=opened, content=typed(request.POST))
    back = request.get_full_path() if opened else came_from(request)
    if not request.user.is_authenticated:
        if kept:
            said = _(
                "Votre session a pris fin. Votre saisie est gardée\u00a0: vous la retrouverez en vous reconnectant."
            )
        else:
            said = _("Votre session a pris fin et rien n’a été enregistré. Reconnectez-vous, puis recommencez.")
        messages.warning(request, said)
        return redirect_to_login(back)
    if opened and opened.person_id != request.user.pk:
        return render(request, "people/not_yours.html", status=409)
    if opened:
        said = _("La page datait d’une session précédente. Vérifiez votre saisie, puis enregistrez de nouveau.")
    else:
        said = _("La page datait d’une session précédente et rien n’a été enregistré. Recommencez.")
    messages.warning(request, said)
    return redirect(back)


def came_from(request: HttpRequest) -> str:
    """The page where the button was; the front door when the browser does not say."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return reverse("home")
    parts = urlsplit(page)
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return address if is_of_this_site(address) else reverse("home")


def is_of_this_site(address: str) -> bool:
    """Whether it is a path of ours: nobody is sent elsewhere by what a browser says, and no view has a word's name."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
