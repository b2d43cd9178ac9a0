from programs.forms.groups import (
    GroupForm,
    LeadEndForm,
    LeadForm,
    MemberEndFixForm,
    MemberEndForm,
    MemberForm,
    SlotForm,
)
from programs.forms.meetings import GroupMeetingForm
from programs.forms.programmes import ActivityForm, ProgramForm, ResultsForm, RolesForm, as_typed
from programs.forms.records import FamilyContactForm, GroupReviewForm, StudentContactForm
from programs.forms.substitutes import SubstituteForm
from programs.forms.teachers import FoundationsForm, FunctionTimeForm, ReleaseForm, WeekTimeForm

__all__ = [
    "ActivityForm",
    "FamilyContactForm",
    "FoundationsForm",
    "FunctionTimeForm",
    "GroupForm",
    "GroupMeetingForm",
    "GroupReviewForm",
    "LeadEndForm",
    "LeadForm",
    "MemberEndFixForm",
    "MemberEndForm",
    "MemberForm",
    "ProgramForm",
    "ReleaseForm",
    "ResultsForm",
    "RolesForm",
    "SlotForm",
    "StudentContactForm",
    "SubstituteForm",
    "WeekTimeForm",
    "as_typed",
]
