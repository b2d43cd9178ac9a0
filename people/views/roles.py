"""Give a role to somebody, put an end to one; what was verified of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.access import Role
from people.actions.roles import cancel_role, end_role, give_role
from people.actions.verifications import remove_verification, verify
from people.doors import person_to_keep, role_to_keep
from people.models import Membership, User, Verification
from people.models.base import active_on
from people.person_forms import RoleEndForm, RoleForm, VerificationForm
from people.requests import PersonRequest
from people.scopes import places
from people.views.forms import done, page, posted, succeeded


@require_http_methods(["GET", "POST"])
def person_role(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a role, in a school, a programme or the board, for a time."""
    user, on = request.user, request.user.local_date()
    shown, offered = person_to_keep(user, pk), places(user)
    at_home = next((place.value for place in offered if place.scope.school_id == shown.school_id), "")
    form = RoleForm(posted(request), places=offered, initial={"starts_on": on, "scope": at_home})

    def give() -> Membership:
        said = form.cleaned_data
        days = {name: said[name] for name in ("starts_on", "last_day")}
        return give_role(adult=shown, role=Role(said["role"]), scope=said["scope"].scope, person=user, **days)

    if given := done(form, give):
        messages.success(request, _("Le rôle est donné."))
        if given.role == Role.MENTOR and not hasattr(shown, "mentor"):
            messages.info(request, _("Il reste à remplir sa fiche de mentorat, avant un premier jumelage."))
        return redirect("person", pk)
    return page(request, "people/role.html", form, person=shown)


@require_http_methods(["GET", "POST"])
def role_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Say until which day a role is held; one that has not begun can be called off."""
    user, on = request.user, request.user.local_date()
    membership = role_to_keep(user, pk)
    person_to_keep(user, membership.person_id)
    to_come = membership.starts_on is not None and membership.starts_on > on
    form = RoleEndForm(posted(request), initial={"last_day": on})
    if to_come and "annuler" in request.POST:
        cancel_role(membership=membership, person=user, on=on)
        messages.success(request, _("Le rôle n’aura pas lieu."))
        return redirect("person", membership.person_id)
    if succeeded(form, lambda: end_role(membership=membership, person=user, on=on, **form.cleaned_data)):
        messages.success(request, _("La fin du rôle est notée."))
        return redirect("person", membership.person_id)
    return page(request, "people/role_end.html", form, membership=membership, to_come=to_come)


@require_http_methods(["GET", "POST"])
def person_verification(request: PersonRequest, pk: int) -> HttpResponse:
    """Inscribe that somebody was verified, by whom, until when; never what it found."""
    user, on = request.user, request.user.local_date()
    shown = person_to_keep(user, pk)
    keepers = Membership.objects.visible_to(user).filter(
        active_on(on), role__in=[Role.SCHOOL_MANAGER, Role.BOARD_ADMIN]
    )
    people = User.objects.visible_to(user).filter(pk__in=keepers.values("person"))
    initial = {"kind": Verification.Kind.JUDICIAL, "verified_on": on, "verified_by": user.pk}
    form = VerificationForm(posted(request), people=people, initial=initial)
    if succeeded(form, lambda: verify(adult=shown, person=user, on=on, **form.cleaned_data)):
        messages.success(request, _("La vérification est inscrite."))
        return redirect("person", pk)
    return page(request, "people/verification.html", form, person=shown)


@require_POST
def verification_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back a verification that was inscribed by mistake."""
    row = get_object_or_404(Verification.objects.visible_to(request.user), pk=pk)
    person_to_keep(request.user, row.person_id)
    if remove_verification(verification=row, person=request.user):
        messages.info(request, _("La vérification est retirée."))
    return redirect("person", row.person_id)
