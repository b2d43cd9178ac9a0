"""What pages of mentoring ask."""

from mentoring.forms.agreements import AgreementForm, CommitmentForm
from mentoring.forms.entries import HeldForm, NotHeldForm, ReasonForm
from mentoring.forms.followup import EventForm, LiaisonForm, ReviewForm, RoutineForm, SupportForm
from mentoring.forms.mentors import ApproachForm, MentorForm, StyleForm, TrainingForm
from mentoring.forms.relations import EndForm, PauseForm, PlanForm, SearchForm, StartForm
from mentoring.forms.together import TogetherForm

__all__ = [
    "AgreementForm",
    "ApproachForm",
    "CommitmentForm",
    "EndForm",
    "EventForm",
    "HeldForm",
    "LiaisonForm",
    "MentorForm",
    "NotHeldForm",
    "PauseForm",
    "PlanForm",
    "ReasonForm",
    "ReviewForm",
    "RoutineForm",
    "SearchForm",
    "StartForm",
    "StyleForm",
    "SupportForm",
    "TogetherForm",
    "TrainingForm",
]
