"""The form of a group's meeting: when, how long, what, and who was away."""

from collections.abc import Iterable, Sequence
from typing import Any, Unpack

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.fields import ManyChipsField
from people.forms import Data
from people.models import Student
from programs.activities import GroupActivity
from programs.attendance import Away, class_list
from programs.log.forms import DayOptions, EntryForm, LateForm, MinutesForm, NoteForm, NotHeldForm
from programs.log.met_by import said_met_by
from programs.models import GroupMeeting

NOT_A_MEMBER = _("Une absence vise un élève qui n’est pas du groupe à cette date. Vérifiez les présences.")
AWAY = ("absent", "late", "excused")
GROUP_READERS = (_("qui accompagne le groupe"), _("vous et la personne responsable"))


class GroupNotHeldForm(NotHeldForm):
    """The reason excuses no week of a group."""

    reason_missing = _("Choisissez un motif.")
    readers = GROUP_READERS


class GroupMeetingForm(LateForm, MinutesForm, NoteForm, EntryForm):
    activities = ManyChipsField(label=_("Activité"), required=False, choices=GroupActivity.choices)
    absent = ManyChipsField(label=_("Présences"), required=False, error_messages={"invalid_choice": NOT_A_MEMBER})
    late = ManyChipsField(
        label=_("Arrivées après le début"), required=False, error_messages={"invalid_choice": NOT_A_MEMBER}
    )
    excused = ManyChipsField(
        label=_("Absences motivées"), required=False, error_messages={"invalid_choice": NOT_A_MEMBER}
    )
    second = forms.BooleanField(label=_("Oui, le groupe s’est réuni une autre fois ce jour-là."), required=False)
    field_order: Sequence[str] = (
        "entry_uuid", "day", "other_on", "late_reason", "minutes", "other_minutes", "activities", *AWAY, "note",
        "note_level", "second",
    )  # fmt: skip
    quiet: tuple[str, ...] = ("late_reason", "second", "late", "excused")
    readers = GROUP_READERS
    planned: GroupMeeting | None = None
    """What waits to be logged that day, when the page knows."""

    def __init__(self, data: Data = None, *, members: Iterable[Student], **options: Unpack[DayOptions]) -> None:
        """``members`` are those of the day chosen."""
        super().__init__(data, **options)
        self.fields["other_on"].label = _("Date de la rencontre")
        names = [(str(student.pk), str(student)) for student in class_list(members)]
        for field in AWAY:
            self.choose(field, names)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for field in AWAY:
            said[field] = [int(pk) for pk in said.get(field, [])]
        try:
            self.away().check()
        except forms.ValidationError as refusal:
            self.refuse(refusal)
        return said

    def away(self) -> Away:
        return Away(**{field: self.cleaned_data[field] for field in AWAY})

    def words_of_the_future(self) -> str:
        return _t("La date ne peut pas être dans le futur : consignez la rencontre une fois qu’elle a eu lieu.")

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        held = {"status": GroupMeeting.Status.HELD, "reason": ""}
        return held | {"minutes": said["how_long"], "activities": said["activities"]}

    def also(self) -> dict[str, Any]:
        return super().also() | {"met_by": said_met_by(self.cleaned_data), "beside": self.away()}

    @property
    def shows_finer_words(self) -> bool:
        """Whether the fold of late arrivals and excused absences opens by itself."""
        return any(self[name].value() or self[name].errors for name in ("late", "excused"))
