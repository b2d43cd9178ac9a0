"""What pages of mentoring ask."""

from mentoring.forms.entries import HeldForm, NotHeldForm, ReasonForm
from mentoring.forms.relations import EndForm, PauseForm, PlanForm, SearchForm, StartForm

__all__ = ["EndForm", "HeldForm", "NotHeldForm", "PauseForm", "PlanForm", "ReasonForm", "SearchForm", "StartForm"]
