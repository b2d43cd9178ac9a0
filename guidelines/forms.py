"""What people type about findings."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from guidelines.models import Flag, FlagEvent
from people.fields import ChipField, DayField
from people.forms import Data
from programs.fixed_periods import Named, Period
from programs.log.day_choices import class_day_from

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FEWEST_WORDS = 3
REVIEW_AFTER_DAYS = 28
LATEST_REVIEW_DAYS = 366
SNOOZE_DAYS = 7
LATEST_SNOOZE_DAYS = 92
CHARGE_DAYS = 14
BACK_THAT_DAY = _("Ce jour-là, si les faits n’ont pas changé, le point de vigilance revient parmi ceux à examiner.")


class SnoozeForm(forms.Form):
    """Until when a finding is put off."""

    until = DayField(
        label=_("Reporter jusqu’au"),
        help_text=BACK_THAT_DAY,
        error_messages={"required": _("Choisissez le jour du retour.")},
    )
    reason = forms.CharField(label=_("Motif"), required=False, max_length=300)

    def __init__(self, data: Data = None, *, on: date, schools: Collection[int] = ()) -> None:
        super().__init__(data)
        self.on = on
        self.fields["until"].initial = class_day_from(schools, on + timedelta(days=SNOOZE_DAYS))

    def clean_until(self) -> date:
        return within(
            self.cleaned_data["until"], self.on, LATEST_SNOOZE_DAYS, _("Choisissez une date d’ici trois mois.")
        )


class ChargeForm(forms.Form):
    """Until when a person follows a finding."""

    until = DayField(
        label=_("En charge jusqu’au"), help_text=BACK_THAT_DAY, error_messages={"required": _("Choisissez un jour.")}
    )

    def __init__(self, data: Data = None, *, on: date, schools: Collection[int] = ()) -> None:
        super().__init__(data)
        self.on = on
        self.fields["until"].initial = class_day_from(schools, on + timedelta(days=CHARGE_DAYS))

    def clean_until(self) -> date:
        return within(self.cleaned_data["until"], self.on, LATEST_REVIEW_DAYS, _("Choisissez une date d’ici un an."))


def schools_of(flags: Iterable[Flag]) -> set[int]:
    """Whose calendars say which days have class. Read from findings of ``with_subject``."""
    found: set[int | None] = set()
    for flag in flags:
        place = flag.dyad or flag.group
        program = place.program if place else flag.program
        adult = flag.mentor.person if flag.mentor else flag.teacher
        found.add(program.school_id if program else adult.school_id if adult else None)
    return {school for school in found if school is not None}


def within(day: date, on: date, days: int, sentence: "StrOrPromise") -> date:
    """The day, when it is to come and within so many days."""
    if day <= on:
        raise forms.ValidationError(_("Choisissez une date à venir."))
    if day > on + timedelta(days=days):
        raise forms.ValidationError(sentence)
    return day


class DismissForm(forms.Form):
    """Why a finding is set aside, by a chip and a sentence, and when it is looked at again."""

    reason_code = ChipField(
        label=_("Pourquoi"),
        choices=FlagEvent.Reason.choices,
        error_messages={"required": _("Choisissez ce qui décrit le mieux la raison.")},
    )
    reason = forms.CharField(
        label=_("Motif"),
        help_text=_("Une phrase que l’équipe comprendra plus tard. N’y mettez aucun renseignement de santé."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": _("Écrivez pourquoi ce point de vigilance peut être écarté.")},
    )
    review_on = DayField(
        label=_("Revoir le"),
        help_text=BACK_THAT_DAY,
        error_messages={"required": _("Choisissez le jour où revoir ce point de vigilance.")},
    )

    def __init__(self, data: Data = None, *, on: date, schools: Collection[int] = ()) -> None:
        super().__init__(data)
        self.on = on
        self.fields["review_on"].initial = class_day_from(schools, on + timedelta(days=REVIEW_AFTER_DAYS))

    def clean_reason(self) -> str:
        return some_words(self.cleaned_data["reason"])

    def clean_review_on(self) -> date:
        return within(
            self.cleaned_data["review_on"], self.on, LATEST_REVIEW_DAYS, _("Choisissez une date d’ici un an.")
        )


class FollowForm(forms.Form):
    """From when a programme follows what it did not."""

    since = DayField(label=_("Suivre à partir du"), error_messages={"required": _("Choisissez le premier jour.")})
    reason = forms.CharField(label=_("Motif"), required=False, max_length=300)

    def __init__(self, data: Data = None, *, on: date) -> None:
        super().__init__(data)
        self.on = on
        self.fields["since"].initial = on

    def clean_since(self) -> date:
        return not_before(self.cleaned_data["since"], self.on)


class LeaveForm(forms.Form):
    """From when a programme follows a guideline no more, and why."""

    until = DayField(
        label=_("Ne plus suivre à partir du"), error_messages={"required": _("Choisissez le premier jour.")}
    )
    reason = forms.CharField(
        label=_("Motif"),
        help_text=_("Une phrase que l’équipe comprendra plus tard."),
        max_length=300,
        error_messages={"required": _("Écrivez pourquoi le programme ne suit plus cette balise.")},
    )

    def __init__(self, data: Data = None, *, on: date) -> None:
        super().__init__(data)
        self.on = on
        self.fields["until"].initial = on

    def clean_until(self) -> date:
        return not_before(self.cleaned_data["until"], self.on)

    def clean_reason(self) -> str:
        return some_words(self.cleaned_data["reason"])


def not_before(day: date, on: date) -> date:
    """The day, when it is today or within a year: what was followed on a past day is not rewritten."""
    if day < on:
        raise forms.ValidationError(
            _("Choisissez aujourd’hui ou un jour à venir\u00a0: le passé reste ce qu’il était.")
        )
    if day > on + timedelta(days=LATEST_REVIEW_DAYS):
        raise forms.ValidationError(_("Choisissez une date d’ici un an."))
    return day


def some_words(typed: str) -> str:
    reason = typed.strip()
    if len(reason.split()) < FEWEST_WORDS:
        raise forms.ValidationError(_("Écrivez le motif en quelques mots\u00a0: trois au moins."))
    return reason


class HealthForm(forms.Form):
    """A fixed period, the one that ends last unless another is chosen; what is not understood is left out."""

    periode = forms.ChoiceField(label=_("Période"), required=False)

    def __init__(self, data: Data, *, periods: Mapping[str, Named]) -> None:
        super().__init__(data)
        self.periods = periods
        self.fields["periode"].choices = [(key, named.name) for key, named in periods.items()]  # type: ignore[attr-defined]

    @cached_property
    def chosen(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("periode") or max(self.periods, key=self._place, default="")

    @property
    def period(self) -> Period | None:
        """None when no period may be read yet."""
        return self.periods[self.chosen].period if self.chosen else None

    def _place(self, key: str) -> tuple[date, timedelta]:
        period = self.periods[key].period
        return period.until, period.until - period.since
