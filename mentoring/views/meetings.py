"""Logging a dyad's meeting: one tap, or a short page; correcting it, and taking it back."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring import actions
from mentoring.forms import HeldForm, NotHeldForm, ReasonForm
from mentoring.forms.entries import USUAL_MINUTES, NoteForm
from mentoring.forms.fields import OTHER
from mentoring.habits import habits, usual_days, weeks_to_choose
from mentoring.models import Dyad, DyadMeeting
from mentoring.views.doors import dyad_to_log, meeting_to_log, meeting_to_undo
from people.requests import PersonRequest
from programs.actions.checks import is_late
from programs.actions.conflicts import Conflict
from programs.comparison import KEPT_THEIRS, THEIRS, Comparison, compare
from programs.forms import ask_who_met

NOT_HELD = "non-tenue"
Typed = dict[str, Any]


def dyad_log(request: PersonRequest, pk: int) -> HttpResponse:
    """Log a meeting or a contact of a dyad, held or not."""
    dyad = dyad_to_log(request.user, pk)
    on = request.user.local_date()
    held = request.GET.get("etat") != NOT_HELD
    initial = {"entry_uuid": uuid.uuid4(), "day": on.isoformat()} | (as_chips(habits(dyad, on)) if held else {})
    form = _form(held)(_posted(request), dyad=dyad, on=on, usual=usual_days(dyad, on), initial=initial)
    form.offer_weeks(weeks_to_choose(dyad, on))
    _ask_who_met(form, request, dyad)
    if form.is_valid():
        try:
            said = {name: form.cleaned_data[name] for name in ("entry_uuid", "second")}
            meeting = actions.log_meeting(dyad=dyad, entry=form.entry(), person=request.user, on=on, **said)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return saved(request, meeting)
    return _entry_page(request, form, dyad=dyad, held=held)


def meeting_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Log a planned meeting otherwise than planned, or correct a logged one; nobody's words are overwritten unseen."""
    meeting, on = meeting_to_log(request.user, pk), request.user.local_date()
    wanted = request.GET.get("etat")
    held = wanted != NOT_HELD if wanted else meeting.status != DyadMeeting.Status.NOT_HELD
    usual = sorted({meeting.on, *usual_days(meeting.dyad, on)} - {on}, reverse=True)
    form = _form(held)(
        _posted(request),
        dyad=meeting.dyad,
        on=on,
        usual=tuple(day for day in usual if day < on),
        note_hidden=_note_hidden(meeting),
        asks_why=_comes_late(meeting, on),
        initial=as_typed(meeting, on),
    )
    form.offer_weeks(weeks_to_choose(meeting.dyad, on))
    _ask_who_met(form, request, meeting.dyad, meeting)
    beside = None
    if request.POST.get("choice") == THEIRS:
        return _keep_theirs(request, meeting.dyad)
    if form.is_valid():
        try:
            changed = actions.edit_meeting(
                meeting=meeting, entry=form.entry(), person=request.user, on=on, saved_at=form.saved_instant(),
                second=form.cleaned_data["second"],
            )  # fmt: skip
            return saved(request, changed)
        except ValidationError as refusal:
            form.refuse(refusal)
        except actions.ChangedMeanwhile:
            meeting = meeting_to_log(request.user, pk)  # read again: the copy above precedes their save
            beside = compare(meeting, form.entry().values())
            form.refuse(Conflict(meeting))
    return _entry_page(request, form, dyad=meeting.dyad, held=held, meeting=meeting, beside=beside)


def meeting_not_held(request: PersonRequest, pk: int) -> HttpResponse:
    """Say why a planned meeting did not take place: one choice; nobody's words are overwritten unseen."""
    meeting, on = meeting_to_log(request.user, pk), request.user.local_date()
    form = ReasonForm(
        _posted(request),
        note_hidden=_note_hidden(meeting),
        asks_why=_comes_late(meeting, on),
        initial=_said_of(meeting),
    )
    beside = None
    if request.POST.get("choice") == THEIRS:
        return _keep_theirs(request, meeting.dyad)
    if form.is_valid():
        said = {"reason": form.cleaned_data["reason"], "late": form.cleaned_data["late_reason"]} | form.said_of_note()
        said |= {"saved_at": form.saved_instant()}
        try:
            return saved(request, actions.mark_not_held(meeting=meeting, person=request.user, on=on, **said))
        except ValidationError as refusal:
            form.refuse(refusal)
        except actions.ChangedMeanwhile:
            meeting = meeting_to_log(request.user, pk)
            beside = compare(meeting, form.entry_of(meeting.on).values())
            form.refuse(Conflict(meeting))
    return _entry_page(request, form, dyad=meeting.dyad, held=False, meeting=meeting, beside=beside)


@require_POST
def meeting_held(request: PersonRequest, pk: int) -> HttpResponse:
    """« Tenue comme prévu », in one tap."""
    meeting = meeting_to_log(request.user, pk)
    try:
        held = actions.hold_as_planned(meeting=meeting, person=request.user, on=request.user.local_date())
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        if hasattr(refusal, "error_dict") and "late_reason" in refusal.error_dict:
            return redirect("meeting_edit", pk)
        return back(request, meeting.dyad)
    return saved(request, held)


