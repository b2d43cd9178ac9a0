"""A training session entered once for all who followed it."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.forms.mentors import TrainingForm
from mentoring.sessions import Trainees
from people.fields import ManyChipsField
from people.forms import Data
from people.models import User

ALL = "all"
GROUPS = ("lacking", "trained", "staff")
WRONG = {"invalid_choice": _("Choisissez parmi les personnes de la liste.")}


class PeopleField(ManyChipsField):
    """Whom the page offered, in whichever group they stand by now."""

    offered: Collection[str] = ()

    def valid_value(self, value: object) -> bool:
        return value == ALL or value in self.offered


class SessionForm(TrainingForm):
    """``lacking``, ``trained`` and ``staff`` are ticked one by one, or whole by their first chip."""

    lacking = PeopleField(label=_("Formation initiale à compléter"), required=False, error_messages=WRONG)
    trained = PeopleField(label=_("Formation initiale complète"), required=False, error_messages=WRONG)
    staff = PeopleField(label=_("Personnel-ressource"), required=False, error_messages=WRONG)

    def __init__(self, data: Data = None, *, whom: Trainees, **options: Any) -> None:
        super().__init__(data, **options)
        self.people = {str(one.pk): one for one in whom.every}
        hints = {str(pk): words for pk, words in whom.hints.items()}
        for name in GROUPS:
            rows: Sequence[User] = getattr(whom, name)
            whole = [(ALL, _t("Toutes et tous (%(count)d)") % {"count": len(rows)})] if len(rows) > 1 else []
            field = self.fields[name]
            assert isinstance(field, PeopleField)  # noqa: S101 - declared above
            field.offered = self.people
            self.choose(name, [*whole, *((str(one.pk), str(one)) for one in rows)], hints)

    @property
    def groups(self) -> list[forms.BoundField]:
        """The fields that offer somebody."""
        return [self[name] for name in GROUPS if self.fields[name].choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["people"] = list(dict.fromkeys(one for name in GROUPS for one in self._chosen(name, said.get(name, []))))
        if not said["people"] and not any(name in self.errors for name in GROUPS):
            self.add_error(self.groups[0].name if self.groups else None, _t("Cochez au moins une personne."))
        return said

    def _chosen(self, name: str, values: Sequence[str]) -> list[User]:
        offered = [str(value) for value, _label in self.fields[name].choices]  # type: ignore[attr-defined]
        return [self.people[value] for value in (offered if ALL in values else values) if value != ALL]
