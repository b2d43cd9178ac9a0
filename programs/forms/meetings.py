"""The forms of a group's meetings."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Student
from programs.activities import GroupActivity
from programs.attendance import Away, by_given_name
from programs.forms.entries import NOTE_LENGTH, ChoosingForm, EntryForm, LateForm, MinutesForm, NoteForm
from programs.models import GroupMeeting

NOT_A_MEMBER = _("Une absence vise un élève qui n’est pas du groupe à cette date. Vérifiez les présences.")


class MeetingForm(LateForm, EntryForm, MinutesForm, NoteForm):
    """When, how long, what, and who was away. ``cleaned_data`` gains ``met_on`` and ``how_long``."""

    activities = forms.MultipleChoiceField(
        label=_("Activité"), required=False, choices=GroupActivity.choices, widget=forms.CheckboxSelectMultiple
    )
    absent = forms.MultipleChoiceField(
        label=_("Présences"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_A_MEMBER},
    )
    late = forms.MultipleChoiceField(
        label=_("Arrivées après le début"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_A_MEMBER},
    )
    excused = forms.MultipleChoiceField(
        label=_("Absences motivées"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_A_MEMBER},
    )
    second = forms.BooleanField(label=_("Oui, le groupe s’est réuni une autre fois ce jour-là."), required=False)
    field_order = (
        "entry_uuid",
        "day",
        "other_on",
        "late_reason",
        "minutes",
        "other_minutes",
        "activities",
        "absent",
        "late",
        "excused",
        "note",
        "note_level",
        "second",
    )

    def __init__(self, *args: Any, members: Iterable[Student], **kwargs: Any) -> None:
        """``members`` are those of the day chosen."""
        super().__init__(*args, **kwargs)
        self.fields["other_on"].label = _("Date de la rencontre")
        names = [(str(student.pk), str(student)) for student in sorted(members, key=by_given_name)]
        for field in ("absent", "late", "excused"):
            self.choose(field, names)
        self.silence("second", "late", "excused")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for field in ("absent", "late", "excused"):
            data[field] = [int(pk) for pk in data.get(field, [])]
        try:
            Away(data["absent"], data["late"], data["excused"]).check()
        except forms.ValidationError as refusal:
            self.refuse(refusal)
        return data

    @property
    def shows_finer_words(self) -> bool:
        """Whether the fold of late arrivals and excused absences opens by itself."""
        return any(self[name].value() or self[name].errors for name in ("late", "excused"))


class NotHeldForm(LateForm, ChoosingForm):
    reason = forms.ChoiceField(
        label=_("Motif"),
        choices=[(value, capfirst(label)) for value, label in GroupMeeting.Reason.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un motif.")},
    )
    note = forms.CharField(
        label=pgettext_lazy("rencontre", "Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
