"""Who belongs to a group: they come in, they leave, and the days of both are corrected."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from people.requests import PersonRequest
from people.views.forms import done, number, page, posted, succeeded
from programs.access import structured_group, students_of_school, visible_members
from programs.actions.arrivals import add_members, correct_start
from programs.actions.members import correct_end, end_membership
from programs.attendance import outside
from programs.forms.members import MemberEndFixForm, MemberEndForm, MembersForm, MemberStartForm
from programs.gestures.kinds import made_of
from programs.gestures.verbs import take_back
from programs.models import GroupMember, SupportGroup
from programs.newcomers import newcomers
from programs.views.gestures import taken_back, undo_last, undo_made


@require_http_methods(["GET", "POST"])
def group_member_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Bring students in; past a comfortable size, the page asks to confirm with a reason."""
    row = structured_group(request.user, pk)
    on = request.user.local_date()
    first = max(on, row.starts_on)
    choice = newcomers(row, first, number(request.GET.get("annee")))
    form = MembersForm(
        posted(request), students=students_of_school(row), offered=choice.students, hints=choice.hints,
        initial={"starts_on": first},
    )  # fmt: skip

    def add() -> list[GroupMember]:
        said = {"students": form.cleaned_data["all"], "starts_on": form.cleaned_data["starts_on"]}
        return add_members(group=row, reason=form.confirmed_reason(), person=request.user, on=on, **said)

    if added := done(form, add):
        _say_added(request, row, added)
        return redirect(row)
    asks = form.has_error("reason", "large") or bool(form["confirm"].value() or form["reason"].value())
    size = row.members.active_on(on).values("student").distinct().count()
    return page(request, "programs/member_add.html", form, group=row, asks_reason=asks, size=size, choice=choice)


@require_http_methods(["GET", "POST"])
def group_member_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct the day on which a student came; or take the membership back, when it was a mistake."""
    member = get_object_or_404(visible_members(request.user).select_related("group"), pk=pk)
    row = structured_group(request.user, member.group_id)
    on = request.user.local_date()
    form = MemberStartForm(posted(request), initial={"starts_on": member.starts_on})
    form.watch(member, back=row.get_absolute_url())
    if succeeded(form, lambda: correct_start(member=member, person=request.user, on=on, **form.cleaned_data)):
        words = _("Groupe %(name)s\u00a0: l’arrivée est corrigée. Les présences de ces jours se notent maintenant.")
        messages.success(request, words % {"name": row.name})
        _say_outside(request, member)
        return redirect(row)
    return page(request, "programs/member_edit.html", form, group=row, member=member)


@require_http_methods(["GET", "POST"])
def group_member_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Note a student's last day in the group, and why; the day before they came says that they never did."""
    member = get_object_or_404(visible_members(request.user), pk=pk)
    row = structured_group(request.user, member.group_id)
    if member.ends_on is not None:
        return _correct_end(request, row, member)
    on = request.user.local_date()
    form = MemberEndForm(posted(request), initial={"last_on": on})
    if form.is_valid() and form.cleaned_data["last_on"] == member.starts_on - timedelta(days=1):
        return _never_there(request, member)
    if succeeded(form, lambda: end_membership(member=member, person=request.user, on=on, **form.cleaned_data)):
        words = _("Groupe %(name)s : le départ est noté.") % {"name": row.name}
        messages.success(request, words, extra_tags=undo_last(request.user, "depart", member))
        _say_outside(request, member)
        return redirect(row)
    return page(request, "programs/member_end.html", form, group=row, member=member)


def _correct_end(request: PersonRequest, row: SupportGroup, member: GroupMember) -> HttpResponse:
    """A wrong last day: put another in its place, or take it away."""
    last_on = member.ends_on - timedelta(days=1) if member.ends_on else None
    shown = {"last_on": last_on, "reason": member.reason, "seen": member.ends_on}
    form = MemberEndFixForm(posted(request), initial=shown)
    form.watch(member, back=row.get_absolute_url())
    on = request.user.local_date()
    if succeeded(form, lambda: correct_end(member=member, person=request.user, on=on, **form.said())):
        messages.success(request, _("Groupe %(name)s : la correction est enregistrée.") % {"name": row.name})
        _say_outside(request, member)
        return redirect(row)
    return page(request, "programs/member_end.html", form, group=row, member=member)


def _never_there(request: PersonRequest, member: GroupMember) -> HttpResponse:
    kind = made_of(GroupMember)
    try:
        gesture = take_back(kind=kind, row=member, person=request.user, on=request.user.local_date())
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect(kind.page_of(member))
    return taken_back(request, kind, gesture)


def _say_added(request: PersonRequest, row: SupportGroup, added: list[GroupMember]) -> None:
    """How many came in; a single one can be taken back there and then, several from their rows."""
    words = ngettext(
        "Groupe %(name)s : l’élève est dans le groupe.", "Groupe %(name)s : %(count)d élèves sont dans le groupe.",
        len(added),
    )  # fmt: skip
    tags = undo_made(added[0]) if len(added) == 1 else ""
    messages.success(request, words % {"name": row.name, "count": len(added)}, extra_tags=tags)


def _say_outside(request: PersonRequest, member: GroupMember) -> None:
    """What was noted of days when the student was no member, as it turns out: it counts nowhere."""
    if count := outside(member):
        words = ngettext(
            "L’élève a une présence notée un jour hors du groupe\u00a0: elle ne compte plus.",
            "L’élève a %(count)d présences notées des jours hors du groupe\u00a0: elles ne comptent plus.",
            count,
        )
        messages.warning(request, words % {"count": count})
