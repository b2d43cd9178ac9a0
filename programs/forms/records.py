"""The forms of what ties a group's adult to each student and each family, and of a look back at both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Required, Unpack

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.fields import ChipField, ManyChipsField, RowField
from people.forms import Data
from people.models import Guardian, Student
from programs.forms.meetings import GROUP_READERS
from programs.log.forms import CHOOSE_CHANNEL, DayOptions, EntryForm, MinutesForm, NoteForm
from programs.log.kinds import Entry
from programs.models import FamilyContact, GroupReview
from programs.models.contacts import Channel

WHOLE_GROUP = "group"
NOT_A_MEMBER = _("Un élève n’est pas du groupe à cette date. Vérifiez la date ou le choix des élèves.")
CHOOSE_STUDENT = {"required": _("Choisissez l’élève."), "invalid_choice": NOT_A_MEMBER}
CHANNELS = [(value, capfirst(label)) for value, label in Channel.choices]
OBSERVED = ("tie", "intensity", "functions", "evolution", "fit")

Hints = Mapping[int, str]
"""By student, the second line of their chip: when it last happened."""


class ContactOptions(DayOptions, total=False):
    """``of_one`` when it is logged already."""

    members: Required[Sequence[Student]]
    hints: Required[Hints]
    of_one: bool


class ContactForm(NoteForm, EntryForm):
    """A contact with one or several students, or their families; logged already, it is one student's (``of_one``)."""

    students = ManyChipsField(
        label=_("Élèves"), error_messages=CHOOSE_STUDENT | {"required": _("Choisissez au moins un élève.")}
    )
    channel = ChipField(label=_("Moyen"), choices=CHANNELS, error_messages=CHOOSE_CHANNEL)
    second = forms.BooleanField(label=_("Oui, c’est un autre contact du même jour."), required=False)
    readers = GROUP_READERS

    def __init__(
        self, data: Data = None, *, members: Sequence[Student], hints: Hints, of_one: bool = False,
        **options: Unpack[DayOptions],
    ) -> None:  # fmt: skip
        super().__init__(data, **options)
        self.members = members
        chips = [(str(row.pk), str(row)) for row in self.members]
        if of_one:
            del self.fields["students"]
            self.fields["student"] = ChipField(label=_("Élève"), error_messages=CHOOSE_STUDENT)
        self.choose("student" if of_one else "students", chips, {str(pk): words for pk, words in hints.items()})
        self.order_fields(["entry_uuid", "students", "student", *self.fields])

    def chosen(self) -> list[Student]:
        """The students, one with a record already logged."""
        said = self.cleaned_data
        numbers = {said["student"]} if "student" in said else set(said["students"])
        return [row for row in self.members if str(row.pk) in numbers]

    def entry_of(self, student: Student) -> Entry:
        return replace(self.entry(), values={"student_id": student.pk} | self.values())

    def entries(self) -> dict[int | None, Entry]:
        return {student.pk: self.entry_of(student) for student in self.chosen()}


class StudentContactForm(MinutesForm, ContactForm):
    """An individual moment with one or several students."""

    usual_minutes = (5, 10, 15, 25)
    field_order: Sequence[str] = ("entry_uuid", "students", "day", "other_on", "channel", "minutes", "other_minutes")

    def prepare(self) -> None:
        super().prepare()
        self.fields["minutes"].required = False
        self.initial.setdefault("channel", Channel.IN_PERSON)

    def values(self) -> dict[str, Any]:
        return {"channel": self.cleaned_data["channel"], "minutes": self.cleaned_data["how_long"]}


