"""One person: what they are, their roles, their account; add, correct, close, open again."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import Role
from people.actions.accounts import close_accounts, correct_adult, reopen_accounts
from people.actions.newcomers import take_on
from people.doors import person_of, person_to_keep
from people.models import Invitation, Membership, User, Verification
from people.person_forms import AdultEditForm, AdultForm, SeveralForm
from people.requests import PersonRequest
from people.scopes import places
from people.several import Line
from people.shortcuts import require_role
from people.views.forms import done, page, posted
from people.views.inviting import LINKS, send

KEEPERS = (Role.SCHOOL_MANAGER, Role.BOARD_ADMIN)


@require_safe
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """Who somebody is here: account, roles past and to come, verifications, and what they hold."""
    user, on = request.user, request.user.local_date()
    shown = person_of(user, pk)
    roles = Membership.objects.visible_to(user).filter(person=shown).select_related("board", "school", "program")
    context = {
        "person": shown,
        "on": on,
        "keeps": User.objects.managed_by(user).filter(pk=pk).exists(),
        "shows": User.objects.shown_to(user).filter(pk=pk).exists(),
        "is_self": shown.pk == user.pk,
        "roles": roles.exclude(ends_on__lte=on).order_by("starts_on", "pk"),
        "former": roles.filter(ends_on__lte=on).order_by("-ends_on", "pk"),
        "givable": set(Membership.objects.managed_by(user).filter(person=shown).values_list("pk", flat=True)),
        "invitation": Invitation.objects.visible_to(user).open_at(timezone.now()).filter(person=shown).first(),
        "verifications": Verification.objects.visible_to(user).filter(person=shown).select_related("verified_by"),
        "link": request.session.get(LINKS, {}).get(str(pk)),
    }
    if context["link"]:
        request.session[LINKS] = {key: link for key, link in request.session[LINKS].items() if key != str(pk)}
    return render(request, "people/person.html", context)


@require_http_methods(["GET", "POST"])
def person_new(request: PersonRequest) -> HttpResponse:
    """Add an adult with their roles, and invite them."""
    user, on = request.user, request.user.local_date()
    require_role(user, *KEEPERS)
    initial = {"entry_uuid": uuid.uuid4(), "starts_on": on, "invite": True}
    form = AdultForm(posted(request), places=places(user), initial=initial)

    def add() -> list[User]:
        said, place = form.cleaned_data, form.cleaned_data["scope"]
        line = Line(1, **form.names(), email=said["email"], roles=tuple(Role(role) for role in said["roles"]))
        days = {name: said[name] for name in ("starts_on", "last_day", "entry_uuid")}
        return take_on(board=place.board, school=place.school, scope=place.scope, lines=[line], person=user, **days)

    if adults := done(form, add):
        messages.success(request, _("La personne est inscrite."))
        if form.cleaned_data["invite"]:
            send(request, adults)
        return redirect("person", adults[0].pk)
    return page(request, "people/person_new.html", form)


@require_http_methods(["GET", "POST"])
def people_several(request: PersonRequest) -> HttpResponse:
    """Add several people at once, one a line, all or none."""
    user, on = request.user, request.user.local_date()
    require_role(user, *KEEPERS)
    initial = {"entry_uuid": uuid.uuid4(), "invite": True}
    form = SeveralForm(posted(request), places=places(user, programs=False), initial=initial)

    def add() -> list[User]:
        said, place = form.cleaned_data, form.cleaned_data["scope"]
        where = {"board": place.board, "school": place.school, "scope": place.scope}
        days = {"starts_on": on, "last_day": None, "entry_uuid": said["entry_uuid"]}
        return take_on(lines=said["lines"], person=user, **where, **days)

    if adults := done(form, add):
        n = len(adults)
        said = ngettext("Une personne est inscrite.", "%(n)s personnes sont inscrites.", n) % {"n": n}
        messages.success(request, said)
        if form.cleaned_data["invite"]:
            send(request, [adult for adult in adults if adult.email])
        return redirect(f"{reverse('people')}?liste=adultes")
    return page(request, "people/several.html", form)


@require_http_methods(["GET", "POST"])
def person_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct a name, an address, a school."""
    user, shown = request.user, person_to_keep(request.user, pk)
    initial = {name: getattr(shown, name) for name in ("given_name", "family_name", "email", "school")}
    form = AdultEditForm(posted(request), user=user, initial=initial)
    form.watch(shown, back=reverse("person", args=[pk]))

    def correct() -> User:
        said = form.names() | {"email": form.cleaned_data["email"]}
        school = form.cleaned_data["school"]
        return correct_adult(adult=shown, school=school, person=user, at=timezone.now(), **said)

    if done(form, correct):
        messages.success(request, _("Les renseignements sont enregistrés."))
        return redirect("person", pk)
    return page(request, "people/person_edit.html", form, person=shown)


@require_POST
def person_close(request: PersonRequest, pk: int) -> HttpResponse:
    """Let somebody in no more, at once; what they hold waits to be handed over."""
    shown = person_to_keep(request.user, pk)
    if shown.pk == request.user.pk:
        messages.warning(request, _("Personne ne ferme son propre compte\u00a0: demandez-le à une autre personne."))
    elif close_accounts(people=[shown], person=request.user, at=timezone.now()):
        undo = f"undo:{reverse('person_reopen', args=[pk])}"
        messages.success(request, _("Le compte est fermé\u00a0: sessions et liens ne servent plus."), extra_tags=undo)
    return redirect("person", pk)


@require_POST
def person_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Let somebody in again, with the password that they had."""
    shown = person_to_keep(request.user, pk)
    if reopen_accounts(people=[shown], person=request.user):
        messages.success(request, _("Le compte est rouvert."))
    return redirect("person", pk)
