"""The forms of a group's meetings."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Student
from programs.activities import GroupActivity
from programs.attendance import by_given_name
from programs.forms.entries import NOTE_LENGTH, EntryForm, MinutesForm, NoteForm
from programs.models import GroupMeeting


class MeetingForm(EntryForm, MinutesForm, NoteForm):
    """When, how long, what, and who was away. ``cleaned_data`` gains ``met_on`` and ``how_long``."""

    activities = forms.MultipleChoiceField(
        label=_("Activité"), required=False, choices=GroupActivity.choices, widget=forms.CheckboxSelectMultiple
    )
    absent = forms.MultipleChoiceField(
        label=_("Présences"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _(
                "Une absence vise un élève qui n’est pas du groupe à cette date. Vérifiez les présences."
            )
        },
    )
    second = forms.BooleanField(label=_("Oui, le groupe s’est réuni une autre fois ce jour-là."), required=False)
    field_order = (
        "entry_uuid",
        "day",
        "other_on",
        "minutes",
        "other_minutes",
        "activities",
        "absent",
        "note",
        "note_level",
        "second",
    )

    def __init__(self, *args: Any, members: Iterable[Student], **kwargs: Any) -> None:
        """``members`` are those of the day chosen."""
        super().__init__(*args, **kwargs)
        self.fields["other_on"].label = _("Date de la rencontre")
        self.choose("absent", [(str(student.pk), str(student)) for student in sorted(members, key=by_given_name)])
        self.fields["second"].silent = True  # type: ignore[attr-defined]


class NotHeldForm(forms.Form):
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
