"""Matching, pausing, planning, searching."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mentoring.actions.mentors import LONGEST_TRAINING
from mentoring.forms.mentors import said_whole
from mentoring.models import Dyad, Mentor
from mentoring.numbers import COMMITMENT_MONTHS, TRAINING_MINUTES, commitment_advice
from people.fields import ChipField, DayField, EntryUuidField, RowField
from people.forms import ActionForm, Data, Initial
from people.models import Student, User
from people.models.base import active_on
from programs.log.limits import DAY
from programs.models import Program
from programs.numbers import in_force


class MentorChoice(RowField):
    def label_from_instance(self, obj: Any) -> str:
        count = ngettext("%(count)d dyade en cours", "%(count)d dyades en cours", obj.open_dyads)
        said = [count % {"count": obj.open_dyads}]
        if (obj.trained or 0) < self.asked:
            said.append(gettext("formation de base à compléter"))
        return f"{obj.person} ({', '.join(said)})"

    asked = 0
    """The minutes of initial training that a mentor is asked for."""


class StartForm(ActionForm):
    entry_uuid = EntryUuidField()
    program = RowField(
        label=_("Programme"),
        empty_label=None,
        missing=_("Choisissez le programme."),
    )
    student = RowField(
        label=_("Élève"),
        missing=_("Choisissez l’élève."),
    )
    mentor = MentorChoice(label=_("Mentore ou mentor"), missing=_("Choisissez la mentore ou le mentor."))
    starts_on = DayField(label=_("Début de la relation"))
    last_day = DayField(
        label=_("Dernier jour de l’engagement"),
        required=False,
    )
    trained_on = DayField(label=_("Formation de base terminée le"), required=False)
    trained_minutes = forms.IntegerField(
        label=_("Durée de la formation, en minutes"),
        required=False,
        min_value=1,
        max_value=LONGEST_TRAINING,
        widget=forms.NumberInput(attrs={"class": "narrow-field"}),
        error_messages={"invalid": _("Écrivez la durée en minutes, en chiffres.")},
    )
    untrained_reason = forms.CharField(
        label=_("Pourquoi jumeler avant la fin de la formation"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    unverified_reason = forms.CharField(
        label=_("Pourquoi jumeler avant la vérification des antécédents judiciaires"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    rematch_reason = forms.CharField(
        label=_("Motif de ce nouveau jumelage"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Data = None, *, user: User, on: date, initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        programs = (
            Program.objects.led_by(user)
            .running(on)
            .filter(domain=Program.Domain.MENTORING)
            .select_related("school", "board")
        )
        count = Count("dyads", filter=active_on(on, prefix="dyads__"), distinct=True)
        mentors = Mentor.objects.visible_to(user).filter(
            person__is_active=True, person__board__in=programs.values("board")
        )
        students = Student._base_manager.filter(school__in=programs.values("school"))
        self.choose_from("program", programs)
        numbers = in_force(user.board_id, on)
        asked = {numbers.worth(COMMITMENT_MONTHS, program.pk) for program in programs}
        self.fields["last_day"].help_text = commitment_advice(asked or {numbers.worth(COMMITMENT_MONTHS)})
        mentor = self.fields["mentor"]
        assert isinstance(mentor, MentorChoice)  # noqa: S101 (tells the type)
        mentor.asked = numbers.worth(TRAINING_MINUTES)
        self.mentors = mentors.with_training(on).annotate(open_dyads=count).select_related("person")
        self.choose_from("mentor", self.mentors)
        self.choose_from("student", students.order_by("given_key", "pk"))

    def clean(self) -> dict[str, Any]:
        return said_whole(self, super().clean())


class DyadEditForm(ActionForm):
    starts_on = DayField(label=_("Début de la relation"))


class PauseForm(ActionForm):
    starts_on = DayField(label=_("Premier jour de la pause"))
    last_day = DayField(
        label=_("Dernier jour de la pause"),
        required=False,
        help_text=_("Sans cette date, la pause dure jusqu’à ce que vous la leviez."),
    )
    reason = forms.CharField(label=_("Motif"), required=False, max_length=300)


class PlanForm(ActionForm):
    entry_uuid = EntryUuidField()
    day = DayField(label=_("Jour"))
    starts_at = forms.TimeField(
        label=_("Heure"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "narrow-field"}, format="%H:%M"),
        error_messages={
            "required": _("Indiquez l’heure."),
            "invalid": _("Cette heure n’existe pas : écrivez-la comme 14:30."),
        },
    )
    minutes = forms.IntegerField(
        label=_("Durée en minutes"),
        widget=forms.NumberInput(attrs={"class": "narrow-field"}),
        min_value=1,
        max_value=DAY,
        error_messages={
            "required": _("Indiquez la durée en minutes."),
            "invalid": _("Écrivez la durée en minutes, en chiffres."),
            "min_value": _("La durée va de 1 à %(longest)s minutes.") % {"longest": DAY},
            "max_value": _("La durée va de 1 à %(longest)s minutes.") % {"longest": DAY},
        },
    )
    repeat = ChipField(
        label=_("Répétition"),
        choices=[("once", _("Une seule fois")), ("weekly", _("Chaque semaine"))],
        error_messages={"required": _("Choisissez une répétition.")},
    )
    place = forms.CharField(
        label=_("Lieu"),
        required=False,
        max_length=120,
        help_text=_("Il est gardé quand la rencontre se répète."),
    )

    def __init__(self, data: Data = None, *, dyad: Dyad, initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        if dyad.program.cadence_unit == Program.CadenceUnit.CYCLE:
            self.choose("repeat", [("once", _("Une seule fois")), ("weekly", _("À chaque cycle, le même jour"))])


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Élève, dyade ou groupe"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Écrivez un nom, ou une partie d’un nom.")},
    )