class FamilyContactForm(ContactForm):
    """A contact with the family of a student, or the same one with several families."""

    guardian = RowField(
        label=_("Personne jointe"),
        required=False,
        wrong=_("Choisissez une personne de la famille d’un élève du groupe."),
    )
    outcome = ChipField(
        label=_("Résultat"),
        choices=[(value, capfirst(label)) for value, label in FamilyContact.Outcome.choices],
        error_messages={"required": _("Choisissez le résultat."), "invalid_choice": _("Choisissez le résultat.")},
    )
    field_order: Sequence[str] = ("entry_uuid", "students", "guardian", "channel", "outcome", "day", "other_on")

    def __init__(self, data: Data = None, *, guardians: QuerySet[Guardian], **options: Unpack[ContactOptions]) -> None:
        super().__init__(data, **options)
        self.order_fields(["entry_uuid", "students", "student", "guardian", "channel", "outcome", *self.fields])
        if "students" in self.fields:
            students = self.fields["students"]
            students.label, students.help_text = _t("Élève"), _t("un ou plusieurs")
            students.error_messages |= CHOOSE_STUDENT
        families: dict[int, list[tuple[str, str]]] = {}
        for guardian in guardians:
            words = f"{guardian} ({guardian.relation})" if guardian.relation else str(guardian)
            families.setdefault(guardian.student_id, []).append((str(guardian.pk), words))
        self.choose_from("guardian", guardians)
        offered: list[tuple[str, Any]] = [(str(row), families[row.pk]) for row in self.members if row.pk in families]
        self.choose("guardian", [("", _t("Non précisé")), *offered])
        self.has_guardians = bool(families)
        self.initial.setdefault("channel", Channel.PHONE)
        self.initial.setdefault("outcome", FamilyContact.Outcome.REACHED)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        guardian = said.get("guardian")
        chosen = {said["student"]} if "student" in said else set(said.get("students", []))
        if guardian is not None and chosen and str(guardian.student_id) not in chosen:
            self.add_error(
                "guardian", _t("Cette personne n’est pas de la famille de l’élève choisi. Corrigez l’un ou l’autre.")
            )
        return said

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("channel", "outcome")}

    def entry_of(self, student: Student) -> Entry:
        """Whoever was reached is kept with the student whose family they are of."""
        guardian = self.cleaned_data["guardian"]
        theirs = guardian.pk if guardian is not None and guardian.student_id == student.pk else None
        entry = super().entry_of(student)
        return replace(entry, values={**entry.values, "guardian_id": theirs})


class GroupReviewForm(NoteForm, EntryForm):
    """A look back at the group as a whole, or at one student (``student_id``; None: the group)."""

    about = ChipField(
        label=_("Bilan de"),
        error_messages={"required": _("Choisissez le groupe ou un élève."), "invalid_choice": NOT_A_MEMBER},
    )
    tie = forms.CharField(label=_("Nature du lien"), required=False, max_length=300)
    intensity = ChipField(
        label=_("Intensité du lien"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in GroupReview.Intensity.choices],
    )
    functions = forms.CharField(label=_("Fonctions de chaque personne"), required=False, max_length=300)
    evolution = forms.CharField(
        label=_("Évolution"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    fit = ChipField(
        label=_("Les réponses sont-elles adaptées aux besoins?"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in GroupReview.Fit.choices],
    )
    field_order: Sequence[str] = ("entry_uuid", "about", *OBSERVED, "day", "other_on")
    readers = GROUP_READERS

    def __init__(
        self, data: Data = None, *, members: Iterable[Student], hints: Hints, whole_hint: str,
        **options: Unpack[DayOptions],
    ) -> None:  # fmt: skip
        super().__init__(data, **options)
        whole = (WHOLE_GROUP, _t("Le groupe dans son ensemble"))
        second_lines = {WHOLE_GROUP: whole_hint, **{str(pk): words for pk, words in hints.items()}}
        self.choose("about", [whole, *((str(row.pk), str(row)) for row in members)], second_lines)

    def typed_in(self, name: str) -> str | None:
        return super().typed_in("about" if name == "student" else name)

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        student = None if said["about"] == WHOLE_GROUP else int(said["about"])
        return {"student_id": student} | {name: said[name] for name in OBSERVED}
