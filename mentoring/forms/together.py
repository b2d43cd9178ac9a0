"""One form for a meeting that several dyads had together."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.forms.entries import HeldForm
from mentoring.models import Dyad, DyadMeeting

FEWEST = 2


class TogetherForm(HeldForm):
    """As for one dyad, except that the mode is « en groupe »."""

    dyads = forms.MultipleChoiceField(
        label=_("Avec qui"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choisissez les dyades qui se sont rencontrées ensemble."),
            "invalid_choice": _("Choisissez parmi vos dyades en cours."),
        },
    )
    field_order = ("entry_uuid", "dyads", "day")

    def __init__(self, data: Any = None, *, choose_from: Sequence[Dyad], on: date, **options: Any) -> None:
        super().__init__(data, dyad=choose_from[0], on=on, **options)
        self.choose_from = choose_from
        del self.fields["setting"]
        dyads = self.fields["dyads"]
        assert isinstance(dyads, forms.MultipleChoiceField)  # noqa: S101 - declared above
        dyads.choices = [(str(dyad.pk), str(dyad.student)) for dyad in choose_from]

    def check_day(self, day: date) -> None:
        """Each dyad has dates of its own: the action says which one refuses."""

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"setting": DyadMeeting.Setting.GROUP}

    def clean_dyads(self) -> list[Dyad]:
        chosen: list[str] = self.cleaned_data["dyads"]
        if len(chosen) < FEWEST:
            raise forms.ValidationError(_("Choisissez au moins deux dyades, ou consignez la rencontre d’une seule."))
        return [dyad for dyad in self.choose_from if str(dyad.pk) in chosen]
