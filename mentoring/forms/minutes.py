"""The questions of a minute, each to answer or not; and a question of a board's own."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mentoring.forms.calls import TOO_LONG
from mentoring.minutes.adults import Adult
from mentoring.minutes.items import Item
from mentoring.models.minutes import Audience, Level
from people.fields import ChipField, EntryUuidField
from people.forms import ActionForm, Data
from people.models import User

WRONG = _("Il faut choisir l’une des quatre réponses.")


class MinuteForm(ActionForm):
    """One question a field, none of them required: a question left aside counts nobody."""

    def __init__(self, items: Sequence[Item], data: Data = None) -> None:
        self.items = items
        super().__init__(data)

    def prepare(self) -> None:
        super().prepare()
        choices = [(str(value), capfirst(label)) for value, label in Level.choices]
        for item in self.items:
            said = {"invalid_choice": WRONG}
            self.fields[item.code] = ChipField(label=item.words, choices=choices, required=False, error_messages=said)

    def levels(self) -> dict[str, int]:
        return {code: int(value) for code, value in self.cleaned_data.items() if value}

    @property
    def is_low(self) -> bool:
        """Whether an answer asks for help: it is kept nowhere."""
        return any(level <= Level.A_LITTLE for level in self.levels().values())


class TalkForm(ActionForm):
    """Whom a student would like to talk to, or nobody."""

    NOBODY = "personne"

    talk = ChipField(
        label=_("Avec qui?"),
        error_messages={
            "required": _("Choisis une personne, ou «\u00a0Non merci\u00a0»."),
            "invalid_choice": _("Choisis une personne de la liste, ou «\u00a0Non merci\u00a0»."),
        },
    )

    def offer(self, adults: Sequence[Adult]) -> None:
        self.adults = {str(one.person.pk): one.person for one in adults}
        hints = {str(one.person.pk): capfirst(str(one.role)) for one in adults}
        people = [(str(one.person.pk), str(one.person)) for one in adults]
        self.choose("talk", [*people, (self.NOBODY, _("Non merci"))], hints)

    @property
    def adult(self) -> User | None:
        return self.adults.get(self.cleaned_data["talk"])


class ItemForm(ActionForm):
    entry_uuid = EntryUuidField()
    audience = ChipField(
        label=_("À qui"),
        choices=[(value, capfirst(label)) for value, label in Audience.choices],
        error_messages={"required": _("Choisissez à qui la question est posée.")},
    )
    french = forms.CharField(label=_("La phrase, en français"), max_length=160, required=False, error_messages=TOO_LONG)
    english = forms.CharField(label=_("La même, en anglais"), max_length=160, required=False, error_messages=TOO_LONG)

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("entry_uuid", uuid.uuid4())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("french") and not said.get("english"):
            self.add_error("french", ValidationError(_("Écrivez la phrase, dans une langue au moins.")))
        return said
