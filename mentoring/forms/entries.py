"""Logging a meeting of a dyad: few choices, all visible, the rest folded."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mentoring.actions import Entry
from mentoring.actions.entries import LONGEST_MINUTES, check_day
from mentoring.forms.fields import OTHER, ChipField, DayChipField, EntryUuidField, usable_uuid
from mentoring.models import Dyad, DyadMeeting
from people.fields import DayField
from programs.days import EarlierWeek, without
from programs.forms import LateForm, said_met_by

USUAL_MINUTES = (10, 25, 40, 60)
NOTE_HIDDEN = _(
    "Une autre personne a rendu la note confidentielle entre-temps\u00a0: la vôtre n’a pas été ajoutée. "
    "Copiez vos mots au besoin, puis enregistrez sans note."
)
STRUCTURED = {"yes": True, "no": False}


class DatedForm(forms.Form):
    """The form's own key, and a day: a few chips, or another date."""

    use_required_attribute = False

    entry_uuid = EntryUuidField()
    day = DayChipField(label=_("Quand"), error_messages={"required": _("Choisissez le jour.")})
    other_day = DayField(label=_("Date"))

    def __init__(self, data: Any = None, *, on: date, usual: tuple[date, ...] = (), **options: Any) -> None:
        super().__init__(data, **options)
        self.on = on
        for name in ("day", "minutes"):
            if self.is_bound and name in self.fields:
                self.fields[f"other_{name}"].required = self.data.get(name) == OTHER
        days = self.fields["day"]
        assert isinstance(days, DayChipField)  # noqa: S101 - declared above
        days.offer(on, *usual)

    def offer_weeks(self, weeks: Sequence[EarlierWeek]) -> None:
        """Put earlier days in the fold of the day's chips; those already at hand stay there alone."""
        days = self.fields["day"]
        assert isinstance(days, DayChipField)  # noqa: S101 - declared above
        choices: Any = days.choices
        days.weeks = without({str(value) for value, _label in choices}, weeks)

    @property
    def uuid_to_send(self) -> str:
        return str(usable_uuid(self))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("day", "minutes"):
            if self.data.get(name) != OTHER:
                # What stands in a field that the chips set aside says nothing.
                self.errors.pop(f"other_{name}", None)
        chosen = said.get("day")
        if chosen and "day" not in self.errors and "other_day" not in self.errors:
            said["on"] = said["other_day"] if chosen == OTHER else date.fromisoformat(chosen)
            try:
                self.check_day(said["on"])
            except ValidationError as refusal:
                self.refuse(refusal)
        return said

    def check_day(self, day: date) -> None:
        """Refuse at once a day that the action would refuse, so that all is said together."""

    def refuse(self, refusal: ValidationError) -> None:
        """Show an action's refusal at the field that was used."""
        refuse(self, refusal)


def refuse(form: forms.Form, refusal: ValidationError) -> None:
    """Show a refusal at the field that it names, or at the « other » field that its chips called for."""
    spoken = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for name, sentences in spoken.items():
        chosen = form.data.get(name) if form.is_bound else ""
        field = f"other_{name}" if chosen == OTHER and f"other_{name}" in form.fields else name
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


class NoteForm(forms.Form):
    """A folded note, and who may read it."""

    use_required_attribute = False

    note = forms.CharField(
        label=_("La note"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("La note dépasse %(limit_value)d caractères : raccourcissez-la.")},
    )
    note_level = ChipField(
        label=_("Qui peut la lire"),
        required=False,
        choices=[
            (DyadMeeting.NoteLevel.ORDINARY, _("Ordinaire")),
            (DyadMeeting.NoteLevel.CONFIDENTIAL, _("Confidentielle")),
        ],
    )

    def __init__(self, data: Any = None, *, note_hidden: bool = False, **options: Any) -> None:
        super().__init__(data, **options)
        level = self.fields["note_level"]
        assert isinstance(level, ChipField)  # noqa: S101 - declared above
        level.hints = {
            DyadMeeting.NoteLevel.ORDINARY.value: str(_("vous et les responsables")),
            DyadMeeting.NoteLevel.CONFIDENTIAL.value: str(_("vous et la personne responsable du programme")),
        }
        self.note_hidden = note_hidden
        if note_hidden and not (self.data.get("note") or "").strip():
            del self.fields["note"], self.fields["note_level"]

    def clean_note(self) -> str:
        """What was typed before the note was hidden is shown again and refused, never dropped without a word."""
        note: str = self.cleaned_data["note"]
        if note and self.note_hidden:
            raise ValidationError(NOTE_HIDDEN)
        return note

    def refuse(self, refusal: ValidationError) -> None:
        """Show an action's refusal at the field that was used."""
        refuse(self, refusal)

    def said_of_note(self) -> dict[str, Any]:
        if "note" not in self.fields:
            return {"note": None}
        level = self.cleaned_data["note_level"] or DyadMeeting.NoteLevel.ORDINARY
        return {"note": self.cleaned_data["note"], "note_level": level}


