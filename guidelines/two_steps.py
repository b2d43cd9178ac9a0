"""A form that is read before it is done: what it would do is shown first, and done only as it was read."""

import json
from hashlib import sha256

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from guidelines.ending_forms import LONGEST
from guidelines.farewells import Farewell
from mentoring.forms.endings import EndCodeField, EndedByField
from mentoring.models.endings import ClosureTalk, EndCode, EndedBy
from people.drafts import typed
from people.fields import ChipField
from people.forms import ActionForm

STEP, LOOK, DO = "etape", "voir", "faire"
ASIDE = {STEP, "seen"}


class TwoStepForm(ActionForm):
    """``seen`` holds a digest of what the summary was of."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def digest(self) -> str:
        """Of all that was sent, save the step."""
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        said = {name: values for name, values in typed(data).items() if name not in ASIDE}
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:24]

    @property
    def is_to_do(self) -> bool:
        """Whether it was sent to be done, just as its summary was read."""
        return self.data.get(STEP) == DO and self.data.get("seen") == self.digest


class FarewellFields(ActionForm):
    """How all those end that end, said once; usual words stand there already."""

    end_code = EndCodeField(initial=EndCode.SCHOOL_YEAR_END)
    ended_by = EndedByField()
    reason = forms.CharField(
        label=_("En quelques mots"),
        max_length=300,
        help_text=_("Gardé comme motif de fin. Sans renseignement de santé."),
        error_messages={"required": _("Dites pourquoi, en quelques mots.")},
    )
    closure_talk = ChipField(
        label=_("Le dernier échange avec l’élève"),
        choices=[(value, capfirst(label)) for value, label in ClosureTalk.choices],
        initial=ClosureTalk.PLANNED,
        help_text=_("Prévu, la question revient jusqu’à ce qu’on y réponde."),
        error_messages={"required": _("Dites si un dernier échange a lieu avec l’élève.")},
    )
    learnt = forms.CharField(
        label=_("Ce que vous retenez des fins hâtives"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Écrit ici, il clôt leur revue; sinon elles attendent dans «\u00a0Relations terminées à revoir\u00a0»."
        ),
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["ended_by"].initial = EndedBy.SCHOOL
        self.fields["reason"].initial = _t("Fin prévue de l’année")

    def farewell(self) -> Farewell:
        said = self.cleaned_data
        names = ("end_code", "ended_by", "reason", "closure_talk", "learnt")
        return Farewell(**{name: said[name] for name in names})

    @property
    def of_farewell(self) -> list[forms.BoundField]:
        return [self[name] for name in ("end_code", "ended_by", "reason", "closure_talk", "learnt")]
