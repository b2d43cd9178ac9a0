"""Signing in by Microsoft or Google: only who has an account here; nothing of the provider is kept."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from people.vouching import person_of


class KnownPeopleAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What happens once the provider has answered. No account is made, and no link nor token of it is stored."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom the provider vouches for; say plainly, to all others alike, that nobody was found."""
        app = sociallogin.account.get_provider(request).app
        claims = sociallogin.account.extra_data.get("id_token", {})
        person = person_of(claims, tenant=app.settings.get("tenant", ""))
        if person is None:
            words = _(
                "%(provider)s ne nous dit pas qui vous êtes ici\u00a0: aucun compte ouvert n’a cette adresse. "
                "Vérifiez quel compte y est ouvert, ou demandez à votre école de vous inscrire."
            )
            messages.warning(request, words % {"provider": app.name})
            raise ImmediateHttpResponse(redirect("account_login"))
        record_authentication(request, person, "socialaccount", provider=app.provider_id, uid="")
        raise ImmediateHttpResponse(perform_login(request, person, redirect_url=sociallogin.get_redirect_url(request)))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:
        """Cancelled over there, or over there something failed: back to the door, with a sentence."""
        messages.warning(request, _("La connexion par %(provider)s n’a pas abouti.") % {"provider": provider.app.name})
        raise ImmediateHttpResponse(redirect("account_login"))