class StampedForm(forms.Form):
    """When the record that the form says something of had been saved."""

    saved_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def saved_instant(self) -> datetime | None:
        """None when the form doesn't say."""
        try:
            return datetime.fromisoformat(self.cleaned_data["saved_at"])
        except ValueError:
            return None


class EntryForm(LateForm, NoteForm, StampedForm, DatedForm):
    """What both outcomes share: the form's key, the day, and a folded note."""

    second = forms.BooleanField(
        label=_("Oui, c’est une autre rencontre ou un autre contact du même jour."), required=False
    )

    def __init__(self, data: Any = None, *, dyad: Dyad, **options: Any) -> None:
        super().__init__(data, **options)
        self.dyad = dyad
        self.fields["other_day"].label = _("Date de la rencontre")
        self.fields["second"].silent = True  # type: ignore[attr-defined]  # shown only where it is wanted

    def check_day(self, day: date) -> None:
        check_day(self.dyad, day, self.on)


class HeldForm(EntryForm):
    minutes = ChipField(
        label=_("Durée"),
        help_text=_("en minutes"),
        choices=[*((str(n), str(n)) for n in USUAL_MINUTES), (OTHER, _("Autre"))],
        error_messages={"required": _("Choisissez la durée.")},
    )
    other_minutes = forms.IntegerField(
        label=_("Durée en minutes"),
        widget=forms.NumberInput(attrs={"class": "narrow-field"}),
        min_value=1,
        max_value=LONGEST_MINUTES,
        error_messages={
            "required": _("Indiquez la durée en minutes."),
            "invalid": _("Écrivez la durée en minutes, en chiffres."),
            "min_value": _("La durée va de 1 à 480 minutes."),
            "max_value": _("La durée va de 1 à 480 minutes."),
        },
    )
    channel = ChipField(
        label=_("Moyen"),
        choices=[
            (DyadMeeting.Channel.IN_PERSON, _("En personne")),
            (DyadMeeting.Channel.VIDEO, _("Vidéo")),
            (DyadMeeting.Channel.PHONE, _("Téléphone")),
            (DyadMeeting.Channel.EMAIL, _("Courriel")),
            (DyadMeeting.Channel.MESSAGE, _("Message")),
        ],
        error_messages={"required": _("Choisissez le moyen.")},
    )
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
        choices=[
            (DyadMeeting.Setting.INDIVIDUAL, _("Individuel")),
            (DyadMeeting.Setting.GROUP, _("En groupe")),
        ],
    )
    structured = ChipField(
        label=_("Activité structurée"),
        help_text=_("prévue, avec un but, faite ensemble"),
        required=False,
        choices=[("yes", _("Oui")), ("no", _("Non"))],
    )
    topic = forms.ChoiceField(
        label=_("Thème"), required=False, choices=[("", _("Sans thème")), *DyadMeeting.Topic.choices]
    )

    def entry(self) -> Entry:
        said = self.cleaned_data
        minutes = said["other_minutes"] if said["minutes"] == OTHER else int(said["minutes"])
        names = ("channel", "activity", "chosen_by", "topic", "setting")
        values = {name: said[name] for name in names} | {"structured": STRUCTURED.get(said["structured"])}
        values |= {"met_by": said_met_by(said)}
        return Entry(said["on"], minutes=minutes, late_reason=said["late_reason"], **values, **self.said_of_note())


class ReasonForm(LateForm, NoteForm, StampedForm):
    """Why a planned meeting did not take place."""

    reason = ChipField(
        label=_("Motif"),
        choices=[
            (DyadMeeting.Reason.STUDENT_ABSENT, _("Absence de l’élève")),
            (DyadMeeting.Reason.ADULT_ABSENT, _("Absence de l’adulte")),
            (DyadMeeting.Reason.SCHOOL_CLOSED, _("École fermée")),
            (DyadMeeting.Reason.OTHER, _("Autre motif")),
        ],
        error_messages={"required": _("Choisissez le motif : il dit si la semaine est excusée.")},
    )

    def entry_of(self, day: date) -> Entry:
        said = self.cleaned_data
        late = said["late_reason"]
        return Entry(day, held=False, reason=said["reason"], late_reason=late, **self.said_of_note())


class NotHeldForm(ReasonForm, EntryForm):
    """A meeting that did not take place, on a day to choose."""

    def entry(self) -> Entry:
        return self.entry_of(self.cleaned_data["on"])
