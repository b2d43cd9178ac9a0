"""The groups: list, page, members, adults in charge."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.access import Role
from people.apart import tell_apart
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import done, page, posted
from programs.access import (
    group_programs_led_by,
    possible_leads,
    rights_on,
)
from programs.actions.slots import Slot
from programs.actions.structure import start_group
from programs.attendance import counts
from programs.charts import attendance_matrix, size_scale
from programs.forms.groups import GroupForm
from programs.gestures.kinds import made_of
from programs.gestures.verbs import entered_lately
from programs.log.credit import close_other_days, say_for_whom
from programs.log.day_choices import last_met
from programs.models import GroupLead, GroupMeeting, GroupMember, SupportGroup
from programs.models.groups import SupportGroupQuerySet
from programs.newcomers import hints_of
from programs.roles import schools_to_open_in
from programs.sizes import SizeBounds, bounds_of, shared, size_columns
from programs.teachers import tenures
from programs.views.gestures import undo_made

PAGE = 25
ENDED = "terminees"
FEED = 8
TO_COME = 3
READERS = (Role.RESOURCE_TEACHER, Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)


@require_safe
def groups(request: PersonRequest) -> HttpResponse:
    """The groups that the person may see, open or ended, a page at a time."""
    require_role(request.user, *READERS)
    on = request.user.local_date()
    leads = GroupLead.objects.active_on(on).select_related("person")
    ended = request.GET.get("etat") == ENDED
    seen = SupportGroup.objects.visible_to(request.user)
    rows = seen.filter(ends_on__lte=on) if ended else seen.exclude(ends_on__lte=on)
    rows = (
        rows.with_size(on)
        .annotate(last_met=last_met(on), **size_columns(on, program="program"))
        .select_related("program__school")
    )
    rows = rows.prefetch_related(Prefetch("leads", leads, to_attr="current_leads"))
    listed = _listed(rows, ended, request.GET.get("page"))
    context = {
        "listed": listed,
        "ended": ended,
        "shared": shared(map(SizeBounds.read, listed)),
        "may_start": group_programs_led_by(request.user).exists(),
        "schools": schools_to_open_in(request.user),
    }
    return render(request, "programs/groups.html", context)


@require_safe
def group(request: PersonRequest, pk: int) -> HttpResponse:
    """A group: size, members, attendance, adults in charge, meetings, findings."""
    user, on = request.user, request.user.local_date()
    row = get_object_or_404(SupportGroup.objects.visible_to(user).select_related("program__school"), pk=pk)
    rights = rights_on(user, row)
    members = tell_apart(row.members.active_on(on).select_related("student").order_by("student__given_key", "pk"))
    meetings = GroupMeeting.objects.visible_to(user).filter(group=row).annotate(**counts())
    past = (
        meetings.select_related("met_by", "logged_by")
        .filter(on__lte=on)
        .annotate(has_note=~Q(note=""))
        .order_by("-on", "-starts_at", "-pk")
    )
    feed = Paginator(past, FEED).get_page(request.GET.get("page"))
    close_other_days(row, feed, user)
    say_for_whom(row, feed)
    on_rows = _lately(members, on) if rights.run else {}
    context = on_rows | {
        "group": row,
        "members": members,
        "hints": hints_of([member.student for member in members], on, besides=row),
        "scale": size_scale(len({member.student_id for member in members}), bounds_of(row, on)),
        "matrix": attendance_matrix(row, members),
        "tenures": tenures(row),
        "timetables": row.timetables.active_on(on),
        "past": feed,
        "to_come": meetings.filter(on__gt=on, status=GroupMeeting.Status.PLANNED).order_by("on", "starts_at")[:TO_COME],
        "may_log": rights.log,
        "has_end": row.ends_on is not None and row.ends_on <= on,
        "may_structure": rights.run,
        "may_entrust": rights.run or rights.entrust,
        "former": _former(row, on) if rights.run else [],
    }
    return render(request, "programs/group.html", context)


@require_http_methods(["GET", "POST"])
def group_new(request: PersonRequest) -> HttpResponse:
    """Open a group in a programme that one answers for."""
    on = request.user.local_date()
    programs = group_programs_led_by(request.user)
    if not programs.exists():
        raise PermissionDenied
    form = GroupForm(posted(request), programs=programs, leads=possible_leads(programs, on), initial={"starts_on": on})

    def start() -> SupportGroup:
        given = form.cleaned_data
        names = ("program", "name", "lead", "starts_on", "last_on", "entry_uuid")
        said = {name: given[name] for name in names}
        return start_group(**said, slot=_slot(given), person=request.user, on=on)

    if new := done(form, start):
        words = _("Groupe %(name)s : il est ouvert. Ajoutez ses élèves.") % {"name": new.name}
        messages.success(request, words, extra_tags=undo_made(new))
        return redirect(new)
    return page(request, "programs/group_new.html", form)


def _lately(members: list[GroupMember], on: date) -> dict[str, Any]:
    """Who came in lately enough for it to be taken back as a mistake."""
    return {"lately": entered_lately(made_of(GroupMember), members, on)}


def _former(row: SupportGroup, on: date) -> list[GroupMember]:
    """The memberships that have ended, the latest first."""
    ended = row.members.filter(ends_on__lte=on).select_related("student")
    return tell_apart(ended.order_by("-ends_on", "-pk"))


def _listed(rows: SupportGroupQuerySet, ended: bool, page: str | None) -> Page[SupportGroup]:
    """A page of groups: those just ended first, those open as a person sorts names (« Élan » before « Passerelle »)."""
    if ended:
        return Paginator(rows.order_by("-ends_on", "pk"), PAGE).get_page(page)
    return Paginator(rows.order_by("program__school__name_key", "name_key", "pk"), PAGE).get_page(page)


def _slot(given: dict[str, Any]) -> Slot | None:
    if not given["weekday"]:
        return None
    return Slot(int(given["weekday"]), given["starts_at"], given["minutes"], given["place"])
