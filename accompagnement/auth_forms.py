"""The forms of the entrance, in the words of the screens."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
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
            self.add_error("password", _("Le courriel et le mot de passe ne correspondent pas"))
            return self.cleaned_data
