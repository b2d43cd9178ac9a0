"""Logging a meeting of a dyad: few choices, all visible, the rest folded."""

from collections.abc import Sequence
from typing import Any, Unpack

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.models import Dyad, DyadMeeting
from people.fields import ChipField, ManyChipsField
from people.forms import Data
from programs.log.forms import CHOOSE_CHANNEL, DayOptions, EntryForm, LateForm, MinutesForm, NoteForm, NotHeldForm
from programs.log.met_by import said_met_by
from programs.models.contacts import Channel

FEWEST = 2
STRUCTURED = {"yes": True, "no": False}
SHORT_CHANNELS = [
    (Channel.IN_PERSON, _("En personne")),
    (Channel.VIDEO, _("Vidéo")),
    (Channel.PHONE, _("Téléphone")),
    (Channel.EMAIL, _("Courriel")),
    (Channel.MESSAGE, _("Message")),
]


class DyadEntryForm(LateForm, NoteForm, EntryForm):
    """What both outcomes share."""

    second = forms.BooleanField(
        label=_("Oui, c’est une autre rencontre ou un autre contact du même jour."), required=False
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["other_on"].label = _("Date de la rencontre")

    def words_of_the_future(self) -> str:
        return _t("La date ne peut pas être dans le futur : consignez la rencontre une fois qu’elle a eu lieu.")


class HeldForm(MinutesForm, DyadEntryForm):
    channel = ChipField(label=_("Moyen"), choices=SHORT_CHANNELS, error_messages=CHOOSE_CHANNEL)
    activity = ChipField(
        label=_("Activité"),
        required=False,
        choices=[
            (DyadMeeting.Activity.DISCUSSION, _("Échange")),
            (DyadMeeting.Activity.SHARED_ACTIVITY, _("Activité ensemble")),
            (DyadMeeting.Activity.PROBLEM_SOLVING, _("Résolution de problème")),
        ],
    )
    chosen_by = ChipField(
        label=_("Qui l’a choisie"),
        required=False,
        choices=[
            (DyadMeeting.ChosenBy.STUDENT, _("Élève")),
            (DyadMeeting.ChosenBy.TOGETHER, _("Ensemble")),
            (DyadMeeting.ChosenBy.MENTOR, _("Mentore ou mentor")),
            (DyadMeeting.ChosenBy.PROGRAMME, _("Programme")),
        ],
    )
    setting = ChipField(
        label=_("Mode"),
        required=False,
        choices=[(DyadMeeting.Setting.INDIVIDUAL, _("Individuel")), (DyadMeeting.Setting.GROUP, _("En groupe"))],
    )
    structured = ChipField(
        label=_("Activité structurée"),
        help_text=_("Prévue, avec un but, faite ensemble"),
        required=False,
        choices=[("yes", _("Oui")), ("no", _("Non"))],
    )
    topic = forms.ChoiceField(
        label=_("Thème"), required=False, choices=[("", _("Sans thème")), *DyadMeeting.Topic.choices]
    )
    field_order: Sequence[str] = ("entry_uuid", "day", "other_on", "late_reason", "second", "minutes", "other_minutes")

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("channel", "activity", "chosen_by", "topic", "setting")
        held = {"status": DyadMeeting.Status.HELD, "reason": "", "minutes": said["how_long"]}
        return held | {name: said[name] for name in names} | {"structured": STRUCTURED.get(said["structured"])}

    def also(self) -> dict[str, Any]:
        return super().also() | {"met_by": said_met_by(self.cleaned_data)}


class MissedForm(NotHeldForm, DyadEntryForm):
    """A meeting that did not take place, on a day to choose."""

    field_order: Sequence[str] = ("entry_uuid", "day", "other_on", "late_reason", "second", "reason")


class TogetherForm(HeldForm):
    """A meeting that several dyads had together: as for one, except that the mode is « en groupe »."""

    dyads = ManyChipsField(
        label=_("Avec qui"),
        error_messages={
            "required": _("Choisissez les dyades qui se sont rencontrées ensemble."),
            "invalid_choice": _("Choisissez parmi vos dyades en cours."),
        },
    )
    field_order: Sequence[str] = ("entry_uuid", "dyads", "day")

    def __init__(self, data: Data = None, *, choose_from: Sequence[Dyad], **options: Unpack[DayOptions]) -> None:
        # Without an owner: each dyad has dates of its own, and the action says which one refuses.
        super().__init__(data, **options)
        self.dyads_offered = choose_from
        del self.fields["setting"]
        self.choose("dyads", [(str(dyad.pk), str(dyad.student)) for dyad in choose_from])

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"setting": DyadMeeting.Setting.GROUP}

    def clean_dyads(self) -> list[Dyad]:
        chosen: list[str] = self.cleaned_data["dyads"]
        if len(chosen) < FEWEST:
            raise forms.ValidationError(_("Choisissez au moins deux dyades, ou consignez la rencontre d’une seule."))
        return [dyad for dyad in self.dyads_offered if str(dyad.pk) in chosen]
