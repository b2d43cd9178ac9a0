"""What is said of the doors: of whom a second factor is asked, and why somebody's is taken away."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from people.access import Role
from people.fields import ManyChipsField, ReasonField
from people.forms import ActionForm
from people.person_forms import role_choices


class SignInRulesForm(ActionForm):
    roles = ManyChipsField(
        label=_("Demander un second facteur"),
        required=False,
        help_text=_("Dès la prochaine page, ces personnes règlent une application ou une clé, ou n’entrent plus."),
    )

    def prepare(self) -> None:
        super().prepare()
        self.choose("roles", role_choices(list(Role)))

    def clean_roles(self) -> list[Role]:
        return [Role(role) for role in self.cleaned_data["roles"]]


class ResetFactorForm(ActionForm):
    reason = ReasonField(
        label=_("Motif"),
        help_text=_("Comment vous savez que c’est bien la personne qui le demande"),
        error_messages={"required": _("Écrivez le motif en quelques mots\u00a0: trois au moins.")},
    )

    def prepare(self) -> None:
        super().prepare()
        attributes: dict[str, Any] = self.fields["reason"].widget.attrs
        attributes["autocomplete"] = "off"
