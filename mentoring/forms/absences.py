"""Somebody is away: from when to when, who stands in, and where it is somebody else."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.absences import Entrusted
from people.fields import CHOOSE, DayField, EntryUuidField
from people.forms import ActionForm, Data, Initial
from people.models import User

SAME, NOBODY = "", "nobody"
WRONG = {"required": _("Choisissez la personne qui remplace."), "invalid_choice": _("Choisissez dans la liste.")}


class AwayForm(ActionForm):
    """``substitute`` stands in everywhere, save where the field of a group or of a dyad says somebody else."""

    use_required_attribute = False

    entry_uuid = EntryUuidField()
    starts_on = DayField(label=_("Premier jour d’absence"))
    last_day = DayField(label=_("Dernier jour d’absence, compris"))
    substitute = forms.ChoiceField(label=_("Qui remplace partout"), error_messages=WRONG)

    def __init__(self, data: Data = None, *, lines: Sequence[Entrusted], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.lines = lines
        self.people = {str(one.pk): one for line in lines for one in line.people}
        every = sorted(self.people.items(), key=lambda item: (item[1].name_key, item[0]))
        self.choose("substitute", [(SAME, CHOOSE), *((key, str(one)) for key, one in every)])
        for line in lines:
            self._ask(line)

    def _ask(self, line: Entrusted) -> None:
        choices = [(SAME, _("La même personne")), *((str(one.pk), str(one)) for one in line.people)]
        self.fields[line.name] = forms.ChoiceField(
            label=line.relation.full_name if line.relation.NOUN == "group" else line.relation.short_name,
            choices=[*choices, (NOBODY, _("Personne"))],
            required=False,
            error_messages=WRONG,
        )

    @property
    def each(self) -> list[tuple[Entrusted, forms.BoundField]]:
        return [(line, self[line.name]) for line in self.lines]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        by: dict[str, User] = {}
        everywhere = said.get("substitute", SAME)
        for line in self.lines:
            chosen = said.get(line.name, SAME)
            if chosen == NOBODY or not everywhere:
                continue
            one = self.people[chosen or everywhere]
            if one.pk not in {person.pk for person in line.people}:
                words = _t(
                    "%(name)s n’a pas ici un rôle qui convient\u00a0: choisissez quelqu’un d’autre, ou personne."
                )
                self.add_error(line.name, words % {"name": one})
            by[line.name] = one
        said["by"] = by
        return said
