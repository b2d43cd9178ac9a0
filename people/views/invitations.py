"""The door of whoever was invited: they choose their password, and are in."""

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.actions.accounts import accept
from people.forms import PasswordForm
from people.invitations import invitation_of


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password by the link of an invitation. Opening it uses nothing up: mail programs do."""
    now = timezone.now()
    found = invitation_of(token, at=now)
    if found is None:
        return render(request, "account/invitation.html", {"token_fail": True}, status=410)
    form = PasswordForm(found.person, request.POST if request.method == "POST" else None)
    if form.is_valid() and (person := accept(invitation=found, password=form.cleaned_data["new_password1"], at=now)):
        # Not Django's own sign-in: a second factor that the person has is asked here too.
        response: HttpResponse = perform_login(request, person, redirect_url=reverse("home"))
        return response
    context = {"form": form, "person": found.person}
    return render(request, "account/invitation.html", context, status=422 if form.is_bound else 200)
