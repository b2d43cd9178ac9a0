"""Who stands in for the lead of a group, and until when."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.models import User
from people.requests import PersonRequest
from programs import actions
from programs.access import may_entrust, visible_substitutes
from programs.actions.substitutes import possible_substitutes
from programs.forms import SubstituteForm
from programs.models import GroupSubstitute, Substitute, SupportGroup
from programs.views.doors import page, posted


@require_http_methods(["GET", "POST"])
def group_substitute(request: PersonRequest, pk: int) -> HttpResponse:
    """Name who stands in for the group's lead on a range of days; those named already are listed."""
    row, on = _entrustable(request.user, pk), request.user.local_date()
    lead = row.leads.active_on(on).select_related("person").first()
    people = possible_substitutes(row.program, GroupSubstitute.ROLES, on)
    if lead is not None:
        people = people.exclude(pk=lead.person_id)
    form = SubstituteForm(posted(request), people=people, initial={"starts_on": max(on, row.starts_on)})
    if form.is_bound and form.is_valid():
        usual = lead.person_id if lead else None
        try:
            actions.name_substitute(subject=row, usual=usual, person=request.user, on=on, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Le remplacement est noté."))
            return redirect("group_substitute", row.pk)
    listed = row.substitutes.select_related("person").order_by("-starts_on")
    return page(
        request, "programs/group_substitute.html", form, group=row, away=lead, substitutes=listed, on=on
    )  # fmt: skip


@require_POST
def group_substitute_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Make today the last day of a substitute, or close their access at once."""
    row = get_object_or_404(visible_substitutes(request.user), pk=pk)
    if not may_entrust(request.user, row.group):
        raise PermissionDenied
    say_end(request, row)
    return redirect("group_substitute", row.group_id)


def say_end(request: PersonRequest, row: Substitute) -> None:
    """End or remove, as the button says, and tell what became of it."""
    remove = "retirer" in request.POST
    ended = actions.end_substitute(row=row, person=request.user, on=request.user.local_date(), remove=remove)
    if not ended:
        messages.info(request, _("Ce remplacement était déjà terminé."))
    elif remove:
        messages.info(request, _("L’accès est retiré. Ce qui a été consigné reste."))
    else:
        messages.info(request, _("Le remplacement prend fin aujourd’hui."))


def _entrustable(user: User, pk: int) -> SupportGroup:
    """A stranger gets 404, the right person in another role 403."""
    row = get_object_or_404(SupportGroup.objects.visible_to(user).select_related("program", "board"), pk=pk)
    if not may_entrust(user, row):
        raise PermissionDenied
    return row
