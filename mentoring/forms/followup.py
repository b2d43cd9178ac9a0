"""What surrounds the meetings: the routine of the week, a word with a teacher, a hard event, a review."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mentoring.actions import Fact
from mentoring.actions.followup import check_fact_day
from mentoring.forms.entries import DatedForm, NoteForm
from mentoring.forms.fields import ChipField
from mentoring.models import DifficultEvent, Dyad, FollowUp
from people.models import User
from programs.models.contacts import Channel

HEARD = ("achievement_heard", "work_heard")
DONE = ("recognised", "skill", "lates_reviewed", "discipline_reviewed", "results_reviewed")


class FactForm(NoteForm, DatedForm):
    """A day of the relationship, and a note."""

    def __init__(self, data: Any = None, *, dyad: Dyad, **options: Any) -> None:
        super().__init__(data, **options)
        self.dyad = dyad

    def check_day(self, day: date) -> None:
        check_fact_day(self.dyad, day, self.on)

    def fact(self, person: User) -> Fact:
        """The common part of what is said, ready for an action."""
        said = self.cleaned_data
        return Fact(self.dyad, said["on"], person, said["entry_uuid"], **self.said_of_note())


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

    def heard(self) -> dict[str, bool]:
        return {name: self.cleaned_data[name] for name in HEARD}

    def done(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DONE}


class LiaisonForm(FactForm):
    channel = ChipField(
        label=_("Moyen"),
        choices=[
            (Channel.IN_PERSON, _("En personne")),
            (Channel.VIDEO, _("Vidéo")),
            (Channel.PHONE, _("Téléphone")),
            (Channel.EMAIL, _("Courriel")),
            (Channel.MESSAGE, _("Message")),
        ],
        error_messages={"required": _("Choisissez le moyen.")},
    )
    subject = forms.CharField(
        label=_("Matière"),
        required=False,
        max_length=120,
        error_messages={"max_length": _("La matière dépasse %(limit_value)d caractères\u00a0: raccourcissez-la.")},
    )
    achievement_heard = forms.BooleanField(label=_("Une réussite de l’élève"), required=False)
    work_heard = forms.BooleanField(label=_("Le travail à faire cette semaine"), required=False)


class EventForm(FactForm):
    kind = ChipField(
        label=_("Nature"),
        choices=[(value, capfirst(label)) for value, label in DifficultEvent.Kind.choices],
        error_messages={"required": _("Choisissez la nature de l’événement.")},
    )

    def said_of_note(self) -> dict[str, Any]:
        """Confidential unless the form says otherwise."""
        level = self.cleaned_data["note_level"] or DifficultEvent.NoteLevel.CONFIDENTIAL
        return super().said_of_note() | {"note_level": level}


class SupportForm(DatedForm):
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
