"""The page of a person who leaves: for each thing that they hold, to whom it goes, or later."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from guidelines.handover import END, LATER, NOBODY, Choices
from guidelines.holdings import Holdings
from mentoring.models import Mentor
from people.fields import ChipField, DayField, EntryUuidField
from people.forms import ActionForm, Data, Initial
from people.models import Membership, User
from programs.models import GroupLead

FOR_LATER = (LATER, _("Laisser pour plus tard"))
ALL = "all"
AS_ALL = (ALL, _("Selon le choix pour tous"))


class Chosen(forms.ChoiceField):
    """A choice that is made from the start: what is not sent is the first one."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or self.initial)


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
        others = [FOR_LATER, *((key, str(one)) for key, one in self.mentors.items()), (END, _("Terminer la relation"))]
        groups = [(f"group_{row.pk}", row.group.full_name) for row in held.groups]
        self._ask_each("all_groups", _("Tous les groupes"), groups, leads)
        dyads = [(f"dyad_{dyad.pk}", dyad.short_name) for dyad in held.dyads]
        self._ask_each("all_dyads", _("Toutes les dyades"), dyads, others)
        for standing in held.replacements:
            name = f"{standing.NOUN}_substitute_{standing.pk}"
            self._ask(
                name, standing.relation.full_name, [FOR_LATER, (END, _("Mettre fin au remplacement aujourd’hui"))]
            )
        if held.findings:
            follow = [(str(one.pk), str(one)) for one in followers]
            choices = [FOR_LATER, *follow, (NOBODY, _("Les remettre à examiner"))]
            self._ask("findings", _("Tous les points en charge"), choices)

    def _ask_each(self, of_all: str, label: Any, lines: list[tuple[str, str]], choices: list[tuple[str, Any]]) -> None:
        """One choice for all of them, where they are several, that each may leave; and a day of its own for each."""
        if len(lines) > 1:
            self._ask(of_all, label, choices)
        for name, called in lines:
            self._ask(name, called, [AS_ALL, *choices] if len(lines) > 1 else choices)
            self.fields[name].initial = ALL if len(lines) > 1 else LATER
            day = self.fields[f"day_{name}"] = DayField(label=_("Autre dernier jour"), required=False)
            day.widget.attrs["aria-label"] = _t("Autre dernier jour\u00a0: %(what)s") % {"what": called}

    def _ask(self, name: str, label: Any, choices: list[tuple[str, Any]]) -> None:
        wrong = {"invalid_choice": _("Choisissez dans la liste.")}
        self.fields[name] = Chosen(label=label, choices=choices, initial=LATER, error_messages=wrong)

    @property
    def of_groups(self) -> list[tuple[forms.BoundField, forms.BoundField | None]]:
        return self._lines("all_groups", "group_")

    @property
    def of_dyads(self) -> list[tuple[forms.BoundField, forms.BoundField | None]]:
        return self._lines("all_dyads", "dyad_")

    def _lines(self, of_all: str, start: str) -> list[tuple[forms.BoundField, forms.BoundField | None]]:
        """The choice for all, if there is one, then each with its day."""
        first = [(self[of_all], None)] if of_all in self.fields else []
        return [*first, *((self[name], self[f"day_{name}"]) for name in self._of(start))]

    def choices(self, roles: Iterable[Membership]) -> Choices:
        """What was chosen, as the action takes it."""
        said = self.cleaned_data
        groups, dyads = said.get("all_groups", LATER), said.get("all_dyads", LATER)
        return Choices(
            groups={name: self._who(groups if said[name] == ALL else said[name]) for name in self._of("group_")},
            dyads={name: self._mentor(dyads if said[name] == ALL else said[name]) for name in self._of("dyad_")},
            days={name.removeprefix("day_"): day for name, day in said.items() if name.startswith("day_") and day},
            replacements={name: value for name, value in said.items() if "_substitute_" in name},
            findings=self._who(said["findings"]) if "findings" in said else LATER,
            roles=tuple(roles) if said["ends_roles"] else (),
        )

    def _of(self, start: str) -> list[str]:
        return [name for name in self.fields if name.startswith(start) and f"day_{name}" in self.fields]

    def _who(self, value: str) -> "User | str":
        return self.people.get(value, value)

    def _mentor(self, value: str) -> "Mentor | str":
        return self.mentors.get(value, value)
