"""When one meets again and again: what the page of a timetable asks."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.fields import DayField
from people.forms import Data, Initial
from programs.actions.slots import Change, Slot
from programs.forms.groups import SlotForm
from programs.models import Program
from programs.models.timetables import TimetableSlot

CYCLE = "c"
DAY = timedelta(days=1)


class TimetableForm(SlotForm):
    """A slot from a day on; in a programme that counts by cycles, its days may be those of the cycle."""

    weekday = forms.ChoiceField(
        label=_("Jour de rencontre"),
        error_messages={"required": _("Choisissez le jour."), "invalid_choice": _("Choisissez le jour.")},
    )
    starts_on = DayField(label=_("À partir du"))
    last_on = DayField(label=_("Jusqu’au"), required=False, help_text=_("Ce jour compte encore."))
    replaces = forms.BooleanField(label=_("Cet horaire remplace l’horaire actuel."), required=False, initial=True)

    def __init__(
        self, data: Data = None, *, program: Program, of: TimetableSlot | None, initial: Initial = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.of = of
        if program.cadence_unit == Program.CadenceUnit.CYCLE and program.cadence_days:
            field: Any = self.fields["weekday"]
            first, *weekdays = field.choices
            cycle = [(f"{CYCLE}{n}", _t("Jour %(n)s du cycle") % {"n": n}) for n in range(1, program.cadence_days + 1)]
            self.choose("weekday", [first, *cycle, *weekdays])
        if of is not None:
            del self.fields["replaces"]

    def change(self) -> Change:
        said = self.cleaned_data
        day: str = said["weekday"]
        in_cycle = day.startswith(CYCLE)
        slot = Slot(
            weekday=None if in_cycle else int(day),
            cycle_day=int(day.removeprefix(CYCLE)) if in_cycle else None,
            starts_at=said["starts_at"],
            minutes=said["minutes"],
            place=said["place"],
        )
        ends_on = said["last_on"] + DAY if said["last_on"] else None
        return Change(slot, said["starts_on"], ends_on, said.get("replaces", False), self.of.pk if self.of else None)


def as_slot(slot: TimetableSlot | None, on: date, opens: date, minutes: int | None) -> dict[str, Any]:
    """What the form shows at first: a new slot from today, or the slot to change from today."""
    if slot is None:
        return {"starts_on": max(on, opens), "minutes": minutes}
    return {
        "weekday": str(slot.weekday) if slot.weekday else f"{CYCLE}{slot.cycle_day}",
        "starts_at": slot.starts_at,
        "minutes": slot.minutes,
        "place": slot.place,
        "starts_on": max(on, slot.starts_on or on),
        "last_on": slot.ends_on - DAY if slot.ends_on else None,
    }
