from programs.forms.entries import NOTE_LENGTH, OTHER, ChoosingForm, EntryForm, MinutesForm, NoteForm
from programs.forms.groups import GroupForm, LeadForm, MemberEndFixForm, MemberEndForm, MemberForm
from programs.forms.meetings import MeetingForm, NotHeldForm

__all__ = [
    "NOTE_LENGTH",
    "OTHER",
    "ChoosingForm",
    "EntryForm",
    "GroupForm",
    "LeadForm",
    "MeetingForm",
    "MemberEndFixForm",
    "MemberEndForm",
    "MemberForm",
    "MinutesForm",
    "NotHeldForm",
    "NoteForm",
]
