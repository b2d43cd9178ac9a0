"""Who looks at somebody's screens sees what they would see, and nothing else: no writing, no file, no account's page.

The view works as the person looked at, in a transaction that is always taken back; the session, the locks, the journal
and the logs stay those of whoever looks. See docs/decisions/0057.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from people.actions.looks import end_look
from people.backends import PersonBackend
from people.models import Look, User

LOOK = "look"
"""In the session of whoever looks: which one."""
SAFE = ("GET", "HEAD", "OPTIONS")
LEAVING = ("look_end", "account_logout")
CLOSED = (
    "account_", "mfa_", "openid_connect_", "api_", "calendar_link", "power_bi", "directory", "device", "look",
    "sign_in_rules", "person_data", "student_data", "student_sheet", "report_", "draft_", "import_",
)  # fmt: skip
"""Prefixes of the addresses of an account, of its keys, of files, and of what one only comes to for writing."""
FILES = ("_csv", "_pdf", "_file", "_print")
View = Callable[..., HttpResponseBase]


def look_of(request: HttpRequest) -> Look | None:
    """The look that the page is seen through."""
    return getattr(request, "look", None)


def _named(request: HttpRequest) -> str:
    return (request.resolver_match.url_name or "") if request.resolver_match else ""


def _open_look(request: HttpRequest) -> Look | None:
    """The look of the session while it stands: both still in place, neither of them has ended it. Four queries."""
    rows = Look.objects.asked_for_by(request.user).open(timezone.now()).select_related("board", "asked_by")  # type: ignore[arg-type]
    look = rows.filter(pk=request.session[LOOK]).first()
    shown = look is not None and User.objects.shown_to(look.asked_by).filter(pk=look.person_id).exists()
    person = PersonBackend().get_user(look.person_id) if look is not None and shown else None
    if look is not None and person is not None:
        look.person = person
        return look
    return None


class LookGuardMiddleware(MiddlewareMixin):
    """Before whatever keeps or gives back what was typed: refuse what a look does not open."""

    def process_view(self, request: HttpRequest, view: View, *arguments: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or LOOK not in request.session:
            return None
        name, look = _named(request), _open_look(request)
        if look is None:
            del request.session[LOOK]
            messages.info(request, _("Vous ne voyez plus les écrans de cette personne\u00a0: c’est terminé."))
            return None
        if name == "account_logout" and request.method == "POST":
            end_look(look=look, person=look.asked_by, at=timezone.now())
        if name in LEAVING:
            return None
        if request.method not in SAFE:
            return refused(request, look, _("Rien ne s’écrit à la place de quelqu’un d’autre."))
        if name.startswith(CLOSED) or name.endswith(FILES):
            return refused(request, look, _("Aucun fichier ni aucune page du compte ne s’ouvre ainsi."))
        request.look = look  # type: ignore[attr-defined]
        return None


class LookMiddleware(MiddlewareMixin):
    """Last of all: the view answers as the person looked at, and whatever it writes is taken back."""

    def process_view(
        self, request: HttpRequest, view: View, arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponseBase | None:
        look = look_of(request)
        if look is None or not getattr(view, "login_required", True):
            return None
        viewer, request.user = request.user, look.person
        look.person.is_shown = True
        kept = dict(request.session.items())
        try:
            with transaction.atomic():
                response = view(request, *arguments, **named)
                if hasattr(response, "render") and callable(response.render):
                    response = response.render()
                transaction.set_rollback(True)
        finally:
            request.user = viewer
            for key in set(request.session.keys()) - set(kept):
                del request.session[key]
            request.session.update(kept)
        if not _is_page(response):
            response.close()
            return refused(request, look, _("Aucun fichier ni aucune page du compte ne s’ouvre ainsi."))
        return response


def _is_page(response: HttpResponseBase) -> bool:
    is_html = response.get("Content-Type", "text/html").startswith("text/html")
    return is_html and not response.streaming and "Content-Disposition" not in response


def refused(request: HttpRequest, look: Look, why: str) -> HttpResponse:
    return render(request, "people/look_refused.html", {"shown": look, "why": why}, status=403)
