"""« Jetons d’accès », « Brancher Power BI », « Interface de programmation », and the agenda's link."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchange.api.actions import Made, make_calendar_link, make_token, revoke
from exchange.api.declaration import tables_of
from exchange.api.feed import calendar_of
from exchange.api.forms import TokenForm
from exchange.api.guide import sections
from exchange.api.power_bi import data_source
from exchange.api.secrets import note_use, token_of
from exchange.api.views.reading import tag_of
from exchange.models import ApiToken
from people.emails import LOCALES
from people.fields import usable_uuid
from people.forms import ActionForm
from people.requests import PersonRequest
from people.views.forms import done, posted


@require_http_methods(["GET", "POST"])
def api_tokens(request: PersonRequest) -> HttpResponse:
    """One's tokens and the link of one's agenda; a new token, which is shown this once."""
    form, at = TokenForm(posted(request)), timezone.now()
    made = done(form, lambda: make_token(person=request.user, at=at, **form.cleaned_data))
    if made is None:
        return _page(request, form, status=422 if form.is_bound else 200)
    return _shown_once(request, made, "token")


@require_POST
def calendar_link(request: PersonRequest) -> HttpResponse:
    """A new link to one's agenda, shown this once; the former one opens nothing any more."""
    key = usable_uuid(ActionForm(request.POST))
    made = make_calendar_link(person=request.user, entry_uuid=key, at=timezone.now())
    return _shown_once(request, made, "link")


@require_POST
def api_token_revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a token of one's own, or the agenda's link, open nothing any more."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    if revoke(token=token, person=request.user, at=timezone.now()):
        messages.success(request, _("C’est révoqué\u00a0: plus rien ne s’ouvre par là."))
    else:
        messages.info(request, _("C’était déjà révoqué."))
    return redirect("api_tokens")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The planned meetings of whoever made the link, in initials; 404 as soon as it opens nothing any more."""
    at = timezone.now()
    token = token_of(secret, ApiToken.Scope.CALENDAR, at=at)
    if token is None or token.person.board is None:
        raise Http404
    person, board = token.person, token.person.board
    note_use(token, at)
    with translation.override(LOCALES[board.language]):
        content = calendar_of(person, board, on=person.local_date())
    headers = {"ETag": tag_of(content), "Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer"}
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=response) or response


@require_safe
def api_guide(request: PersonRequest) -> HttpResponse:
    """How a program asks, and all that it may ask."""
    root = request.build_absolute_uri("/api/v1/")
    return render(request, "exchange/api_guide.html", {"sections": sections(request.user), "root": root})


@require_safe
def power_bi(request: PersonRequest) -> HttpResponse:
    """How Power BI reads one's tables, step by step, with a file for each."""
    return render(request, "exchange/power_bi.html", {"tables": list(tables_of(request.user).values())})


@require_safe
def power_bi_file(request: PersonRequest, name: str) -> HttpResponse:
    """The file by which Power BI opens one table."""
    table = tables_of(request.user).get(name)
    if table is None:
        raise Http404
    address = request.build_absolute_uri(reverse(f"api_v1_{table.slug}_csv"))
    response = HttpResponse(data_source(address), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.pbids"'
    return response


def _shown_once(request: PersonRequest, made: Made, what: str) -> HttpResponse:
    if not made.secret:
        messages.info(request, _("Ce formulaire a déjà servi\u00a0: ce qu’il a créé ne se montre qu’une fois."))
        return redirect("api_tokens")
    shown = made.secret if what == "token" else request.build_absolute_uri(reverse("calendar_feed", args=[made.secret]))
    return _page(request, TokenForm(), shown=shown, what=what)


def _page(request: PersonRequest, form: TokenForm, *, status: int = 200, **more: object) -> HttpResponse:
    at = timezone.now()
    own = ApiToken.objects.visible_to(request.user)
    link = own.standing(at).filter(scope=ApiToken.Scope.CALENDAR).first()
    tokens = own.exclude(scope=ApiToken.Scope.CALENDAR).lately(at)
    context = {"form": form, "tokens": tokens, "link": link, "link_uuid": uuid.uuid4()}
    return render(request, "exchange/tokens.html", context | more, status=status)
