"""The forms of what ties a group's adult to each student and each family."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.models import Guardian, Student
from programs.forms.entries import EntryForm, MinutesForm, NoteForm
from programs.models import FamilyContact, GroupReview
from programs.models.contacts import Channel

WHOLE_GROUP = "group"
NOT_A_MEMBER = _("Un élève n’est pas du groupe à cette date. Vérifiez la date ou le choix des élèves.")
CHOOSE_STUDENT = _("Choisissez l’élève.")
CHANNELS = [(value, capfirst(label)) for value, label in Channel.choices]
CHOOSE_CHANNEL = {"required": _("Choisissez le moyen."), "invalid_choice": _("Choisissez le moyen.")}

Hints = Mapping[int, str]
"""By student, the second line of their chip: when it last happened."""


def _chips(students: Iterable[Student], hints: Hints) -> tuple[list[tuple[str, str]], dict[str, str]]:
    rows = list(students)
    return [(str(row.pk), str(row)) for row in rows], {str(row.pk): hints.get(row.pk, "") for row in rows}


class ContactForm(EntryForm, NoteForm):
    """A contact; another of the same day, by the same means, is said to be one."""

    second = forms.BooleanField(label=_("Oui, c’est un autre contact du même jour."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.silence("second")


class StudentContactForm(ContactForm, MinutesForm):
    """An individual moment with one or several students."""

    students = forms.MultipleChoiceField(
        label=_("Élèves"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins un élève."), "invalid_choice": NOT_A_MEMBER},
    )
    channel = forms.ChoiceField(
        label=_("Moyen"), choices=CHANNELS, widget=forms.RadioSelect, error_messages=CHOOSE_CHANNEL
    )
    field_order = ("entry_uuid", "students", "day", "other_on", "channel", "minutes", "other_minutes")
    usual_minutes = (5, 10, 15, 25)
    whom = "students"

    def __init__(self, *args: Any, members: Iterable[Student], hints: Hints, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose(self.whom, *_chips(members, hints))
        self.fields["minutes"].required = False
        self.initial.setdefault("channel", Channel.IN_PERSON)


class StudentContactFixForm(StudentContactForm):
    """One such moment, logged already: it is one student's."""

    students = None  # type: ignore[assignment]  # Django's way to drop an inherited field
    student = forms.ChoiceField(
        label=_("Élève"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_STUDENT, "invalid_choice": NOT_A_MEMBER},
    )
    field_order = ("entry_uuid", "student", "day", "other_on", "channel", "minutes", "other_minutes")
    whom = "student"


class FamilyContactForm(ContactForm):
    """A contact with the family of a student, or the same one with several families."""

    students = forms.MultipleChoiceField(
        label=_("Élève"),
        help_text=_("un ou plusieurs"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": CHOOSE_STUDENT, "invalid_choice": NOT_A_MEMBER},
    )
    guardian = forms.ModelChoiceField(
        label=_("Personne jointe"),
        required=False,
        queryset=Guardian.objects.none(),
        error_messages={"invalid_choice": _("Choisissez une personne de la famille d’un élève du groupe.")},
    )
    channel = forms.ChoiceField(
        label=_("Moyen"), choices=CHANNELS, widget=forms.RadioSelect, error_messages=CHOOSE_CHANNEL
    )
    outcome = forms.ChoiceField(
        label=_("Résultat"),
        choices=[(value, capfirst(label)) for value, label in FamilyContact.Outcome.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le résultat."), "invalid_choice": _("Choisissez le résultat.")},
    )
    field_order = ("entry_uuid", "students", "guardian", "channel", "outcome", "day", "other_on")
    whom = "students"

    def __init__(
        self, *args: Any, members: Iterable[Student], hints: Hints, guardians: QuerySet[Guardian], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = list(members)
        self.choose(self.whom, *_chips(rows, hints))
        families: dict[int, list[tuple[str, str]]] = {}
        for guardian in guardians:
            words = f"{guardian} ({guardian.relation})" if guardian.relation else str(guardian)
            families.setdefault(guardian.student_id, []).append((str(guardian.pk), words))
        field = self.fields["guardian"]
        field.queryset = guardians  # type: ignore[attr-defined]
        field.choices = [("", _t("Non précisé"))] + [  # type: ignore[attr-defined]
            (str(row), families[row.pk]) for row in rows if row.pk in families
        ]
        self.has_guardians = bool(families)
        self.initial.setdefault("channel", Channel.PHONE)
        self.initial.setdefault("outcome", FamilyContact.Outcome.REACHED)


class FamilyContactFixForm(FamilyContactForm):
    """One such contact, logged already: it is with one student's family."""

    students = None  # type: ignore[assignment]  # taken out of the fields that it inherits
    student = forms.ChoiceField(
        label=_("Élève"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_STUDENT, "invalid_choice": NOT_A_MEMBER},
    )
    field_order = ("entry_uuid", "student", "guardian", "channel", "outcome", "day", "other_on")
    whom = "student"


class ReviewForm(EntryForm, NoteForm):
    """A look back at the group as a whole, or at one student (``student_id``; None: the group)."""

    about = forms.ChoiceField(
        label=_("Bilan de"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez le groupe ou un élève."),
            "invalid_choice": NOT_A_MEMBER,
        },
    )
    tie = forms.CharField(label=_("Nature du lien"), required=False, max_length=300)
    intensity = forms.ChoiceField(
        label=_("Intensité du lien"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in GroupReview.Intensity.choices],
        widget=forms.RadioSelect,
    )
    functions = forms.CharField(label=_("Fonctions de chaque personne"), required=False, max_length=300)
    evolution = forms.CharField(
        label=_("Évolution"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    fit = forms.ChoiceField(
        label=_("Les réponses sont-elles adaptées aux besoins?"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in GroupReview.Fit.choices],
        widget=forms.RadioSelect,
    )
    field_order = ("entry_uuid", "about", "tie", "intensity", "functions", "evolution", "fit", "day", "other_on")

    def __init__(self, *args: Any, members: Iterable[Student], hints: Hints, whole_hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chips, second = _chips(members, hints)
        whole = (WHOLE_GROUP, _t("Le groupe dans son ensemble"))
        self.choose("about", [whole, *chips], {WHOLE_GROUP: whole_hint, **second})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if about := data.get("about"):
            data["student_id"] = None if about == WHOLE_GROUP else int(about)
        return data

    def _typed(self, name: str) -> str | None:
        return super()._typed("about" if name == "student" else name)
