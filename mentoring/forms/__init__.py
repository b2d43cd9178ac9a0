"""What pages of mentoring ask."""

from mentoring.forms.agreements import AgreementForm, CommitmentForm
from mentoring.forms.followup import EventForm, LiaisonForm, ReviewForm, RoutineForm, SupportForm
from mentoring.forms.meetings import HeldForm, MissedForm, TogetherForm
from mentoring.forms.mentors import ApproachForm, MentorForm, StyleForm, TrainingForm
from mentoring.forms.relations import EndForm, PauseForm, PlanForm, SearchForm, StartForm

__all__ = [
    "AgreementForm",
    "ApproachForm",
    "CommitmentForm",
    "EndForm",
    "EventForm",
    "HeldForm",
    "LiaisonForm",
    "MentorForm",
    "MissedForm",
    "PauseForm",
    "PlanForm",
    "ReviewForm",
    "RoutineForm",
    "SearchForm",
    "StartForm",
    "StyleForm",
    "SupportForm",
    "TogetherForm",
    "TrainingForm",
]
