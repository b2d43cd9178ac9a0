"""The forms of the entrance, in the words of the screens."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.account.forms import ReauthenticateForm as PasswordReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MISMATCH = "email_password_mismatch"


class Plain:
    """A label says what a field is for; a placeholder would say it twice, and vanish as one types."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ForgottenForm(Plain, ResetPasswordForm):  # type: ignore[misc]
    pass


class NewPasswordForm(Plain, ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class PasswordForm(Plain, ChangePasswordForm):  # type: ignore[misc]
    pass


class PasswordAgainForm(Plain, PasswordReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class SignInForm(Plain, LoginForm):  # type: ignore[misc]
    """E-mail and password; a pair that does not match is said on the password, where the hand goes next."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Courriel")
        self.fields["password"].label = _("Mot de passe")
        self.fields["password"].help_text = ""

    def clean(self) -> Any:
        try:
            return super().clean()
        except ValidationError as error:
            if error.code != MISMATCH:
                raise
            self.add_error("password", _("Le courriel et le mot de passe ne correspondent pas."))
            return self.cleaned_data


class Coded(Plain):
    """A code of six digits from a telephone, or of eight from the list of recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.max_length = _("Code"), 20
        code.help_text = _("Les six chiffres de votre application, ou un code de secours")
        code.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 20}


class CodeForm(Coded, AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(Coded, ReauthenticateForm):  # type: ignore[misc]
    pass


class FirstCodeForm(Coded, ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Les six chiffres que montre l’application")


class Named:
    """A key has a name: its person knows which to take away once it is lost."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.max_length = _("Nom"), 60
        name.help_text = _("Pour reconnaître cet appareil ou cette clé")
        name.widget.attrs |= {"maxlength": 60, "autocomplete": "off"}


class KeyForm(Named, AddWebAuthnForm):  # type: ignore[misc]
    pass


class KeyNameForm(Named, EditWebAuthnForm):  # type: ignore[misc]
    pass
