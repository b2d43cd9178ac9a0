"""What a person says to make a token."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from exchange.api.actions import DAYS
from exchange.models import ApiToken
from people.fields import ChipField, EntryUuidField, ReasonField
from people.forms import ActionForm

Scope = ApiToken.Scope


class TokenForm(ActionForm):
    entry_uuid = EntryUuidField()
    name = forms.CharField(
        label=_("Nom"),
        help_text=_("Le programme ou le poste qui s’en servira"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Donnez un nom au jeton\u00a0: vous saurez lequel révoquer."),
            "max_length": _("Ce nom dépasse %(limit_value)d caractères\u00a0: abrégez-le."),
        },
    )
    reason = ReasonField(
        label=_("À quoi il servira"),
        help_text=_("En quelques mots, gardés au journal"),
        error_messages={"required": _("Écrivez le motif en quelques mots\u00a0: trois au moins.")},
    )
    scope = ChipField(
        label=_("Ce qu’il permet"),
        choices=[(Scope.READ, _("Lire")), (Scope.WRITE, _("Lire et consigner"))],
        initial=Scope.READ,
        error_messages={"required": _("Choisissez ce que le jeton permet.")},
    )
    days = ChipField(
        label=_("Durée"),
        initial=str(DAYS[1]),
        error_messages={"required": _("Choisissez la durée.")},
    )

    def prepare(self) -> None:
        super().prepare()
        said = [(str(days), ngettext("%(n)s jour", "%(n)s jours", days) % {"n": days}) for days in DAYS]
        self.choose("days", said)
        scope = self.fields["scope"]
        scope.hints = {  # type: ignore[attr-defined]
            Scope.READ: _("ce que vous voyez dans les pages"),
            Scope.WRITE: _("aussi rencontres et contacts"),
        }

    def clean_days(self) -> int:
        return int(self.cleaned_data["days"])
