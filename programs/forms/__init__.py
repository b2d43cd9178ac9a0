from programs.forms.entries import NOTE_LENGTH, OTHER, ChoosingForm, EntryForm, LateForm, MinutesForm, NoteForm
from programs.forms.groups import (
    GroupForm,
    LeadEndForm,
    LeadForm,
    MemberEndFixForm,
    MemberEndForm,
    MemberForm,
    SlotForm,
)
from programs.forms.meetings import MeetingForm, NotHeldForm
from programs.forms.programmes import ActivityForm, ProgramForm, ResultsForm, RolesForm, as_typed
from programs.forms.records import (
    FamilyContactFixForm,
    FamilyContactForm,
    ReviewForm,
    StudentContactFixForm,
    StudentContactForm,
)
from programs.forms.substitutes import SubstituteForm, ask_who_met, said_met_by
from programs.forms.teachers import FoundationsForm, FunctionTimeForm, ReleaseForm, WeekTimeForm

__all__ = [
    "NOTE_LENGTH",
    "OTHER",
    "ActivityForm",
    "ChoosingForm",
    "EntryForm",
    "FamilyContactFixForm",
    "FamilyContactForm",
    "FoundationsForm",
    "FunctionTimeForm",
    "GroupForm",
    "LateForm",
    "LeadEndForm",
    "LeadForm",
    "MeetingForm",
    "MemberEndFixForm",
    "MemberEndForm",
    "MemberForm",
    "MinutesForm",
    "NotHeldForm",
    "NoteForm",
    "ProgramForm",
    "ReleaseForm",
    "ResultsForm",
    "ReviewForm",
    "RolesForm",
    "SlotForm",
    "StudentContactFixForm",
    "StudentContactForm",
    "SubstituteForm",
    "WeekTimeForm",
    "as_typed",
    "ask_who_met",
    "said_met_by",
]
