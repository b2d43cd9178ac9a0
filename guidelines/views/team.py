"""« Rencontre d’équipe »: the agenda of a programme, what is decided, and what became of it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guidelines.attention_words import clauses
from guidelines.audit_verbs import TEAM_MEETING_DOWNLOADED
from guidelines.models import AgendaItem, TeamMeeting
from guidelines.models.team import READERS
from guidelines.team.agenda import Agenda, Point, Why, agenda, readable
from guidelines.team.deeds import SAID, About, decide, note_present, settle_item, standing
from guidelines.team.forms import DecisionForm, PresentForm, adults_of
from mentoring.models import Dyad, Referral
from people import audit
from people.apart import tell_apart
from people.fields import day_or_none
from people.models import Student, User
from people.pdf import pdf_page
from people.requests import PersonRequest
from people.shortcuts import get_or_refuse, require_role
from people.views.forms import page, posted, succeeded
from programs.models import Program, SupportGroup

MOST_DAYS = 12


@require_safe
def team_meetings(request: PersonRequest) -> HttpResponse:
    """The programmes that have an agenda for the person; the only one, at once."""
    user, on = request.user, request.user.local_date()
    require_role(user, *READERS)
    programs = list(Program.objects.visible_to(user).running(on).select_related("school").order_by("name_key", "pk"))
    if len(programs) == 1:
        return redirect("team_meeting", programs[0].pk)
    return render(request, "guidelines/team_meetings.html", {"programs": programs})


@require_http_methods(["GET", "POST"])
def team_meeting(request: PersonRequest, pk: int) -> HttpResponse:
    """The agenda of today, or what was decided on an earlier day; POST says who is there."""
    user, on = request.user, request.user.local_date()
    program = _program(user, pk)
    if request.method == "POST":
        program = _to_run(user, pk)
    day = _day(request, on)
    if day != on:
        return render(request, "guidelines/team_past.html", _past(program, user, day))
    shown = agenda(program, user, on=on)
    form = PresentForm(posted(request), initial={"present": shown.meeting.present if shown.meeting else ""})
    form.watch(*([shown.meeting] if shown.meeting else []), back=reverse("team_meeting", args=[pk]))
    if succeeded(form, lambda: note_present(program=program, present=form.cleaned_data["present"], person=user, on=on)):
        messages.success(request, _("C’est noté."))
        return redirect("team_meeting", pk)
    past = TeamMeeting.objects.visible_to(user).filter(program=program, on__lt=on)[:MOST_DAYS]
    runs = Program.objects.led_by(user).filter(pk=pk).exists()
    context = {"program": program, "agenda": shown, "may_run": runs, "past": past, "clauses": clauses(shown.found)}
    return page(request, "guidelines/team_meeting.html", form, **context)


@require_safe
def team_meeting_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The same, to keep; remembered by the journal before it leaves."""
    user, on = request.user, request.user.local_date()
    program, day = _program(user, pk), _day(request, on)
    if day == on:
        shown = agenda(program, user, on=on)
        meeting, tables = shown.meeting, shown.tables
    else:
        past = _past(program, user, day)
        meeting = past["meeting"]
        tables = [(_("Décisions"), [(item.name, item.known, item) for item in past["items"]])]
    context = {"program": program, "day": day, "today": on, "meeting": meeting, "tables": tables}
    audit.record(board=program.board, person=user, verb=TEAM_MEETING_DOWNLOADED, subject=program)
    name = f"rencontre-equipe-{day:%Y-%m-%d}.pdf"
    return pdf_page(request, "guidelines/team_pdf.html", context, read_on=on, file_name=name)


