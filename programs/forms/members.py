"""Who comes into a group, who leaves it, since when."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.fields import DayField, ManyChipsField, RowField
from people.forms import ActionForm, Data, Initial
from people.models import Student
from people.names import plain

WRONG_STUDENT = _("L’élève n’est pas de l’école du groupe. Choisissez une autre personne.")
MOST_LINES = 60


class StudentsField(ManyChipsField):
    """Boxes of the students at hand; one of another list of the same school is taken too."""

    def valid_value(self, value: object) -> bool:
        text = str(value)
        return text.isascii() and text.isdigit() and len(text) <= 18


class MembersForm(ActionForm):
    """Bring students in: ticked, or written one a line. ``confirm`` and ``reason`` are asked of a large group."""

    quiet: tuple[str, ...] = ("confirm", "reason", "student")

    student = RowField(
        label=_("Ou une seule personne"),
        help_text=_("De qui est déjà dans le groupe, un premier jour plus tôt corrige l’arrivée."),
        required=False,
        wrong=WRONG_STUDENT,
    )
    students = StudentsField(label=_("Élèves"), required=False, error_messages={"invalid_choice": WRONG_STUDENT})
    names = forms.CharField(
        label=_("Coller une liste"),
        help_text=_("Un nom ou un numéro par ligne, comme dans vos listes\u00a0: Tremblay, Inès ou Inès Tremblay."),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    starts_on = DayField(label=_("Premier jour dans le groupe"))
    confirm = forms.BooleanField(label=_("J’ajoute malgré la taille du groupe."), required=False)
    reason = forms.CharField(label=_("Motif"), required=False, max_length=300)

    def __init__(
        self,
        data: Data = None,
        *,
        students: QuerySet[Student],
        offered: Sequence[Student] = (),
        hints: Mapping[int, str] | None = None,
        initial: Initial = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.school = students
        self.choose_from("student", students)
        names = [(str(row.pk), str(row)) for row in offered]
        self.choose("students", names, {str(pk): words for pk, words in (hints or {}).items()})

    def clean_students(self) -> list[Student]:
        wanted = [int(pk) for pk in self.cleaned_data["students"]]
        found = list(self.school.filter(pk__in=wanted))
        if len(found) != len(set(wanted)):
            raise forms.ValidationError(WRONG_STUDENT)
        return found

    def clean_names(self) -> list[Student]:
        lines = [line.strip() for line in str(self.cleaned_data["names"]).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_t("%(most)s noms au plus à la fois.") % {"most": MOST_LINES})
        return found_by_lines(lines, list(self.school)) if lines else []

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors:
            one = [said["student"]] if said.get("student") else []
            said["all"] = list(dict.fromkeys([*one, *said["students"], *said["names"]]))
            if not said["all"]:
                self.add_error("students", _t("Choisissez au moins une personne, ou collez une liste."))
        return said

    def confirmed_reason(self) -> str:
        """The reason, once the box is ticked."""
        return str(self.cleaned_data["reason"]) if self.cleaned_data["confirm"] else ""


def found_by_lines(lines: Sequence[str], students: Sequence[Student]) -> list[Student]:
    """The student whom each line names, by number or by name in either order; all that is wrong is said at once."""
    known: dict[str, list[Student]] = {}
    for row in students:
        given, family = plain(row.given_name), plain(row.family_name)
        for name in {plain(row.key), given + family, family + given}:
            known.setdefault(name, []).append(row)
    found, wrong = [], []
    for number, line in enumerate(lines, start=1):
        rows = known.get(plain(line), [])
        if len(rows) == 1:
            found.append(rows[0])
        else:
            twice = _t("Ligne %(number)d, «\u00a0%(line)s\u00a0»\u00a0: plusieurs portent ce nom. Écrivez le numéro.")
            nobody = _t(
                "Ligne %(number)d, «\u00a0%(line)s\u00a0»\u00a0: personne de ce nom à l’école. Vérifiez la ligne."
            )
            wrong.append((twice if rows else nobody) % {"number": number, "line": line[:60]})
    if wrong:
        raise forms.ValidationError(wrong)
    return found


class MemberEndForm(ActionForm):
    last_on = DayField(label=_("Dernier jour dans le groupe"), help_text=_("Ce jour compte encore."))
    reason = forms.CharField(
        label=_("Motif du départ"), max_length=300, error_messages={"required": _("Écrivez le motif du départ.")}
    )


class MemberEndFixForm(MemberEndForm):
    """Another last day, or none: the student never left. ``seen`` is the end that the page showed."""

    seen = forms.DateField(widget=forms.HiddenInput, required=False)
    stays = forms.BooleanField(label=_("L’élève n’a pas quitté le groupe : retirer la fin."), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("stays"):
            # What stands in the fields that the box sets aside says nothing.
            for name in ("last_on", "reason"):
                self.errors.pop(name, None)
        return given

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        if given["stays"]:
            return {"seen": given["seen"], "last_on": None, "reason": ""}
        return {name: given[name] for name in ("seen", "last_on", "reason")}


class MemberStartForm(ActionForm):
    starts_on = DayField(label=_("Premier jour dans le groupe"))
