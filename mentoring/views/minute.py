"""The student's minute, by its code: public, without an account, without a name."""

from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.actions.minutes import answer_minute, ask_to_talk
from mentoring.forms.minutes import MinuteForm, TalkForm
from mentoring.minutes.adults import adults_for
from mentoring.minutes.codes import LENGTH, count_wrong, guesses_too_much, minute_of, typed
from mentoring.minutes.items import asked, items_of
from mentoring.models import Minute
from mentoring.models.minutes import Audience
from people.emails import LOCALES, speaking
from people.views.forms import succeeded

LANGUAGE = "langue"


@never_cache
@login_not_required
@require_safe
def minute_enter(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    code = typed(request.GET.get("code", ""))
    if code.isascii() and code.isalnum():
        return redirect("minute", code)
    with _speaking(request, None):
        return render(request, "mentoring/minute_enter.html", {"length": LENGTH})


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def minute(request: HttpRequest, code: str) -> HttpResponse:
    """The questions, then the thanks with whom to talk to; 410 once the code has served or is too old.

    The thanks are the same whatever was answered: who looks over a shoulder, or is asked to talk, learns nothing.
    """
    if guesses_too_much(request):
        with _speaking(request, None):
            return render(request, "mentoring/minute_over.html", {"too_many": True}, status=429)
    found = minute_of(code, at=timezone.now())
    if found is None:
        count_wrong(request)
        with _speaking(request, None):
            return render(request, "mentoring/minute_over.html", status=410)
    with _speaking(request, found):
        return (_thanks if found.is_answered else _questions)(request, found, code)


def _questions(request: HttpRequest, found: Minute, code: str) -> HttpResponse:
    now, dyad = timezone.now(), found.dyad
    items = asked(items_of(dyad.board, on=dyad.board.day_of(now)), Audience.STUDENT)
    form = MinuteForm(items, request.POST if request.method == "POST" else None)
    if succeeded(form, lambda: answer_minute(minute=found, levels=form.levels(), at=now)):
        return redirect(_here(request, code))
    context = {"form": form, **_languages()}
    return render(request, "mentoring/minute.html", context, status=422 if form.is_bound else 200)


def _thanks(request: HttpRequest, found: Minute, code: str) -> HttpResponse:
    now = timezone.now()
    form = TalkForm(request.POST if request.method == "POST" and "talk" in request.POST else None)
    form.offer(adults_for(found.dyad, on=found.dyad.board.day_of(now)))
    if succeeded(form, lambda: ask_to_talk(minute=found, adult=form.adult, at=now)):
        return render(request, "mentoring/minute_done.html", {"adult": form.adult, **_languages()})
    context = {"form": form, **_languages()}
    return render(request, "mentoring/minute_thanks.html", context, status=422 if form.is_bound else 200)


def _here(request: HttpRequest, code: str) -> str:
    chosen = request.GET.get(LANGUAGE, "")
    return reverse("minute", args=[code]) + (f"?{LANGUAGE}={chosen}" if chosen in LOCALES else "")


def _speaking(request: HttpRequest, found: Minute | None) -> AbstractContextManager[object]:
    """The language chosen on the page, else the board's."""
    chosen = LOCALES.get(request.GET.get(LANGUAGE, ""))
    if chosen:
        return translation.override(chosen)
    return speaking(found.dyad.board) if found else nullcontext()


def _languages() -> dict[str, object]:
    """The other languages, each in its own words."""
    names, now = dict(settings.LANGUAGES), translation.get_language()
    return {"others": [(short, code) for short, code in LOCALES.items() if code != now and code in names]}
