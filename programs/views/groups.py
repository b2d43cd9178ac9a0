"""The groups: list, page, members, adults in charge."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.access import Role
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import done, page, posted, succeeded
from programs.access import (
    ended_leads,
    group_programs_led_by,
    may_entrust,
    may_log,
    may_run,
    possible_leads,
    structured_group,
    students_of_school,
    visible_members,
)
from programs.actions.members import add_member, correct_end, end_membership
from programs.actions.slots import Slot
from programs.actions.structure import change_lead, correct_lead_end, end_lead, start_group
from programs.attendance import HERE, by_given_name
from programs.charts import attendance_matrix, size_scale
from programs.forms.groups import GroupForm, LeadEndForm, LeadForm, MemberEndFixForm, MemberEndForm, MemberForm
from programs.log.credit import close_other_days, say_for_whom
from programs.log.day_choices import last_met
from programs.models import GroupLead, GroupMeeting, GroupMember, SupportGroup
from programs.models.groups import SupportGroupQuerySet
from programs.sizes import SizeBounds, bounds_of, shared, size_columns
from programs.teachers import tenures

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
    }
    return render(request, "programs/groups.html", context)


@require_safe
def group(request: PersonRequest, pk: int) -> HttpResponse:
    """A group: size, members, attendance, adults in charge, meetings, findings."""
    user, on = request.user, request.user.local_date()
    row = get_object_or_404(SupportGroup.objects.visible_to(user).select_related("program__school"), pk=pk)
    structures = may_run(user, row)
    members = sorted(
        row.members.active_on(on).select_related("student"), key=lambda member: by_given_name(member.student)
    )
    meetings = (
        GroupMeeting.objects.visible_to(user)
        .filter(group=row)
        .annotate(present=Count("attendances", filter=Q(attendances__status__in=HERE)), noted=Count("attendances"))
    )
    past = (
        meetings.select_related("met_by", "logged_by")
        .filter(on__lte=on)
        .annotate(has_note=~Q(note=""))
        .order_by("-on", "-starts_at", "-pk")
    )
    feed = Paginator(past, FEED).get_page(request.GET.get("page"))
    close_other_days(row, feed, user)
    say_for_whom(row, feed)
    context = {
        "group": row,
        "members": members,
        "scale": size_scale(len({member.student_id for member in members}), bounds_of(row, on)),
        "matrix": attendance_matrix(row, members),
        "tenures": tenures(row),
        "timetables": row.timetables.active_on(on),
        "past": feed,
        "to_come": meetings.filter(on__gt=on, status=GroupMeeting.Status.PLANNED).order_by("on", "starts_at")[:TO_COME],
        "may_log": may_log(user, row),
        "may_structure": structures,
        "may_entrust": structures or may_entrust(user, row),
        "former": _former(row, on) if structures else [],
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
        messages.success(request, _("Groupe %(name)s : il est ouvert. Ajoutez ses élèves.") % {"name": new.name})
        return redirect(new)
    return page(request, "programs/group_new.html", form)


@require_http_methods(["GET", "POST"])
def group_member_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Bring a student in; past a comfortable size, the page asks to confirm with a reason."""
    row = structured_group(request.user, pk)
    on = request.user.local_date()
    form = MemberForm(posted(request), students=students_of_school(row), initial={"starts_on": max(on, row.starts_on)})

    def add() -> object:
        said = {name: form.cleaned_data[name] for name in ("student", "starts_on")}
        return add_member(group=row, reason=form.confirmed_reason(), person=request.user, on=on, **said)

    if succeeded(form, add):
        messages.success(request, _("Groupe %(name)s : l’élève est dans le groupe.") % {"name": row.name})
        return redirect(row)
    asks = form.has_error("reason", "large") or bool(form["confirm"].value() or form["reason"].value())
    size = row.members.active_on(on).values("student").distinct().count()
    return page(request, "programs/member_add.html", form, group=row, asks_reason=asks, size=size)


