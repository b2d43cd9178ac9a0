"""What a person decides of proposed matches."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.forms.relations import StartForm
from mentoring.matching.told import Candidate
from mentoring.models.rounds import LONGEST_LETTER
from people.fields import DayField
from people.forms import ActionForm, Data, Initial

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ProposalForm(ActionForm):
    """Which mentor, among those at hand; and why, where a gate or an earlier end asks it."""

    use_required_attribute = False
    quiet = ("unverified_reason", "untrained_reason", "rematch_reason")

    mentor = forms.ChoiceField(
        label=_("Mentore ou mentor"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez la mentore ou le mentor."),
            "invalid_choice": _("Cette personne ne peut plus être choisie."),
        },
    )
    rematch_reason = StartForm.base_fields["rematch_reason"]
    unverified_reason = StartForm.base_fields["unverified_reason"]
    untrained_reason = StartForm.base_fields["untrained_reason"]

    def __init__(self, data: Data = None, *, offered: Iterable[Candidate], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.choose("mentor", [(str(one.offer.mentor.pk), str(one.offer.mentor)) for one in offered])


def _letter(label: "StrOrPromise") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": _("Le texte dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")},
    )


class PublishForm(ActionForm):
    """From when, until when, and the middle of each letter; ``seen`` is the version of the proposals that was read."""

    use_required_attribute = False

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    starts_on = DayField(label=_("Début des relations"))
    last_day = DayField(label=_("Dernier jour de l’engagement"), required=False)
    mentor_words = _letter(_("À la personne mentore, par courriel"))
    student_words = _letter(_("À l’élève, sur papier"))
    family_words = _letter(_("À la famille, sur papier"))
