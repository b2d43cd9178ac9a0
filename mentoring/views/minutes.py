"""The minute for adults: offering it, answering one's own, what a programme is told, a board's questions, talks."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.access import dyad_to_answer, dyad_to_log
from mentoring.actions.minutes import (
    add_item,
    answer_own_minute,
    ask_item,
    has_answered,
    hear_talk,
    offer_minute,
    open_minutes,
)
from mentoring.forms.minutes import ItemForm, MinuteForm
from mentoring.minutes.items import asked, items_of
from mentoring.minutes.summary import summary
from mentoring.models import TalkRequest
from mentoring.models.minutes import Audience
from people.access import Role
from people.emails import address
from people.models import SchoolBoard
from people.requests import PersonRequest
from people.shortcuts import get_or_refuse, require_role
from people.views.forms import page, posted, succeeded
from programs.models import Program

LATEST_TALKS = 50


@require_http_methods(["GET", "POST"])
def dyad_minute(request: PersonRequest, pk: int) -> HttpResponse:
    """« La minute de l’élève »: on this device at once, or by a code on another."""
    dyad, on = dyad_to_log(request.user, pk), request.user.local_date()
    context = {"dyad": dyad, "answered": has_answered(dyad, Audience.STUDENT, on), "on": on}
    context["is_asked"] = dyad.program.asks_minutes(on)
    if request.method == "GET":
        return render(request, "mentoring/dyad_minute.html", context)
    try:
        code = offer_minute(dyad=dyad, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("dyad_minute", pk)
    if "ici" in request.POST:
        return redirect("minute", code)
    context |= {"code": code, "link": address("minute", code), "enter": address("minute_enter")}
    return render(request, "mentoring/dyad_minute.html", context)


@require_http_methods(["GET", "POST"])
def dyad_own_minute(request: PersonRequest, pk: int) -> HttpResponse:
    """« Ma minute », of the dyad's mentor; a low answer offers a talk with who answers for the programme."""
    dyad, on = dyad_to_answer(request.user, pk), request.user.local_date()
    form = MinuteForm(asked(items_of(dyad.board, on=on), Audience.MENTOR), posted(request))
    if succeeded(form, lambda: answer_own_minute(dyad=dyad, levels=form.levels(), on=on)):
        messages.success(request, _("Merci. Votre réponse est comptée, sans votre nom."))
        if not form.is_low:
            return redirect(dyad)
        may_doubt = dyad.program.follows_calls(on)
        return render(request, "mentoring/own_minute_low.html", {"dyad": dyad, "may_doubt": may_doubt})
    answered = has_answered(dyad, Audience.MENTOR, on)
    return page(request, "mentoring/own_minute.html", form, dyad=dyad, answered=answered, on=on)


@require_http_methods(["GET", "POST"])
def program_minutes(request: PersonRequest, pk: int) -> HttpResponse:
    """What the programme's students and mentors answered in the months that are over; opened and closed here."""
    user, on = request.user, request.user.local_date()
    seen = Program.objects.visible_to(user).select_related("school", "board")
    program = get_or_refuse(seen, Program.objects.led_by(user), pk)
    if program.domain != Program.Domain.MENTORING:
        raise Http404
    if request.method == "POST":
        is_open = request.POST.get("etat") == "ouverte"
        open_minutes(program=program, since=on if is_open else None, person=user)
        messages.success(request, _("La minute est ouverte.") if is_open else _("La minute est fermée."))
        return redirect("program_minutes", pk)
    told = summary(user, program.board, program=program, on=on)
    return render(request, "mentoring/program_minutes.html", {"program": program, "months": told, "on": on})


@require_http_methods(["GET", "POST"])
def minute_items(request: PersonRequest) -> HttpResponse:
    """A board's questions, and what its programmes answered together."""
    user, on = request.user, request.user.local_date()
    board = _board(request)
    form = ItemForm(posted(request))
    if succeeded(form, lambda: add_item(board=board, person=user, on=on, **form.cleaned_data)):
        messages.success(request, _("La question est ajoutée."))
        return redirect("minute_items")
    items = [(label, [one for one in items_of(board, on=on) if one.audience == of]) for of, label in Audience.choices]
    return page(
        request, "mentoring/minute_items.html", form, items=items, months=summary(user, board, program=None, on=on)
    )


@require_POST
def minute_item(request: PersonRequest, code: str) -> HttpResponse:
    """Leave one question out, or ask it again."""
    wanted = request.POST.get("etat") == "posee"
    try:
        ask_item(board=_board(request), code=code, wanted=wanted, person=request.user, on=request.user.local_date())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("minute_items")


def _board(request: PersonRequest) -> SchoolBoard:
    require_role(request.user, Role.BOARD_ADMIN)
    boards = SchoolBoard.objects.visible_to(request.user)
    return get_object_or_404(boards.filter(request.user.access.within(Role.BOARD_ADMIN, board="pk")).order_by("pk")[:1])


@require_safe
def talks(request: PersonRequest) -> HttpResponse:
    """The students who would like to talk to the person."""
    rows = TalkRequest.objects.visible_to(request.user).select_related("student", "program__school")
    context = {"waiting": rows.waiting(), "heard": rows.filter(heard_on__isnull=False)[:LATEST_TALKS]}
    return render(request, "mentoring/talks.html", context)


@require_POST
def talk_heard(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that one has talked with the student, or take it back."""
    talk = get_object_or_404(TalkRequest.objects.visible_to(request.user), pk=pk)
    heard = request.GET.get("etat") != "a-faire"
    hear_talk(talk=talk, on=request.user.local_date(), heard=heard)
    if heard:
        messages.success(request, _("C’est noté."), extra_tags=f"undo:{reverse('talk_heard', args=[pk])}?etat=a-faire")
    return redirect("talks")
