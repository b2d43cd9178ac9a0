"""« Ma semaine », and the choice of what to log."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.elsewhere import count_elsewhere, waiting_elsewhere
from mentoring.forms.meetings import FEWEST
from mentoring.models import DyadMeeting
from mentoring.week import agenda, own_meetings
from people.access import Role
from people.apart import tell_apart
from people.models import User
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import number
from programs.log.history import version_of
from programs.log.verbs import hold, undo
from programs.log.views.history import LOGGERS
from programs.models import GroupMeeting, MeetingRecord

ANSWERABLE = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)
FIRST_ELSEWHERE = 8
"""How many rows of others one's own week unfolds."""
MOST = 50
"""Dyads, and groups, to choose from on one page: more are found by name."""


@require_safe
def week(request: PersonRequest) -> HttpResponse:
    """The person's own meetings; how many relations wait with others, for who answers for them."""
    user, on = request.user, request.user.local_date()
    require_role(user, *LOGGERS)
    answers = user.access.holds(*ANSWERABLE)
    page: dict[str, Any] = {"agenda": agenda(user, on=on), "on": on, "answers": answers}
    page["may_be_away"] = user.access.holds(Role.RESOURCE_TEACHER)
    if answers:
        page["elsewhere"] = count_elsewhere(user, on=on)
    return render(request, "mentoring/week.html", page)


@require_safe
def elsewhere(request: PersonRequest) -> HttpResponse:
    """What was planned with other adults and waits to be logged, a page at a time; the first ones, to unfold a week."""
    require_role(request.user, *ANSWERABLE)
    on = request.user.local_date()
    if request.htmx and not request.htmx.boosted:
        first = waiting_elsewhere(request.user, on=on, size=FIRST_ELSEWHERE)
        return render(request, "mentoring/_elsewhere_first.html", {"first": first})
    listed = waiting_elsewhere(request.user, on=on, number=request.GET.get("page"))
    return render(request, "mentoring/elsewhere.html", {"listed": listed, "on": on})


@require_http_methods(["GET", "POST"])
def hold_today(request: PersonRequest) -> HttpResponse:
    """List one's own meetings planned today; log those left ticked as held. What can't be is said, the rest kept."""
    require_role(request.user, *LOGGERS)
    on = request.user.local_date()
    if request.method == "GET":
        return render(request, "mentoring/hold_today.html", {"slots": agenda(request.user, on=on).open, "on": on})
    held: dict[str, int] = {}
    refused = 0
    for kind, meeting in list(own_meetings(request.user, on=on)):
        if _mark(meeting) not in request.POST.getlist("rencontre"):
            continue
        try:
            hold(kind=kind, record=meeting, person=request.user, on=on)
            held[_mark(meeting)] = version_of(meeting)
        except ValidationError as refusal:
            refused += 1
            messages.warning(request, " ".join(refusal.messages))
    if held:
        said = ngettext("%(count)s rencontre enregistrée.", "%(count)s rencontres enregistrées.", len(held))
        undo = f"undo:{reverse('hold_today_undo')}?{urlencode(held)}"
        messages.success(request, said % {"count": len(held)}, extra_tags=undo)
    elif not refused:
        messages.info(request, _("Aucune rencontre n’a été confirmée."))
    return redirect("week")


@require_POST
def hold_today_undo(request: PersonRequest) -> HttpResponse:
    """Take back what was confirmed together and has not changed since; a second press does no harm."""
    require_role(request.user, *LOGGERS)
    on, count = request.user.local_date(), 0
    for kind, meeting in list(own_meetings(request.user, on=on, status="held")):
        if version := number(request.GET.get(_mark(meeting))):
            count += undo(kind=kind, record=meeting, person=request.user, on=on, version=version)
    said = ngettext(
        "C’est annulé\u00a0: %(count)s rencontre attend de nouveau d’être consignée.",
        "C’est annulé\u00a0: %(count)s rencontres attendent de nouveau d’être consignées.",
        count,
    )
    messages.info(request, said % {"count": count} if count else _("Il n’y a plus rien à annuler."))
    return redirect("week")


def _mark(meeting: MeetingRecord) -> str:
    """How the page of confirmation names a meeting: « d12 », « g3 »."""
    return f"{meeting.OWNER[0]}{meeting.pk}"


@require_safe
def log(request: PersonRequest) -> HttpResponse:
    """Choose a dyad or a group to log: those with a meeting planned today first, then one's own; others by search."""
    require_role(request.user, *LOGGERS)
    user, on = request.user, request.user.local_date()
    chosen = _to_log(DyadMeeting, user, on, "student__given_key")
    led = _to_log(GroupMeeting, user, on, "name_key")
    page: dict[str, Any] = {"dyads": chosen[:MOST], "groups": led[:MOST], "more": len(chosen) > MOST or len(led) > MOST}
    page["together"] = len([dyad for dyad in chosen if dyad.is_own]) >= FEWEST
    return render(request, "mentoring/log.html", page)


def _to_log(meetings: type[MeetingRecord], user: User, on: date, by: str) -> list[Any]:
    """The dyads, or the groups, that the person logs; one more than the page shows."""
    relations = meetings.relation_model().objects
    due = meetings.objects.kept().filter(**{meetings.OWNER: OuterRef("pk")}, on=on, status="planned")
    own = relations.entrusted_to(user).filter(pk=OuterRef("pk"))
    rows = relations.loggable_by(user).active_on(on).with_people().annotate(due=Exists(due), is_own=Exists(own))
    return tell_apart(rows.order_by("-due", "-is_own", by, "pk")[: MOST + 1])
