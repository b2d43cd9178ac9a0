"""What is recorded of a mentor: a training, a style, an approach, who they are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mentoring.actions.mentors import LONGEST_TRAINING
from mentoring.models import Mentor, StyleSelfAssessment, Training
from people.fields import BirthDateField, ChipField, DayField
from people.forms import ActionForm, Data, Initial
from people.models import Student
from programs.log.forms import DayForm, MinutesForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class TrainingForm(MinutesForm, DayForm):
    kind = ChipField(
        label=_("Nature"),
        choices=[(value, capfirst(label)) for value, label in Training.Kind.choices],
        error_messages={"required": _("Choisissez la nature de la formation.")},
    )
    title = forms.CharField(
        label=_("Titre"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Le titre dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")},
    )

    field_order: Sequence[str] = ("kind",)
    usual_minutes = (30, 60, 120)
    longest = LONGEST_TRAINING

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        facts = {"kind": said["kind"], "completed_on": said["on"], "minutes": said["how_long"]}
        return facts | {"title": said["title"].strip()}


class MentorForm(ActionForm):
    """Who the mentor is; and the birth dates of the students whom they mentor, in fields of their own."""

    use_required_attribute = False

    kind = ChipField(
        label=_("Qui"),
        choices=[(value, capfirst(label)) for value, label in Mentor.Kind.choices],
        error_messages={"required": _("Choisissez qui est cette personne.")},
    )
    birth_date = BirthDateField(label=_("Date de naissance de la mentore ou du mentor"), required=False)

    def __init__(self, data: Data = None, *, students: Sequence[Student], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.students = students
        for student in students:
            field = BirthDateField(label=str(student), required=False)
            field.initial = student.birth_date
            self.fields[f"student_{student.pk}"] = field

    @property
    def birth_fields(self) -> list[forms.BoundField]:
        return [self[f"student_{student.pk}"] for student in self.students]

    def births(self) -> dict[Student, Any]:
        """By student, what the form says; a field that was not sent says nothing."""
        names = {student: f"student_{student.pk}" for student in self.students}
        return {student: self.cleaned_data[name] for student, name in names.items() if name in self.data}


class BecomingForm(ActionForm):
    """Which mentor somebody becomes, and the training that they may have followed."""

    use_required_attribute = False

    kind = MentorForm.base_fields["kind"]
    birth_date = BirthDateField(label=_("Date de naissance"), required=False)
    trained_on = DayField(label=_("Terminée le"), required=False)
    trained_minutes = forms.IntegerField(
        label=_("Durée en minutes"),
        required=False,
        min_value=1,
        max_value=LONGEST_TRAINING,
        widget=forms.NumberInput(attrs={"class": "narrow-field"}),
        error_messages={"invalid": _("Écrivez la durée en minutes, en chiffres.")},
    )

    def clean(self) -> dict[str, Any]:
        return said_whole(self, super().clean())


def said_whole(form: ActionForm, said: dict[str, Any] | None) -> dict[str, Any]:
    """A training needs its day and its length, or neither."""
    said = said or form.cleaned_data
    if "trained_on" in said and "trained_minutes" in said:
        day, minutes = said["trained_on"], said["trained_minutes"]
        if day and not minutes:
            form.add_error("trained_minutes", _("Indiquez la durée de la formation."))
        if minutes and not day:
            form.add_error("trained_on", _("Indiquez le jour où la formation s’est terminée."))
    return said


class StyleForm(ActionForm):
    use_required_attribute = False

    markers = forms.MultipleChoiceField(
        label=_("Les phrases qui vous ressemblent"),
        choices=StyleSelfAssessment.Marker.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Cochez au moins une phrase qui vous ressemble."),
            "invalid_choice": _("Cochez parmi les phrases proposées."),
        },
    )


def _words(label: "StrOrPromise", help_text: "StrOrPromise") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
        error_messages={"max_length": _("Le texte dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")},
    )


class ApproachForm(ActionForm):
    use_required_attribute = False

    beliefs = _words(_("Croyances"), _("Ce que je crois de l’élève et de mon rôle."))
    attitudes = _words(_("Attitudes"), _("Comment je suis avec l’élève."))
    behaviours = _words(_("Comportements"), _("Ce que je fais\u00a0: écouter, reconnaître les besoins, encourager."))
    style = _words(_("Style"), _("Comment je mène la rencontre, et la part de l’élève dans les décisions."))
