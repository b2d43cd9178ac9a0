"""The sign-in form, in the words of the screens."""

from typing import Any

from allauth.account.forms import LoginForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MISMATCH = "email_password_mismatch"


class SignInForm(LoginForm):  # type: ignore[misc]
    """E-mail and password; a pair that does not match is said on the password, where the hand goes next."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Courriel")
        self.fields["password"].label = _("Mot de passe")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean(self) -> Any:
        try:
            return super().clean()
        except ValidationError as error:
            if error.code != MISMATCH:
                raise
            self.add_error("password", _("Le courriel et le mot de passe ne correspondent pas"))
            return self.cleaned_data
