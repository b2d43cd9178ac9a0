"""What the forms of every kind of record share: a key, a day, a length, a note, why it comes late, why it was not."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, Required, TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.fields import NO_SUCH_DAY, OTHER, OTHERS, ChipField, DayField, EntryUuidField, day_or_none, is_day
from people.forms import ActionForm, Data, Initial
from people.retention import LATE_AFTER
from people.text import written
from programs.log.day_choices import EarlierWeek, without
from programs.log.kinds import Entry
from programs.log.limits import DAY, NOTE, wrong_minutes
from programs.models import LoggedRecord, MeetingRecord, Relation

USUAL_MINUTES = (10, 25, 40, 60)
NOTE_HIDDEN = _(
    "Une autre personne a rendu la note confidentielle entre-temps\u00a0: la vôtre n’a pas été ajoutée. "
    "Copiez vos mots au besoin, puis enregistrez sans note."
)
CHOOSE_CHANNEL = {"required": _("Choisissez le moyen."), "invalid_choice": _("Choisissez le moyen.")}


class DayChipField(ChipField):
    """A few days at hand, then « Autre date ». A form left open since yesterday still says the day that it showed.

    ``weeks`` are the earlier days of the fold.
    """

    weeks: Sequence[EarlierWeek] = ()

    def valid_value(self, value: object) -> bool:
        return value == OTHER or is_day(str(value))

    def shows(self, value: str) -> bool:
        return super().shows(value) or any(day.value == value for week in self.weeks for day in week.days)

    def offer(self, days: Sequence[date], on: date) -> None:
        """Offer these days, « Aujourd’hui » by its name, and any other."""
        self.hints = {day.isoformat(): written(day, "l j N" if day == on else "j N") for day in days}
        names = [_t("Aujourd’hui") if day == on else capfirst(written(day, "l")) for day in days]
        self.choices = [*zip(self.hints, names, strict=True), (OTHER, _t("Autre date"))]


class DayOptions(TypedDict, total=False):
    """``days`` are the chips; ``owner``, where given, is asked at once whether the day can be one of its own."""

    days: Required[Sequence[date]]
    on: Required[date]
    owner: Relation | None
    initial: Initial


class DayForm(ActionForm):
    """What is said of one day, sent once. ``cleaned_data`` gains ``on``."""

    use_required_attribute = False

    entry_uuid = EntryUuidField()
    day = DayChipField(
        label=_("Quand"), error_messages={"required": _("Choisissez le jour."), "invalid_choice": NO_SUCH_DAY}
    )
    other_on = DayField(label=_("Date"))
    quiet: tuple[str, ...] = ("second",)
    chips_with_other = ("day", "minutes")

    def __init__(
        self, data: Data = None, *, days: Sequence[date], on: date, owner: Relation | None = None,
        initial: Initial = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        self.on, self.owner = on, owner
        self.initial.setdefault("entry_uuid", uuid.uuid4())
        field = self.fields["day"]
        assert isinstance(field, DayChipField)  # noqa: S101 - declared above
        field.offer(list(dict.fromkeys(days)), on)
        self.initial.setdefault("day", days[0].isoformat() if days else OTHER)

    def offer_weeks(self, weeks: Sequence[EarlierWeek]) -> None:
        """Put earlier days in the fold of the day's chips; those already at hand stay there alone."""
        field = self.fields["day"]
        assert isinstance(field, DayChipField)  # noqa: S101 - declared above
        field.weeks = without(set(field.hints), weeks)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in self.chips_with_other:
            if name in self.fields and self.data.get(name) != OTHER:
                # What stands in a field that the chips set aside says nothing.
                self.errors.pop(f"other_{OTHERS.get(name, name)}", None)
        chosen = said.get("day")
        if chosen and "other_on" not in self.errors:
            said["on"] = said.get("other_on") if chosen == OTHER else date.fromisoformat(chosen)
            if said["on"] and self.owner is not None:
                self._check_day(said["on"], self.owner)
        return said

    def _check_day(self, day: date, owner: Relation) -> None:
        """Refuse at once a day that the action would refuse, so that all is said together."""
        if day > self.on:
            self.refuse(ValidationError({"day": self.words_of_the_future()}, code="future"))
        elif outside := owner.why_not_on(day):
            self.refuse(ValidationError({"day": outside}, code="outside"))

    def words_of_the_future(self) -> str:
        return _t("La date ne peut pas être dans le futur.")


class RecordForm(ActionForm):
    """What the forms of every kind of record ask alike: a field that all records have stands here."""

    def values(self) -> dict[str, Any]:
        """The fields of the record that the form says, by attribute."""
        raise NotImplementedError

    def also(self) -> dict[str, Any]:
        """What the entry says besides them, by its names; a form that does not ask for the note leaves it."""
        return {"note": None}


class EntryForm(RecordForm, DayForm):
    """One record, of one day."""

    def entry(self) -> Entry:
        """What the valid form says."""
        return Entry(self.cleaned_data["on"], self.values(), **self.also())

    def entries(self) -> dict[int | None, Entry]:
        """As above, by student where the form names several."""
        return {None: self.entry()}


