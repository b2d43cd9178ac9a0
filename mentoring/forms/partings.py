"""What follows an ending, and its letters."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.actions.partings import LETTERS, STEPS, WORDS
from mentoring.forms.calls import TOO_LONG
from mentoring.models import Parting
from mentoring.models.partings import LONGEST, Level, NextStep
from people.fields import ChipField
from people.forms import ActionForm, Data


def _text(label: Any, *, rows: int, help_text: Any = "", required: bool = False) -> forms.CharField:
    shown = forms.Textarea(attrs={"rows": rows})
    refusals = {**TOO_LONG, "required": _("Cette lettre est vide\u00a0: remettez quelques mots.")}
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=shown,
        help_text=help_text,
        required=required,
        error_messages=refusals,
    )


class PartingForm(ActionForm):
    next_step = ChipField(
        label=_("La suite pour l’élève"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in NextStep.choices],
    )
    next_words = forms.CharField(
        label=_("Lequel, s’il s’agit d’un autre soutien"), required=False, max_length=300, error_messages=TOO_LONG
    )
    student_words = _text(_("Mots de la fin de l’élève"), rows=3)
    mentor_words = _text(_("Mots de la fin de la personne mentore"), rows=3)
    words_level = ChipField(
        label=_("Qui peut les lire"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in Level.choices],
    )

    def __init__(self, data: Data = None, *, parting: Parting, may_read: bool, days: int) -> None:
        self.names = (*STEPS, *WORDS) if may_read else STEPS
        super().__init__(data, initial={name: getattr(parting, name) for name in self.names})
        for name in set(WORDS) - set(self.names):
            del self.fields[name]
        self.choose(
            "next_step",
            [(value, capfirst(label)) for value, label in NextStep.choices],
            {NextStep.WAIT.value: _t("%(days)s jours après le dernier jour") % {"days": days}},
        )
        if may_read:
            readers = (_t("les responsables et la direction"), _t("vous et la personne responsable du programme"))
            levels = [(value, capfirst(label)) for value, label in Level.choices]
            self.choose("words_level", levels, dict(zip(Level.values, readers, strict=True)))

    def said(self) -> dict[str, str]:
        """What the action takes: words beside another choice than « un autre soutien » are kept out."""
        said = {name: self.cleaned_data[name] for name in self.names}
        if said["next_step"] != NextStep.OTHER:
            said["next_words"] = ""
        if "words_level" in said:
            said["words_level"] = said["words_level"] or Level.ORDINARY
        return said


class LettersForm(ActionForm):
    student_letter = _text(_("À l’élève"), rows=14, required=True)
    family_letter = _text(_("À la famille"), rows=14, required=True)
    mentor_letter = _text(_("À la personne mentore"), rows=10, required=True)

    def __init__(self, data: Data = None, *, shown: Mapping[str, str], proposed: Mapping[str, str]) -> None:
        self.proposed = proposed
        super().__init__(data, initial=dict(shown))

    def said(self) -> dict[str, str]:
        """What the action takes: a letter that is still as it was proposed goes on following the facts."""
        sent = {name: self.cleaned_data[name].replace("\r\n", "\n").strip() for name in LETTERS}
        return {name: "" if words == self.proposed[name].strip() else words for name, words in sent.items()}
