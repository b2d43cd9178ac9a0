"""What surrounds the meetings: the routine of the week, a word with a teacher, a hard event, a review."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mentoring.forms.meetings import SHORT_CHANNELS
from mentoring.models import DifficultEvent, FollowUp
from people.fields import ChipField
from programs.log.forms import CHOOSE_CHANNEL, DayForm, EntryForm, NoteForm

HEARD = ("achievement_heard", "work_heard")
DONE = ("recognised", "skill", "lates_reviewed", "discipline_reviewed", "results_reviewed")


class FactForm(NoteForm, EntryForm):
    """A day of the relationship, a note, and the record's own fields (``said``)."""

    said: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.said}


class RoutineForm(FactForm):
    achievement_heard = forms.BooleanField(label=_("Une réussite de l’élève"), required=False)
    work_heard = forms.BooleanField(label=_("Le travail à faire cette semaine"), required=False)
    recognised = forms.BooleanField(label=_("Sa réussite est reconnue et encouragée"), required=False)
    skill = ChipField(
        label=_("Habileté exercée"),
        required=False,
        choices=[
            (FollowUp.Skill.TEACHER, _("Parler au personnel enseignant")),
            (FollowUp.Skill.PARENTS, _("Parler à ses parents")),
            (FollowUp.Skill.NOTES, _("Prendre des notes")),
            (FollowUp.Skill.OTHER, _("Autre")),
        ],
    )
    lates_reviewed = forms.BooleanField(label=_("Les retards"), required=False)
    discipline_reviewed = forms.BooleanField(label=_("Les notes de discipline"), required=False)
    results_reviewed = forms.BooleanField(label=_("Les résultats"), required=False)
    said = DONE
    last_on: date | None = None
    """The day of the last one, when its ticks are a tap away."""

    def also(self) -> dict[str, Any]:
        return super().also() | {"beside": {name: self.cleaned_data[name] for name in HEARD}}


class LiaisonForm(FactForm):
    channel = ChipField(label=_("Moyen"), choices=SHORT_CHANNELS, error_messages=CHOOSE_CHANNEL)
    subject = forms.CharField(
        label=_("Matière"),
        required=False,
        max_length=120,
        error_messages={"max_length": _("La matière dépasse %(limit_value)d caractères\u00a0: raccourcissez-la.")},
    )
    achievement_heard = forms.BooleanField(label=_("Une réussite de l’élève"), required=False)
    work_heard = forms.BooleanField(label=_("Le travail à faire cette semaine"), required=False)
    said = ("channel", "subject", *HEARD)


class EventForm(FactForm):
    kind = ChipField(
        label=_("Nature"),
        choices=[(value, capfirst(label)) for value, label in DifficultEvent.Kind.choices],
        error_messages={"required": _("Choisissez la nature de l’événement.")},
    )
    said = ("kind",)

    def usual_level(self) -> str:
        """Confidential unless the form says otherwise."""
        return DifficultEvent.NoteLevel.CONFIDENTIAL


class SupportForm(DayForm):
    """The support that followed a hard event; the event's own dates are for the action to check."""

    support = forms.CharField(
        label=_("De quelle façon"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Par exemple\u00a0: écoute, encouragement, démarche faite ensemble."),
        error_messages={"max_length": _("Le texte dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")},
    )


class ReviewForm(FactForm):
    redefined = forms.BooleanField(label=_("La relation est redéfinie"), required=False)
    agreed = forms.CharField(
        label=_("Ce qui est convenu"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Le texte dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")},
    )
    said = ("redefined", "agreed")
