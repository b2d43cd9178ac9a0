"""Which relations at their end, what is done to all of them, and with which words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from guidelines.settling import Deed, Settlement
from guidelines.two_steps import FarewellFields, TwoStepForm
from mentoring.models import Dyad
from people.fields import ChipField, DayField, EntryUuidField, ManyChipsField
from people.forms import Data, Initial


class SettlingForm(FarewellFields, TwoStepForm):
    use_required_attribute = False

    entry_uuid = EntryUuidField()
    dyads = ManyChipsField(
        label=_("Relations"), required=False, error_messages={"invalid_choice": _("Choisissez dans la liste.")}
    )
    every = forms.BooleanField(label=_("Toutes les relations de la liste"), required=False)
    deed = ChipField(
        label=_("Que faire"),
        choices=Deed.choices,
        error_messages={"required": _("Choisissez ce que vous voulez faire.")},
    )
    until = DayField(label=_("Renouveler jusqu’au"), help_text=_("Le dernier jour qui compte."))

    def __init__(self, data: Data = None, *, offered: Sequence[Dyad], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.offered = {str(dyad.pk): dyad for dyad in offered}
        self.choose("dyads", [(pk, str(dyad)) for pk, dyad in self.offered.items()])

    def prepare(self) -> None:
        super().prepare()
        self.fields["until"].required = self.data.get("deed", Deed.RENEW) == Deed.RENEW

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "dyads" in said and not (said["dyads"] or said.get("every")):
            self.add_error("dyads", _t("Cochez au moins une relation."))
        return said

    @property
    def chosen(self) -> list[Dyad]:
        said = self.cleaned_data
        return list(self.offered.values()) if said["every"] else [self.offered[pk] for pk in said["dyads"]]

    def settlement(self) -> Settlement:
        return Settlement(Deed(self.cleaned_data["deed"]), self.cleaned_data["until"], self.farewell())

    @property
    def lines(self) -> list[tuple[Dyad, bool]]:
        """Each relation, and whether it is ticked."""
        ticked = {str(pk) for pk in self["dyads"].value() or ()}
        return [(dyad, pk in ticked) for pk, dyad in self.offered.items()]
