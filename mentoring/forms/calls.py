"""A support call, in under a minute; a doubt, in two taps; what came of it."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mentoring.forms.followup import FactForm
from mentoring.forms.meetings import SHORT_CHANNELS
from mentoring.models import SupportCall
from people.fields import ChipField, EntryUuidField
from people.forms import ActionForm
from people.models import Guardian
from programs.log.forms import CHOOSE_CHANNEL
from programs.models import Program

TOO_LONG = {"max_length": _("Le texte dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")}


def _question(label: Any) -> ChipField:
    choices = [(value, capfirst(answer)) for value, answer in SupportCall.Answer.choices]
    return ChipField(label=label, choices=choices, required=False)


class CallForm(FactForm):
    party = ChipField(
        label=_("Avec qui"),
        choices=[(value, capfirst(label)) for value, label in Program.Party.choices],
        error_messages={"required": _("Choisissez avec qui.")},
    )
    channel = ChipField(label=_("Moyen"), choices=SHORT_CHANNELS, error_messages=CHOOSE_CHANNEL)
    outcome = ChipField(
        label=_("Résultat"),
        choices=[(value, capfirst(label)) for value, label in SupportCall.Outcome.choices],
        error_messages={"required": _("Choisissez le résultat.")},
    )
    meets = _question(_("Les rencontres ont-elles lieu comme prévu?"))
    tie = _question(_("Un lien de confiance s’installe-t-il?"))
    benefit = _question(_("Est-ce utile à l’élève?"))
    helped = _question(_("Le soutien reçu suffit-il?"))
    safe = _question(_("Tout le monde s’y sent-il à l’aise et en sécurité?"))
    said = ("party", "channel", "outcome", *SupportCall.QUESTIONS)
    families: Sequence[Guardian] = ()
    """Whom to reach, on the page, when the call is to the family."""
    readers = (
        _("les responsables et la direction"),
        _("vous et la personne responsable du programme"),
    )

    def usual_level(self) -> str:
        """Confidential unless the form says otherwise."""
        return SupportCall.NoteLevel.CONFIDENTIAL

    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in SupportCall.QUESTIONS]


class DoubtForm(ActionForm):
    """Nothing has to be said: the doubt itself is enough."""

    entry_uuid = EntryUuidField()
    words = forms.CharField(
        label=_("En quelques mots"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=TOO_LONG,
    )

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("entry_uuid", uuid.uuid4())


class HeardForm(ActionForm):
    answer = forms.CharField(
        label=_("Suite donnée"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lue par les responsables et la direction seulement."),
        error_messages={"required": _("Dites en un mot la suite donnée.")} | TOO_LONG,
    )
