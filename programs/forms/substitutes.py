"""Name a substitute; and, on a meeting's form, say who held it when there was one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.fields import DayField
from people.models import User
from programs.forms.entries import ChoosingForm
from programs.models import MeetingRecord, Substitute
from programs.substitutes import USUAL, covers

THE_USUAL = "usual"


class SubstituteForm(ChoosingForm):
    substitute = forms.ModelChoiceField(
        label=_("Personne qui remplace"),
        queryset=User.objects.none(),
        empty_label=_("Choisir"),
        error_messages={
            "required": _("Choisissez la personne."),
            "invalid_choice": _("Cette personne n’a pas de rôle qui convient à l’école. Choisissez-en une autre."),
        },
    )
    starts_on = DayField(label=_("Premier jour"))
    last_day = DayField(label=_("Dernier jour"), help_text=_("Ce jour compte encore."))

    def __init__(self, data: Any = None, *, people: QuerySet[User], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["substitute"].queryset = people  # type: ignore[attr-defined]


def ask_who_met(
    form: forms.Form,
    rows: Sequence[Substitute],
    *,
    person: User,
    usual: User | None,
    record: MeetingRecord | None = None,
) -> None:
    """Add « Qui a tenu la rencontre », only when someone stood in on a day that the form offers.

    Those who stand in are not asked: they log what they held. What ``record`` says is proposed, or the substitute; of
    several, none: unanswered, the one of the day is credited.
    """
    standing = [row for row in rows if any(covers(row, day) for day in _offered(form))]
    if not standing or person.pk in {row.person_id for row in standing}:
        return
    people = {row.person_id: str(row.person) for row in standing}
    proposed = str(standing[-1].person_id) if len(people) == 1 else ""
    if record is not None and record.status == MeetingRecord.Status.HELD:
        proposed = str(record.met_by_id or THE_USUAL)
        people |= {record.met_by_id: str(record.met_by)} if record.met_by_id else {}
    usual_name = str(usual) if usual else _("La personne responsable")
    form.fields["met_by"] = forms.ChoiceField(
        label=_("Qui a tenu la rencontre"),
        choices=[(THE_USUAL, usual_name), *((str(pk), name) for pk, name in people.items())],
        widget=forms.RadioSelect,
        required="met_by" in form.data or not form.is_bound,
        error_messages={"required": _("Choisissez la personne."), "invalid_choice": _("Choisissez la personne.")},
    )
    form.initial["met_by"] = proposed


def said_met_by(cleaned_data: Mapping[str, Any]) -> int | None:
    """Who met, as a form says: an id, ``USUAL`` for the usual adult, None when nobody was asked or answered."""
    said = cleaned_data.get("met_by")
    if not said:
        return None
    return USUAL if said == THE_USUAL else int(said)


def _offered(form: forms.Form) -> list[date]:
    days: Any = form.fields["day"]
    typed = [form.data.get(name) for name in ("day", "other_day", "other_on")] if form.is_bound else []
    return [day for value in [*(value for value, _label in days.choices), *typed] if (day := _day(value))]


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
