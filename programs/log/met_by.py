"""On a meeting's form, « Qui a tenu la rencontre », when someone stood in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.fields import ChipField, day_or_none
from people.models import User
from programs.log.credit import USUAL, covers
from programs.log.forms import EntryForm
from programs.models import MeetingRecord, Relation

THE_USUAL = "usual"


def ask_who_met(
    form: EntryForm,
    relation: Relation,
    *,
    person: User,
    day: date,
    record: MeetingRecord | None = None,
) -> None:
    """Add « Qui a tenu la rencontre », only when someone stood in on a day that the form offers.

    Those who stand in are not asked: they log what they held. What ``record`` says is proposed, or the substitute; of
    several, none: unanswered, the one of the day is credited.
    """
    rows = relation.substitutes.select_related("person")
    standing = [row for row in rows if any(covers(row, offered) for offered in _offered(form))]
    if not standing or person.pk in {row.person_id for row in standing}:
        return
    people = {row.person_id: str(row.person) for row in standing}
    proposed = str(standing[-1].person_id) if len(people) == 1 else ""
    if record is not None and record.status == MeetingRecord.Status.HELD:
        proposed = str(record.met_by_id or THE_USUAL)
        people |= {record.met_by_id: str(record.met_by)} if record.met_by_id else {}
    usual = relation.usual_adult(day)
    usual_name = str(usual) if usual else _("La personne responsable")
    form.fields["met_by"] = ChipField(
        label=_("Qui a tenu la rencontre"),
        choices=[(THE_USUAL, usual_name), *((str(pk), name) for pk, name in people.items())],
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


def _offered(form: EntryForm) -> list[date]:
    days: Any = form.fields["day"]
    typed = [form.data.get(name) for name in ("day", "other_on")] if form.is_bound else []
    return [day for value in [*(value for value, _label in days.choices), *typed] if (day := day_or_none(value))]
