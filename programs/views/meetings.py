"""Log a group's meeting, correct it, undo it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.models import User
from people.requests import PersonRequest
from programs import actions, attendance
from programs.access import may_log, meetings_with_undone, refuse_other_day_to
from programs.actions.checks import is_late
from programs.comparison import KEPT_THEIRS, THEIRS, Comparison, compare, presence_lines
from programs.days import day_chips, likely_days, planned_that_day, weeks_to_choose
from programs.forms import OTHER, MeetingForm, NotHeldForm, ask_who_met, said_met_by
from programs.habits import habits
from programs.kinds import GROUP_KINDS
from programs.memory import history_of, presences, version_of
from programs.models import GroupMeeting, SupportGroup
from programs.views.banners import after_correction
from programs.views.doors import record_of


@require_http_methods(["GET", "POST"])
def group_log(request: PersonRequest, pk: int) -> HttpResponse:
    """Log a meeting of the group: today's, or that of the day in ``?le=``."""
    group = _loggable_group(request.user, pk)
    on = request.user.local_date()
    asked = _day_or_none(request.GET.get("le"))
    days = likely_days(group, on, asked)
    day = asked if asked in days else (days[0] if days else on)
    planned = planned_that_day(group, _posted_day(request) or day)
    initial = {"day": day.isoformat() if days else OTHER} | habits(group, on, planned)
    form = MeetingForm(
        _posted(request),
        days=day_chips(days, on),
        members=attendance.members_on(group, _posted_day(request) or day),
        asks_why=is_late(day, on),
        initial=initial,
    )
    form.offer_weeks(weeks_to_choose(group, on))
    _ask_who_met(form, group, day, request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            meeting = actions.log_group_meeting(
                group=group, person=request.user, on=on, entry_uuid=data["entry_uuid"], second=data["second"],
                **_facts(data), **_note(form, hidden=False),
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
        else:
            return _saved(request, meeting)
    return _entry(request, form, group=group, planned=planned)


@require_http_methods(["GET", "POST"])
def group_meeting_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct a meeting; one that still waits is logged on its group's page."""
    meeting = _loggable_meeting(request.user, pk)
    group, on = meeting.group, request.user.local_date()
    if request.method == "GET" and not meeting.is_logged:
        return redirect(f"{reverse('group_log', args=[group.pk])}?le={meeting.on.isoformat()}")
    hidden = _note_is_hidden(meeting)
    form = MeetingForm(
        _posted(request),
        days=day_chips(list(dict.fromkeys([meeting.on, on])), on),
        members=attendance.members_on(group, _posted_day(request) or meeting.on),
        initial=_as_logged(meeting),
    )
    form.offer_weeks(weeks_to_choose(group, on))
    _ask_who_met(form, group, meeting.on, request.user, meeting)
    if request.POST.get("choice") == THEIRS:
        return _kept_theirs(request, group)
    beside, seen = None, _seen(request, meeting)
    if request.method == "POST" and form.is_valid():
        try:
            _refuse_hidden_note(form, hidden)
            actions.edit_group_meeting(
                meeting=meeting, saved_at=seen, person=request.user, on=on, second=form.cleaned_data["second"],
                **_facts(form.cleaned_data), **_note(form, hidden),
            )  # fmt: skip
        except ValidationError as error:
            if now := _newer(request.user, pk, seen, error):
                beside, seen, hidden = _beside(now, form), now.saved_at, _note_is_hidden(now)
            form.refuse(error)
        else:
            return _corrected(request, meeting)
    stamp = seen.isoformat() if seen else ""
    return _entry(request, form, group=group, meeting=meeting, note_is_hidden=hidden, saved_at=stamp, comparison=beside)


@require_POST
def group_meeting_held(request: PersonRequest, pk: int) -> HttpResponse:
    """« Groupe complet », in one tap."""
    meeting = _loggable_meeting(request.user, pk)
    try:
        meeting = actions.hold_group_as_planned(meeting=meeting, person=request.user, on=request.user.local_date())
    except ValidationError as error:
        if hasattr(error, "error_dict") and "late_reason" in error.error_dict:
            messages.warning(request, " ".join(error.messages))
            return redirect("group_meeting_edit", pk)
        context = {"group": meeting.group, "sentences": error.messages, "meeting": meeting}
        return render(request, "programs/refused.html", context, status=422)
    return _saved(request, meeting)


@require_http_methods(["GET", "POST"])
def group_meeting_not_held(request: PersonRequest, pk: int) -> HttpResponse:
    """Say why a meeting did not take place; nobody's words are overwritten unseen."""
    meeting = _loggable_meeting(request.user, pk)
    hidden, on = _note_is_hidden(meeting), request.user.local_date()
    initial = {"reason": meeting.reason, "note": _readable(meeting), "late_reason": meeting.late_reason}
    asks_why = not meeting.is_logged and is_late(meeting.on, on)
    form = NotHeldForm(_posted(request), asks_why=asks_why, initial=initial)
    if request.POST.get("choice") == THEIRS:
        return _kept_theirs(request, meeting.group)
    beside, seen = None, _seen(request, meeting)
    if request.method == "POST" and form.is_valid():
        try:
            _refuse_hidden_note(form, hidden)
            logged = actions.mark_not_held(
                meeting=meeting, reason=form.cleaned_data["reason"], person=request.user,
                on=on, note=None if hidden else form.cleaned_data["note"],
                saved_at=seen, why_late=form.cleaned_data["late_reason"],
            )  # fmt: skip
        except ValidationError as error:
            if now := _newer(request.user, pk, seen, error):
                beside, seen, hidden, meeting = _beside_not_held(now, form), now.saved_at, _note_is_hidden(now), now
            form.refuse(error)
        else:
            return _corrected(request, logged) if _was_logged_before(logged) else _saved(request, logged)
    context = {"form": form, "meeting": meeting, "group": meeting.group, "note_is_hidden": hidden}
    context |= {"saved_at": seen.isoformat() if seen else "", "comparison": beside}
    return render(request, "programs/meeting_not_held.html", context, status=422 if form.errors else 200)


@require_POST
def group_meeting_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a log back, while the version in the address is the last one; a second press does no harm."""
    meeting = get_object_or_404(meetings_with_undone(request.user).select_related("group"), pk=pk)
    if not may_log(request.user, meeting.group):
        raise PermissionDenied
    refuse_other_day_to(request.user, meeting.group, meeting.on)
    named = request.GET.get("version", "")[:18]  # more digits are no row of ours
    version = int(named) if named.isdecimal() else None
    undone = actions.undo(meeting=meeting, person=request.user, on=request.user.local_date(), version=version)
    words = {"name": meeting.group.name}
    if not undone:
        messages.info(request, _("Il n’y a plus rien à annuler pour cette rencontre."))
    elif meeting.planned:
        messages.info(request, _("Groupe %(name)s : la rencontre attend de nouveau d’être consignée.") % words)
    else:
        messages.info(request, _("Groupe %(name)s : la rencontre est retirée.") % words)
    return _back(request, meeting.group)


def _loggable_group(user: User, pk: int) -> SupportGroup:
    """A stranger gets 404, the right person in another role 403."""
    group = get_object_or_404(SupportGroup.objects.visible_to(user).select_related("program"), pk=pk)
    if not may_log(user, group):
        raise PermissionDenied
    return group


def _loggable_meeting(user: User, pk: int) -> GroupMeeting:
    rows = GroupMeeting.objects.visible_to(user).select_related("group__program")
    meeting = record_of(GROUP_KINDS["rencontre-groupe"], user, rows, pk)
    if not may_log(user, meeting.group):
        raise PermissionDenied
    return meeting


def _note_is_hidden(meeting: GroupMeeting) -> bool:
    """A confidential note whose text the person can't read: then they can't replace it either."""
    return not _readable(meeting) and meeting.holds_confidence


def _readable(meeting: GroupMeeting) -> str:
    """The note as ``visible_to`` lets the person read it."""
    return str(getattr(meeting, "readable_note"))  # noqa: B009 (an annotation, unknown to the model)


def _as_logged(meeting: GroupMeeting) -> dict[str, Any]:
    words = attendance.said(meeting)
    named = {
        "absent": attendance.AWAY,
        "late": (attendance.Status.LATE,),
        "excused": (attendance.Status.EXCUSED,),
    }
    return {
        "day": meeting.on.isoformat(),
        "minutes": str(meeting.minutes) if meeting.minutes else None,
        "activities": meeting.activities,
        **{field: [str(pk) for pk, word in words.items() if word in status] for field, status in named.items()},
        "late_reason": meeting.late_reason,
        "note": _readable(meeting),
        "note_level": meeting.note_level,
    }


def _seen(request: PersonRequest, meeting: GroupMeeting) -> datetime | None:
    """The instant of the version that the person had before their eyes when they opened the form."""
    return _instant(request.POST.get("saved_at")) if request.method == "POST" else meeting.saved_at


def _newer(user: User, pk: int, seen: datetime | None, error: ValidationError) -> GroupMeeting | None:
    """What someone else logged since ``seen``, read again: the view's copy may be older than their save."""
    now = _loggable_meeting(user, pk)
    return now if now.saved_at != seen and (now.is_logged or isinstance(error, actions.Conflict)) else None


def _kept_theirs(request: PersonRequest, group: SupportGroup) -> HttpResponse:
    messages.info(request, KEPT_THEIRS)
    return _back(request, group)


def _beside(theirs: GroupMeeting, form: MeetingForm) -> Comparison:
    """What was typed beside what someone else saved meanwhile, presences included."""
    data = form.cleaned_data
    values = {"status": GroupMeeting.Status.HELD, "on": data["met_on"], "minutes": data["how_long"]}
    values |= {"activities": data["activities"], "late_reason": data["late_reason"]}
    values |= _note(form, hidden=False)
    away = attendance.Away(**{name: [int(pk) for pk in data[name]] for name in ("absent", "late", "excused")})
    return compare(theirs, values, *presence_lines(away.by_student(), presences(theirs)))


def _beside_not_held(theirs: GroupMeeting, form: NotHeldForm) -> Comparison:
    """The same, of a meeting that was not held: what is typed says nothing of anybody's presence."""
    values = {name: form.cleaned_data[name] for name in ("reason", "late_reason", "note")}
    values |= {"status": GroupMeeting.Status.NOT_HELD, "note_level": theirs.note_level}
    return compare(theirs, values, *(replace(line, yours="") for line in presence_lines({}, presences(theirs))))


def _refuse_hidden_note(form: MeetingForm | NotHeldForm, hidden: bool) -> None:
    """Refuse words typed for a note that became someone else's confidence meanwhile, rather than drop them."""
    if hidden and form.cleaned_data["note"]:
        raise ValidationError(
            {
                "note": _(
                    "Une autre personne a rendu la note confidentielle entre-temps\u00a0: la vôtre n’a pas été "
                    "ajoutée. Copiez vos mots au besoin, puis enregistrez sans note."
                )
            }
        )


def _was_logged_before(meeting: GroupMeeting) -> bool:
    """Whether the last change corrected a log, rather than logged what waited."""
    before = history_of(meeting).values_list("status", flat=True)[1:2]
    return any(status != GroupMeeting.Status.PLANNED for status in before)


def _ask_who_met(
    form: MeetingForm, group: SupportGroup, day: date, user: User, meeting: GroupMeeting | None = None
) -> None:
    """On days when someone stood in for the group's lead."""
    if rows := list(group.substitutes.select_related("person")):
        lead = group.leads.active_on(day).select_related("person").first()
        ask_who_met(form, rows, person=user, usual=lead.person if lead else None, record=meeting)


def _note(form: MeetingForm, hidden: bool) -> dict[str, Any]:
    return {} if hidden else {name: form.cleaned_data[name] for name in ("note", "note_level")}


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    """What log and correction both take."""
    return {
        "met_on": data["met_on"],
        "minutes": data["how_long"],
        "activities": data["activities"],
        "why_late": data["late_reason"],
        **{name: data[name] for name in ("absent", "late", "excused")},
        "met_by": said_met_by(data),
    }


def _entry(request: PersonRequest, form: MeetingForm, **context: Any) -> HttpResponse:
    return render(request, "programs/meeting_log.html", context | {"form": form}, status=422 if form.errors else 200)


def _saved(request: PersonRequest, meeting: GroupMeeting) -> HttpResponse:
    undo, edit = (reverse(f"group_meeting_{verb}", args=[meeting.pk]) for verb in ("undo", "edit"))
    undo += f"?version={version_of(meeting)}"
    words = _("Groupe %(name)s : rencontre enregistrée.") % {"name": meeting.group.name}
    if meeting.met_by_id not in (None, request.user.pk):
        names = {"name": meeting.group.name, "person": meeting.met_by}
        words = _("Groupe %(name)s\u00a0: rencontre enregistrée au nom de %(person)s.") % names
    messages.success(request, words, extra_tags=f"undo:{undo}|edit:{edit}")
    return _back(request, meeting.group)


def _corrected(request: PersonRequest, meeting: GroupMeeting) -> HttpResponse:
    words = _("Groupe %(name)s\u00a0: modification enregistrée.") % {"name": meeting.group.name}
    tags = after_correction("rencontre-groupe", meeting, reverse("group_meeting_edit", args=[meeting.pk]))
    messages.success(request, words, extra_tags=tags)
    return redirect("week")


def _back(request: PersonRequest, group: SupportGroup) -> HttpResponse:
    """To the group's page when the button was there, else to the week."""
    return redirect("group", group.pk) if request.POST.get("back") == "group" else redirect("week")


def _posted(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _posted_day(request: PersonRequest) -> date | None:
    """The day that was chosen or typed, when it is one: its members are the ones to show."""
    typed = request.POST.get("day")
    return _day_or_none(request.POST.get("other_on") if typed == OTHER else typed)


def _day_or_none(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _instant(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None