@require_POST
def meeting_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back the last change of a meeting, once."""
    meeting = meeting_to_undo(request.user, pk)
    version = request.GET.get("version", "")[:18]  # more digits are no row of ours
    on = request.user.local_date()
    undone = actions.undo(
        meeting=meeting, person=request.user, on=on, version=int(version) if version.isdecimal() else None
    )
    if undone:
        messages.info(request, _("C’est annulé : la rencontre est revenue à son état précédent."))
    else:
        messages.info(request, _("Il n’y a plus rien à annuler pour cette rencontre."))
    return back(request, meeting.dyad)


def saved(request: PersonRequest, meeting: DyadMeeting) -> HttpResponse:
    """Say that it is saved, how to take it back, and go where the person was."""
    undo = f"{reverse('meeting_undo', args=[meeting.pk])}?version={actions.version_of(meeting)}"
    edit = reverse("meeting_edit", args=[meeting.pk])
    said = _("Contact enregistré.") if meeting.is_contact else _("Rencontre enregistrée.")
    if meeting.met_by_id not in (None, request.user.pk):
        said = _("Rencontre enregistrée au nom de %(name)s.") % {"name": meeting.met_by}
    messages.success(request, said, extra_tags=f"undo:{undo}|edit:{edit}")
    return back(request, meeting.dyad)


def back(request: PersonRequest, dyad: Dyad) -> HttpResponse:
    """To the dyad's page when the form says so, else to the week."""
    if "dyade" in (request.POST.get("retour"), request.GET.get("retour")):
        return redirect("dyad", dyad.pk)
    return redirect("week")


def as_chips(values: Typed) -> Typed:
    """Values as the form's chips want them."""
    minutes = values.get("minutes")
    if "structured" in values:
        values |= {"structured": {True: "yes", False: "no"}.get(values["structured"], "")}
    if minutes in (None, *USUAL_MINUTES):
        return values | {"minutes": str(minutes or "")}
    return values | {"minutes": OTHER, "other_minutes": minutes}


def as_typed(meeting: DyadMeeting, on: date) -> Typed:
    """What the form shows of a meeting: what was logged, or what the plan and the dyad's habits lead to expect."""
    shown: Typed = {"entry_uuid": meeting.entry_uuid, "day": min(meeting.on, on).isoformat()} | _said_of(meeting)
    if meeting.is_logged:
        names = ("minutes", "channel", "activity", "chosen_by", "topic", "setting", "structured")
        return shown | as_chips({name: getattr(meeting, name) for name in names})
    usual = habits(meeting.dyad, on)
    return shown | as_chips(usual | {"minutes": meeting.minutes or usual["minutes"]})


def _said_of(meeting: DyadMeeting) -> Typed:
    """What was said already, whatever the outcome."""
    said: Typed = {"reason": meeting.reason, "late_reason": meeting.late_reason}
    return said | {"note": getattr(meeting, "readable_note", ""), "note_level": meeting.note_level}


def _keep_theirs(request: PersonRequest, dyad: Dyad) -> HttpResponse:
    """After a comparison: what someone else saved stays."""
    messages.info(request, KEPT_THEIRS)
    return back(request, dyad)


def _form(held: bool) -> type[HeldForm] | type[NotHeldForm]:
    return HeldForm if held else NotHeldForm


def _posted(request: PersonRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _note_hidden(meeting: DyadMeeting) -> bool:
    """Whether the note is someone else's confidence: then the form neither shows nor replaces it."""
    return not getattr(meeting, "readable_note", "") and meeting.holds_confidence


def _ask_who_met(
    form: HeldForm | NotHeldForm, request: PersonRequest, dyad: Dyad, meeting: DyadMeeting | None = None
) -> None:
    """On days when someone stood in for the mentor; what did not take place was held by nobody."""
    if isinstance(form, HeldForm):
        rows = list(dyad.substitutes.select_related("person"))
        ask_who_met(form, rows, person=request.user, usual=dyad.mentor.person, record=meeting)


def _comes_late(meeting: DyadMeeting, on: date) -> bool:
    """Whether logging it now asks for a reason."""
    return not meeting.is_logged and is_late(meeting.on, on)


def _entry_page(
    request: PersonRequest,
    form: NoteForm,
    *,
    dyad: Dyad,
    held: bool,
    meeting: DyadMeeting | None = None,
    beside: Comparison | None = None,
) -> HttpResponse:
    """The form, as typed; after a clash, beside what someone else saved, and ready to be sent knowingly."""
    sent = request.POST.get("saved_at", "")
    if meeting is not None and (beside is not None or not form.is_bound):
        sent = meeting.saved_at.isoformat()
    page = {"form": form, "dyad": dyad, "held": held, "meeting": meeting, "comparison": beside, "saved_at": sent}
    template = "mentoring/not_held.html" if type(form) is ReasonForm else "mentoring/entry.html"
    return render(request, template, page, status=422 if form.is_bound else 200)
