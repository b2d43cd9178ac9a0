"""While the database is away: which errors say so, and what is answered without it. See docs/decisions/0053."""

import logging
import sqlite3
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils import translation

from accompagnement.operations.logs import route_of
from exchange.api.application import ROOT
from exchange.api.problems import Problem, answer
from people.drafts import opened_form, sentences, typed

RETRY_AFTER_SECONDS = 5
"""About what a restart takes: the pages' script waits as long before it asks again."""

AWAY = ("08", "53", "57P", "25006")
"""SQLSTATE, by its beginning: connection lost, out of room or of connections, shutting down, a replica that only reads.

PostgreSQL, Appendix A.
"""
AWAY_SQLITE = {"SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR"}
SAID_NOTHING = {"OperationalError", "DatabaseError", "InterfaceError"}
"""What psycopg raises without a code: the connection was refused, or cut before the server could say why."""

log = logging.getLogger(__name__)


def is_away(error: BaseException | None) -> bool:
    """Whether the error, or one that led to it, says that the database can't be had for now."""
    while error is not None:
        if isinstance(error, InterfaceError) or (isinstance(error, DatabaseError) and _says_so(error.__cause__)):
            return True
        error = error.__cause__ or error.__context__
    return False


def _says_so(cause: Any) -> bool:
    if isinstance(cause, sqlite3.Error):
        name = "_".join(str(getattr(cause, "sqlite_errorname", "")).split("_")[:2])
        return name in AWAY_SQLITE
    code = getattr(cause, "pgcode", "")
    return code.startswith(AWAY) if code else type(cause).__name__ in SAID_NOTHING


def answer_away(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503, in a sentence, with what was typed; one line in the log. Nothing here asks the database.

    Whoever asks is forgotten for the rest of the request, so that nothing on the way out looks for them again.
    """
    log.warning("The database is away (%s): %s %s", type(error).__name__, request.method, route_of(request))
    connection.close()  # what is left of it serves nobody
    request.user = AnonymousUser()
    request.__dict__.pop("opened_form", None)
    translation.activate(_language(request))
    response = answer(Problem(503)) if request.path.startswith(f"/{ROOT}") else _page(request)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    vars(response)["_has_been_logged"] = True  # Django would log it again, with a traceback
    return response


def _language(request: HttpRequest) -> str:
    """The page's own if it was known, else the browser's choice: the board's can't be asked."""
    chosen = getattr(request, "LANGUAGE_CODE", None) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    request.LANGUAGE_CODE = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return request.LANGUAGE_CODE


def _page(request: HttpRequest) -> HttpResponse:
    """Without a script too: the sentences to copy, and a button that sends the form again as it was."""
    sent = _sent(request)
    # A form that says who opened it is one that can be sent twice (decision 0009), and holds no password.
    again = sent.lists() if opened_form(sent) and not request.FILES else ()
    fields = [(name, value) for name, values in again for value in values]
    context = {"asked": request.method in ("GET", "HEAD"), "fields": fields}
    context["words"] = sentences(typed(sent)) if opened_form(sent) else []
    return render(request, "503.html", context, status=503)


def _sent(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except (UnreadablePostError, MultiPartParserError, SuspiciousOperation):
        return QueryDict()
