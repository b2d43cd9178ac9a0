"""The page of a turn: a line for each group and dyad, and what is said once for all."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guidelines.turning.standing import END, KEEP, LATER, DyadLine, GroupLine, Standing
from guidelines.turning.verbs import Choices
from guidelines.two_steps import FarewellFields, TwoStepForm
from mentoring.models import Mentor
from people.fields import ChipField, DayField, EntryUuidField, ManyChipsField
from people.forms import Data, Initial
from people.models import Student, User
from programs.forms.members import MOST_LINES, found_by_lines
from programs.models import GroupLead

WRONG = {"invalid_choice": _("Choisissez dans la liste.")}
TO_DECIDE = (LATER, _("Laisser pour plus tard"))


class TurnForm(FarewellFields, TwoStepForm):
    """``leads`` may take a group, ``mentors`` a dyad; newcomers are of ``students``."""

    use_required_attribute = False

    entry_uuid = EntryUuidField()
    resumes_on = DayField(label=_("Les rencontres reprennent le"))
    lead_reason = ChipField(
        label=_("Pourquoi quelqu’un d’autre prend un groupe"),
        choices=[(value, capfirst(label)) for value, label in GroupLead.Reason.choices],
        required=False,
    )
    size_reason = forms.CharField(
        label=_("Motif, si un groupe dépasse la taille courante"), required=False, max_length=300
    )

    def __init__(
        self,
        data: Data = None,
        *,
        standing: Standing,
        leads: Iterable[User],
        mentors: Iterable[Mentor],
        students: Iterable[Student],
        initial: Initial = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.standing, self.students = standing, students
        self.leads = {str(one.pk): one for one in leads}
        self.mentors = {str(one.pk): one for one in mentors}
        others = [(pk, _with_load(one)) for pk, one in self.mentors.items()]
        for line in standing.dyads:
            own = str(line.dyad.mentor_id)
            choices = [
                (KEEP, _t("Garder avec %(name)s") % {"name": line.dyad.mentor}),
                (END, _t("Terminer")),
                TO_DECIDE,
                (_t("Confier à"), [one for one in others if one[0] != own]),
            ]
            self._ask(line.name, str(line.dyad.student), choices, line.proposed)
        for group in standing.groups:
            self._ask_of_group(group)
        self.fields["resumes_on"].help_text = (
            _t("D’ici là, rien n’est attendu des dyades gardées.") if standing.dyads else ""
        )

    def _ask_of_group(self, line: GroupLine) -> None:
        pk, lead = line.group.pk, line.lead
        others = [(key, str(one)) for key, one in self.leads.items() if one != lead]
        keep = _t("Garder avec %(name)s") % {"name": lead} if lead else _t("Garder")
        choices = [(KEEP, keep), (END, _t("Terminer")), TO_DECIDE, (_t("Confier à"), others)]
        self._ask(line.name, line.group.full_name, choices, line.proposed)
        who = ManyChipsField(label=_("Qui quitte le groupe"), required=False, error_messages=WRONG)
        who.choices = [(str(row.pk), str(row.student)) for row in line.members]
        who.hints = {str(row): why for row, why in line.leaving.items()}
        who.initial = [str(row) for row in line.leaving]
        self.fields[f"leave_{pk}"] = who
        self.fields[f"join_{pk}"] = forms.CharField(
            label=_("Qui y entre à la rentrée"),
            help_text=_("Un nom ou un numéro par ligne, comme dans vos listes."),
            required=False,
            max_length=6000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def _ask(self, name: str, label: str, choices: list[Any], initial: str) -> None:
        chosen = forms.Select(attrs={"class": "form-select"})
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices, initial=initial, error_messages=WRONG, widget=chosen
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for line in self.standing.groups:
            name = f"join_{line.group.pk}"
            lines = [text.strip() for text in str(said.get(name) or "").splitlines() if text.strip()]
            try:
                if len(lines) > MOST_LINES:
                    raise forms.ValidationError(_t("%(most)s noms au plus à la fois.") % {"most": MOST_LINES})
                said[name] = found_by_lines(lines, list(self.students)) if lines else []
            except forms.ValidationError as refusal:
                self.add_error(name, refusal)
        turn, day = self.standing.turn, said.get("resumes_on")
        if day and turn.next and turn.first_on and not turn.first_on <= day < turn.next.ends_on:
            self.add_error("resumes_on", _t("Choisissez un jour de l’année qui suit, à partir de la rentrée."))
        return said

    def choices(self) -> Choices:
        """What was chosen, as the action takes it."""
        said = self.cleaned_data
        groups, dyads = self.standing.groups, self.standing.dyads
        return Choices(
            resumes_on=said["resumes_on"],
            dyads={line.dyad.pk: self._who(said[line.name], self.mentors) for line in dyads},
            groups={line.group.pk: self._who(said[line.name], self.leads) for line in groups},
            leaving=frozenset(int(pk) for line in groups for pk in said[f"leave_{line.group.pk}"]),
            joining={line.group.pk: said[f"join_{line.group.pk}"] for line in groups},
            lead_reason=said["lead_reason"],
            size_reason=said["size_reason"],
            farewell=self.farewell(),
        )

    def _who(self, said: str, people: Mapping[str, Any]) -> Any:
        return said if said in (KEEP, END, LATER) else people[said]

    @property
    def dyad_lines(self) -> list[tuple[DyadLine, forms.BoundField]]:
        return [(line, self[line.name]) for line in self.standing.dyads]

    @property
    def group_lines(self) -> list[tuple[GroupLine, forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [
            (line, self[line.name], self[f"leave_{line.group.pk}"], self[f"join_{line.group.pk}"])
            for line in self.standing.groups
        ]


def _with_load(mentor: Any) -> str:
    n = mentor.open_dyads
    return f"{mentor.person} ({ngettext('%(n)s dyade', '%(n)s dyades', n) % {'n': n}})"