@require_safe
def team_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Any open relation or group of the programme that one sees, to put on the agenda."""
    user, on = request.user, request.user.local_date()
    program = _to_run(user, pk)
    dyads = tell_apart(Dyad.objects.visible_to(user).open_on(on).filter(program=program).with_people())
    groups = SupportGroup.objects.visible_to(user).active_on(on).filter(program=program).order_by("name_key", "pk")
    return render(request, "guidelines/team_add.html", {"program": program, "dyads": dyads, "groups": groups})


@require_http_methods(["GET", "POST"])
def team_item(request: PersonRequest, pk: int, kind: str, subject: int) -> HttpResponse:
    """Decide of one relation, group or student who waits: what, who, by when."""
    user, on = request.user, request.user.local_date()
    program = _to_run(user, pk)
    point = _point(agenda(program, user, on=on), program, user, kind, subject)
    item = standing(program, kind, subject, on)
    initial = {name: getattr(item, name) for name in SAID} if item else {}
    form = DecisionForm(
        posted(request), adults=adults_of(program, user, item.who_id if item else None), initial=initial
    )
    form.watch(*([item] if item else []), back=reverse("team_item", args=[pk, kind, subject]))
    about = About(program, kind, subject, point.facts)
    if succeeded(form, lambda: decide(about=about, person=user, on=on, said=form.said())):
        messages.success(request, _("La décision est notée."))
        return redirect("team_meeting", pk)
    return page(request, "guidelines/team_item.html", form, program=program, point=point, item=item)


@require_POST
def team_settle(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what became of a decision: done, postponed, dropped, or to do again."""
    user, on = request.user, request.user.local_date()
    seen = AgendaItem.objects.visible_to(user).select_related("meeting")
    item = get_or_refuse(seen, seen.filter(meeting__program__in=Program.objects.led_by(user)), pk)
    state, shown = _said(request, "state"), _said(request, "seen")
    if state not in AgendaItem.State.values:
        messages.info(request, _("Choisissez\u00a0: fait, reporté ou abandonné."))
        return redirect("team_meeting", item.meeting.program_id)
    try:
        changed = settle_item(item=item, state=state, seen=shown, person=user, on=on)
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        undo = urlencode({"state": item.state, "seen": state})
        tags = f"undo:{reverse('team_settle', args=[pk])}?{undo}" if changed else ""
        messages.success(request, _("C’est noté."), extra_tags=tags)
    return redirect("team_meeting", item.meeting.program_id)


def _said(request: PersonRequest, name: str) -> str:
    """From the button, or from the address by which a press is undone."""
    return request.POST.get(name) or request.GET.get(name, "")


def _program(user: User, pk: int) -> Program:
    require_role(user, *READERS)
    return get_object_or_404(Program.objects.visible_to(user).select_related("school", "board"), pk=pk)


def _to_run(user: User, pk: int) -> Program:
    seen = Program.objects.visible_to(user).select_related("school", "board")
    return get_or_refuse(seen, Program.objects.led_by(user), pk)


def _day(request: PersonRequest, on: date) -> date:
    """The earlier day that is asked for, else today."""
    return min(day_or_none(request.GET.get("jour")) or on, on)


def _past(program: Program, user: User, day: date) -> dict[str, Any]:
    held = TeamMeeting.objects.visible_to(user).filter(program=program, on=day).order_by("pk")
    if (meeting := held.first()) is None:
        raise Http404
    items = readable(AgendaItem.objects.visible_to(user).filter(meeting__in=held).order_by("pk"), program, user)
    return {"program": program, "meeting": meeting, "items": items, "day": day}


def _point(shown: Agenda, program: Program, user: User, kind: str, pk: int) -> Point:
    """As the agenda has it, or one that is added to it; 404 for what is not the programme's, or not seen."""
    if point := shown.point(kind, pk):
        return point
    rows: dict[str, Any] = {
        "dyad": Dyad.objects.visible_to(user).filter(program=program).with_people(),
        "group": SupportGroup.objects.visible_to(user).filter(program=program),
        "student": Student.objects.filter(
            pk__in=Referral.objects.visible_to(user).filter(program=program).values("student")
        ),
    }
    if kind not in rows:
        raise Http404
    return Point(kind, get_object_or_404(rows[kind], pk=pk), Why.ADDED)
