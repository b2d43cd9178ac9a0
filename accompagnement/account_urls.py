"""The addresses of allauth that we open: signing in, signing out, one's password and one's second factor.

The rest of its map stays shut: nobody signs up, and an e-mail address comes from the roster.
"""

from allauth.account import views
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path, re_path
from django.views.generic import RedirectView

from people.views import providers
from people.views.second_factor import Factors

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),  # closed; the sign-in view asks for its address
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("oidc/<slug:provider_id>/login/", providers.provider_login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", providers.provider_callback, name="openid_connect_callback"),
    path("2fa/", Factors.as_view(), name="mfa_index"),
    path("2fa/code/", factors.authenticate, name="mfa_authenticate"),
    path("2fa/confirmer/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/application/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/codes/nouveaux/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/codes/fichier/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/cles/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("2fa/cles/ajouter/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("2fa/cles/confirmer/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("2fa/cles/<int:pk>/retirer/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("2fa/cles/<int:pk>/nommer/", keys.edit_webauthn, name="mfa_edit_webauthn"),
]