@require_http_methods(["GET", "POST"])
def group_member_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Note a student's last day in the group, and why."""
    member = get_object_or_404(visible_members(request.user), pk=pk)
    row = structured_group(request.user, member.group_id)
    if member.ends_on is not None:
        return _correct_end(request, row, member)
    on = request.user.local_date()
    form = MemberEndForm(posted(request), initial={"last_on": on})
    if succeeded(form, lambda: end_membership(member=member, person=request.user, on=on, **form.cleaned_data)):
        messages.success(request, _("Groupe %(name)s : le départ est noté.") % {"name": row.name})
        return redirect(row)
    return page(request, "programs/member_end.html", form, group=row, member=member)


@require_http_methods(["GET", "POST"])
def group_lead(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand the group over to another adult, or say that nobody leads it for now."""
    row = structured_group(request.user, pk)
    on = request.user.local_date()
    programs = group_programs_led_by(request.user).filter(pk=row.program_id)
    form = LeadForm(posted(request), leads=possible_leads(programs, on), initial={"starts_on": max(on, row.starts_on)})

    def change() -> object:
        given = form.cleaned_data
        who = {"group": row, "reason": given["reason"], "person": request.user, "on": on}
        if given["nobody"]:
            return end_lead(ends_on=given["starts_on"], **who)
        return change_lead(lead=given["lead"], starts_on=given["starts_on"], **who)

    if succeeded(form, change):
        messages.success(request, _("Groupe %(name)s : le changement est noté.") % {"name": row.name})
        return redirect(row)
    leads = row.leads.select_related("person")
    ended = leads.filter(ends_on__lte=on).order_by("-ends_on", "-pk")
    return page(request, "programs/group_lead.html", form, group=row, current=leads.active_on(on), ended=ended)


@require_http_methods(["GET", "POST"])
def group_lead_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct the last day of an adult in charge, or why it was the last: a leave is no change of adult."""
    lead = get_object_or_404(ended_leads(request.user), pk=pk)
    row = structured_group(request.user, lead.group_id)
    last_on = lead.ends_on - timedelta(days=1) if lead.ends_on else None
    form = LeadEndForm(posted(request), initial={"last_on": last_on, "reason": lead.reason, "seen": lead.ends_on})
    on = request.user.local_date()
    if succeeded(form, lambda: correct_lead_end(lead=lead, person=request.user, on=on, **form.cleaned_data)):
        messages.success(request, _("Groupe %(name)s\u00a0: la correction est enregistrée.") % {"name": row.name})
        return redirect(row)
    return page(request, "programs/group_lead_edit.html", form, group=row, lead=lead)


def _former(row: SupportGroup, on: date) -> list[GroupMember]:
    """The memberships that have ended, the latest first."""
    ended = row.members.filter(ends_on__lte=on).select_related("student")
    return list(ended.order_by("-ends_on", "-pk"))


def _correct_end(request: PersonRequest, row: SupportGroup, member: GroupMember) -> HttpResponse:
    """A wrong last day: put another in its place, or take it away."""
    last_on = member.ends_on - timedelta(days=1) if member.ends_on else None
    shown = {"last_on": last_on, "reason": member.reason, "seen": member.ends_on}
    form = MemberEndFixForm(posted(request), initial=shown)
    on = request.user.local_date()
    if succeeded(form, lambda: correct_end(member=member, person=request.user, on=on, **form.said())):
        messages.success(request, _("Groupe %(name)s : la correction est enregistrée.") % {"name": row.name})
        return redirect(row)
    return page(request, "programs/member_end.html", form, group=row, member=member)


def _listed(rows: SupportGroupQuerySet, ended: bool, page: str | None) -> Page[SupportGroup]:
    """A page of groups: those just ended first, those open as a person sorts names (« Élan » before « Passerelle »)."""
    if ended:
        return Paginator(rows.order_by("-ends_on", "pk"), PAGE).get_page(page)
    return Paginator(rows.order_by("program__school__name_key", "name_key", "pk"), PAGE).get_page(page)


def _slot(given: dict[str, Any]) -> Slot | None:
    if not given["weekday"]:
        return None
    return Slot(int(given["weekday"]), given["starts_at"], given["minutes"], given["place"])