class MinutesForm(ActionForm):
    """How long. ``cleaned_data`` gains ``how_long``, None when the length may be left out and is."""

    minutes = ChipField(
        label=_("Durée en minutes"),
        error_messages={"required": _("Choisissez la durée."), "invalid_choice": _("Choisissez la durée.")},
    )
    other_minutes = forms.IntegerField(
        label=_("Durée en minutes"),
        widget=forms.NumberInput(attrs={"class": "narrow-field", "inputmode": "numeric"}),
        error_messages={
            "required": _("Indiquez la durée en minutes."),
            "invalid": _("Écrivez la durée en minutes, en chiffres."),
        },
    )
    longest = DAY
    usual_minutes: tuple[int, ...] = USUAL_MINUTES

    def prepare(self) -> None:
        super().prepare()
        self.fields["other_minutes"].widget.attrs |= {"min": 1, "max": self.longest}
        usual = set(self.usual_minutes)
        for minutes in (str(self.initial.get("minutes")), str(self.data.get("minutes"))):
            if minutes.isascii() and minutes.isdigit() and len(minutes) <= 4:
                usual.add(int(minutes))
        self.choose("minutes", [*((str(n), str(n)) for n in sorted(usual)), (OTHER, _t("Autre"))])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "minutes" in said:
            typed = said["minutes"]
            said["how_long"] = said.get("other_minutes") if typed == OTHER else int(typed) if typed else None
            if words := wrong_minutes(said["how_long"], self.longest):
                self.refuse(ValidationError({"minutes": words}))
        return said


class NoteForm(RecordForm):
    """A folded note, and who reads it."""

    note = forms.CharField(
        label=pgettext_lazy("rencontre", "Note"),
        required=False,
        max_length=NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("La note dépasse %(limit_value)d caractères : raccourcissez-la.")},
    )
    note_level = ChipField(
        label=_("Qui peut la lire"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in LoggedRecord.NoteLevel.choices],
        initial=LoggedRecord.NoteLevel.ORDINARY,
    )
    readers = (_("vous et les responsables"), _("vous et la personne responsable du programme"))
    """Who reads an ordinary note, then a confidential one."""
    note_hidden = False
    """Whether a confidential one is there that the person can't read."""

    def prepare(self) -> None:
        super().prepare()
        level = self.fields["note_level"]
        assert isinstance(level, ChipField)  # noqa: S101 - declared above
        level.hints = dict(zip(LoggedRecord.NoteLevel.values, map(str, self.readers), strict=True))

    def clean_note(self) -> str:
        """What was typed before the note was hidden is shown again and refused, never dropped without a word."""
        note: str = self.cleaned_data["note"]
        if note and self.note_hidden:
            raise ValidationError(NOTE_HIDDEN)
        return note

    def also(self) -> dict[str, Any]:
        """A note that the person can't read stays as it is."""
        if self.note_hidden:
            return super().also()
        level = self.cleaned_data["note_level"] or self.usual_level()
        return super().also() | {"note": self.cleaned_data["note"], "note_level": level}

    def usual_level(self) -> str:
        return LoggedRecord.NoteLevel.ORDINARY


class LateForm(RecordForm):
    """Why a meeting is logged so much later."""

    late_reason = forms.CharField(
        label=_("Pourquoi elle est consignée maintenant"),
        required=False,
        max_length=300,
        error_messages={"max_length": _("Le motif dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")},
    )
    quiet: tuple[str, ...] = ("late_reason", "second")
    asks_why = False
    """Whether the page knows that it must ask."""

    def prepare(self) -> None:
        super().prepare()
        days = {"days": LATE_AFTER.days}
        self.fields["late_reason"].help_text = _t("La rencontre remonte à plus de %(days)s jours.") % days

    def also(self) -> dict[str, Any]:
        return super().also() | {"late_reason": self.cleaned_data["late_reason"]}

    @property
    def shows_why(self) -> bool:
        field = self["late_reason"]
        return bool(self.asks_why or field.errors or field.value())


class NotHeldForm(LateForm, NoteForm):
    """Why a meeting did not take place."""

    reason = ChipField(
        label=_("Motif"), choices=[(value, capfirst(label)) for value, label in MeetingRecord.Reason.choices]
    )
    reason_missing = _("Choisissez le motif : il dit si la semaine est excusée.")

    def prepare(self) -> None:
        super().prepare()
        self.fields["reason"].error_messages["required"] = self.reason_missing

    def values(self) -> dict[str, Any]:
        return {"status": MeetingRecord.Status.NOT_HELD, "reason": self.cleaned_data["reason"]}

    def not_held(self, day: date) -> Entry:
        return Entry(day, self.values(), **self.also())


def posted_day(data: Data) -> date | None:
    """The day that was chosen or typed, when it is one: what depends on it (the members) follows it."""
    said = data or {}
    return day_or_none(said.get("other_on" if said.get("day") == OTHER else "day"))


def noted(record: LoggedRecord) -> tuple[dict[str, Any], bool]:
    """What a correction's form shows of the key, the day and the note; and whether the note is hidden to the person."""
    note = record.readable_note
    shown = {"entry_uuid": record.entry_uuid, "day": record.on.isoformat()}
    return shown | {"note": note, "note_level": record.note_level}, not note and record.holds_confidence
