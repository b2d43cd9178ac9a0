"""To Microsoft or Google and back; what fails on the way is said at the door."""

from allauth.socialaccount.providers.openid_connect import views
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from requests import RequestException


@login_not_required
def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider; it is asked first where its pages are, and may not answer."""
    try:
        response: HttpResponse = views.login(request, provider_id)
    except RequestException:
        messages.warning(request, _("Ce fournisseur ne répond pas\u00a0: entrez avec votre mot de passe."))
        return redirect("account_login")
    return response


@login_not_required
def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider, with a code or a refusal."""
    try:
        response: HttpResponse = views.callback(request, provider_id)
    except RequestException:
        messages.warning(request, _("Ce fournisseur ne répond pas\u00a0: entrez avec votre mot de passe."))
        return redirect("account_login")
    return response
