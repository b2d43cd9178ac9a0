"""The page of a person who leaves: for each thing that they hold, to whom it goes, or later."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from guidelines.handover import END, LATER, NOBODY, Choices
from guidelines.holdings import Holdings
from mentoring.models import Mentor
from people.fields import ChipField, DayField, EntryUuidField
from people.forms import ActionForm, Data, Initial
from people.models import Membership, User
from programs.models import GroupLead

FOR_LATER = (LATER, _("Laisser pour plus tard"))


class LeavingForm(ActionForm):
    """``groups`` may go to ``teachers``, dyads to ``mentors``, findings to ``followers``."""

    use_required_attribute = False

    entry_uuid = EntryUuidField()
    last_day = DayField(label=_("Dernier jour"), help_text=_("Ce qui suit passe à d’autres le lendemain."))
    reason = ChipField(
        label=_("Motif"),
        choices=[(value, capfirst(label)) for value, label in GroupLead.Reason.choices],
        error_messages={"required": _("Choisissez le motif.")},
    )
    words = forms.CharField(
        label=_("En quelques mots"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Gardé comme motif de fin des dyades. Sans renseignement de santé."),
        error_messages={"required": _("Dites pourquoi, en quelques mots.")},
    )
    ends_roles = forms.BooleanField(label=_("Mettre fin à ses rôles le même jour"), required=False)

    def __init__(
        self,
        data: Data = None,
        *,
        held: Holdings,
        teachers: Iterable[User],
        mentors: Iterable[Mentor],
        followers: Iterable[User],
        initial: Initial = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.held = held
        self.people = {str(one.pk): one for one in (*teachers, *followers)}
        self.mentors = {str(one.pk): one for one in mentors}
        leads = [FOR_LATER, *((str(one.pk), str(one)) for one in teachers), (NOBODY, _("Personne pour le moment"))]
        others = [(key, str(one)) for key, one in self.mentors.items()]
        for row in held.groups:
            self._ask(f"group_{row.pk}", row.group.full_name, leads)
        for dyad in held.dyads:
            self._ask(f"dyad_{dyad.pk}", dyad.short_name, [FOR_LATER, *others, (END, _("Terminer la relation"))])
        for standing in held.replacements:
            name = f"{standing.NOUN}_substitute_{standing.pk}"
            self._ask(
                name, standing.relation.full_name, [FOR_LATER, (END, _("Mettre fin au remplacement aujourd’hui"))]
            )
        if held.findings:
            follow = [(str(one.pk), str(one)) for one in followers]
            choices = [FOR_LATER, *follow, (NOBODY, _("Les remettre à examiner"))]
            self._ask("findings", _("Tous les points en charge"), choices)

    def _ask(self, name: str, label: Any, choices: list[tuple[str, Any]]) -> None:
        wrong = {"invalid_choice": _("Choisissez dans la liste.")}
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, initial=LATER, error_messages=wrong)

    def bound(self, *starts: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(starts)]

    @property
    def of_groups(self) -> list[forms.BoundField]:
        return self.bound("group_")

    @property
    def of_dyads(self) -> list[forms.BoundField]:
        return self.bound("dyad_")

    def choices(self, roles: Iterable[Membership]) -> Choices:
        """What was chosen, as the action takes it."""
        said = self.cleaned_data
        return Choices(
            groups={f"group_{row.pk}": self._who(said[f"group_{row.pk}"]) for row in self.held.groups},
            dyads={f"dyad_{row.pk}": self._mentor(said[f"dyad_{row.pk}"]) for row in self.held.dyads},
            replacements={name: value for name, value in said.items() if "_substitute_" in name},
            findings=self._who(said["findings"]) if "findings" in said else LATER,
            roles=tuple(roles) if said["ends_roles"] else (),
        )

    def _who(self, value: str) -> "User | str":
        return self.people.get(value, value)

    def _mentor(self, value: str) -> "Mentor | str":
        return self.mentors.get(value, value)
