"""How a relation ends, and what became of the last talk."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mentoring.models.endings import ClosureTalk, EndCode, EndedBy
from people.fields import ChipField, DayField
from people.forms import ActionForm, Data, Initial

WHICH_DAY = _("Indiquez le jour où il a eu lieu, ou celui où il est prévu.")


class EndedByField(ChipField):
    """Who wished it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("À l’initiative de"),
            choices=[(value, capfirst(label)) for value, label in EndedBy.choices],
            error_messages={"required": _("Choisissez qui a pris l’initiative.")},
        )


class EndCodeField(forms.ChoiceField):
    """What led to the end: on whose side, then what."""

    def __init__(self, **kwargs: Any) -> None:
        grouped = [
            (capfirst(whose.label), [(code.value, capfirst(code.label)) for code in codes])
            for whose, codes in groupby(EndCode, key=lambda code: code.whose)
        ]
        super().__init__(label=_("Ce qui y a mené"), choices=[("", _("Choisir")), *grouped], **kwargs)


class EndForm(ActionForm):
    last_day = DayField(label=_("Dernier jour de la relation"), help_text=_("Le dernier jour qui compte."))
    ended_by = EndedByField()
    end_code = EndCodeField(required=False)
    reason = forms.CharField(
        label=_("Motif, en quelques mots"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Indiquez le motif de la fin."),
            "max_length": _("Le motif dépasse %(limit_value)d caractères\u00a0: raccourcissez-le."),
        },
    )
    closure_talk = ChipField(
        label=_("Le dernier échange avec l’élève"),
        help_text=_("Se dire ce qui a compté, et que cela se termine"),
        choices=[(value, capfirst(label)) for value, label in ClosureTalk.choices],
        error_messages={"required": _("Dites si un dernier échange a lieu avec l’élève.")},
    )
    closure_talk_on = DayField(
        label=_("Le jour de ce dernier échange"),
        help_text=_("S’il a eu lieu, ou si le moment est déjà convenu : il vous sera demandé s’il a eu lieu."),
        required=False,
    )
    planned_handover = forms.BooleanField(
        label=_("Relais planifié\u00a0: une autre personne poursuit l’accompagnement"), required=False
    )
    confirm = forms.BooleanField(
        label=_("Je confirme la fin de cette relation."),
        error_messages={"required": _("Cochez la case pour confirmer la fin de la relation.")},
    )

    def __init__(self, data: Data = None, *, is_early: bool, initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        if is_early:
            self.fields["end_code"].help_text = _(
                "La relation se termine tôt\u00a0: dites-le maintenant, ou à la revue de la fin."
            )

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "confirm"}


class FarewellForm(ActionForm):
    """Held, and when; planned for a day; or not possible."""

    talk = ChipField(
        label=_("Le dernier échange"),
        choices=[(value, capfirst(value.label)) for value in ClosureTalk],
        error_messages={"required": _("Dites s’il a eu lieu.")},
    )
    day = DayField(label=_("Quel jour"), error_messages={"required": WHICH_DAY})

    def prepare(self) -> None:
        super().prepare()
        self.fields["day"].required = self.data.get("talk") != ClosureTalk.NOT_POSSIBLE
