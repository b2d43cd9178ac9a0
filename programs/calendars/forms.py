"""The forms of the calendar page."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.comparing import THEIRS, Comparison, KeptTheirs
from people.fields import DayField
from people.forms import ActionForm, Data
from people.models import School
from people.stamps import STAMP
from programs.actions.calendar import days_between
from programs.calendars.versions import compare_days, newest
from programs.models import SchoolDay, Term


class DayForm(ActionForm):
    """What a date is, or all the days from it to another."""

    day = DayField(label=_("Date"))
    last_on = DayField(
        label=_("Jusqu’au"),
        required=False,
        help_text=_("Pour changer plusieurs jours d’un coup\u00a0: du lundi au vendredi, ce jour inclus."),
    )
    kind = forms.ChoiceField(
        label=_("Nature"),
        choices=SchoolDay.Kind,
        error_messages={"required": _("Choisissez la nature du jour."), "invalid_choice": _("Choisissez la nature.")},
    )

    def watch_days(self, school: School, back: str) -> None:
        """Let no change undo another unseen: the page said which calendar it showed (``ActionForm.watch``)."""
        self.school, self.watched, self.stamp = school, [school], str(self.data.get(STAMP) or "")
        if self.data.get("choice") == THEIRS:
            raise KeptTheirs(back)
        self.clash = self._compared()
        if self.clash is not None:
            self.stamp = newest(school, self.stamp)

    def changed_meanwhile(self) -> bool:
        """The same, once the school is held: its days may have changed since."""
        held, seen = super().changed_meanwhile(), str(self.data.get(STAMP) or "")
        self.clash = self._compared()
        self.stamp = newest(self.school, seen) if self.clash else seen
        return held or self.clash is not None

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day, once it is valid."""
        day: date = self.cleaned_data["day"]
        return day, self.cleaned_data["last_on"] or day

    def _compared(self) -> Comparison | None:
        if not self.is_valid():
            return None
        try:
            days = days_between(self.school, *self.span)
        except ValidationError:  # the action says why
            return None
        return compare_days(self.school, str(self.data.get(STAMP) or ""), days, self.cleaned_data["kind"])


class TermForm(ActionForm):
    """A term: both days included."""

    name = forms.CharField(
        label=_("Étape"), max_length=60, error_messages={"required": _("Donnez un nom à l’étape, comme Étape 1.")}
    )
    first_on = DayField(label=_("Du"), error_messages={"required": _("Indiquez le premier jour de l’étape.")})
    last_on = DayField(label=_("Au"), error_messages={"required": _("Indiquez le dernier jour de l’étape.")})


def term_form(term: Term, data: Data = None, *, back: str) -> TermForm:
    """The form of a term that exists, watched."""
    shown = {"name": term.name, "first_on": term.starts_on, "last_on": term.ends_on - timedelta(days=1)}
    form = TermForm(data, prefix=f"etape{term.pk}", initial=shown)
    form.watch(term, back=back)
    return form
