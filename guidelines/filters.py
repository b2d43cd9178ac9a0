"""How a reader narrows the lists of findings. A filter that is not understood is left out: it never fails."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from guidelines.attention import new_since
from guidelines.catalogue import ENTRIES, Concern, of_concern
from guidelines.models import Flag, Severity
from guidelines.models.flags import RHYTHM, FlagQuerySet
from guidelines.quiet import QUIET
from mentoring.models import Dyad
from people.access import Role
from people.fields import RowField
from people.models import User
from people.models.names import sought
from programs.models import GroupLead, GroupMember, Program, SupportGroup

ANSWERABLE = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)
RESTING = "resting"
NAMED = "nom"
"""In an address, says that the name is applied; the name itself never stands there."""
LONGEST_NAME = 100
NAMES = (
    *("dyad__student__name_key", "dyad__mentor__person__name_key", "mentor__person__name_key", "teacher__name_key"),
    *("group__name_key", "program__name_key"),
)


class FindingFilters(forms.Form):
    """By concern, programme, adult, what is new, name; then by state, severity and guideline."""

    FOLLOWING = (
        ("", _("À examiner et en charge")),
        (Flag.State.OPEN, _("À examiner")),
        (Flag.State.TAKEN, _("En charge")),
        (Flag.State.SNOOZED, _("Reportés")),
        (Flag.State.DISMISSED, _("Écartés")),
        (Flag.State.CLEARED, _("Réglés")),
        (RESTING, _("À clore ou à renouveler")),
    )
    preoccupation = forms.ChoiceField(
        label=_("Préoccupation"),
        required=False,
        choices=[("", Concern.RHYTHM.label), *((one, one.label) for one in QUIET)],
    )
    programme = forms.ModelChoiceField(
        label=_("Programme"), required=False, queryset=Program.objects.none(), empty_label=_("Tous")
    )
    adulte = RowField(
        label=_("Mentore ou mentor, responsable"),
        required=False,
        empty_label=_("Toutes et tous"),
    )
    q = forms.CharField(
        label=_("Nom"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "class": "form-control"}),
    )
    etat = forms.ChoiceField(label=_("Suivi"), required=False, choices=FOLLOWING)
    gravite = forms.ChoiceField(label=_("Gravité"), required=False, choices=[("", _("Toutes")), *Severity.choices])
    balise = forms.ChoiceField(
        label=_("Balise"),
        required=False,
        choices=[("", _("Toutes")), *((guideline.code, guideline.title) for guideline in ENTRIES)],
    )
    nouveau = forms.BooleanField(label=_("Nouveau depuis lundi"), required=False)

    def __init__(
        self, data: Mapping[str, Any], *, user: User, on: date, name: str = "", with_choices: bool = False
    ) -> None:
        """``with_choices``: the form is to be shown, with all the adults that it offers."""
        said = {key: data.get(key, "") for key in self.base_fields if key != "q"}
        super().__init__(said | {"q": name.strip()[:LONGEST_NAME]})
        self.user, self.on = user, on
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs["class"] = "form-select"
        self.fields["nouveau"].widget.attrs["class"] = "form-check-input"
        fields: Any = self.fields
        fields["programme"].queryset = Program.objects.visible_to(user).order_by("name_key", "pk")
        if user.access.holds(*ANSWERABLE):
            fields["adulte"].queryset = _adults(user, on) if with_choices or said["adulte"] else User.objects.none()
        else:
            del fields["adulte"]
        self.chosen: dict[str, Any] = {}
        if any(self.data.values()):
            self.is_valid()
            self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def in_use(self) -> bool:
        return bool(self.chosen)

    @property
    def name(self) -> str:
        return str(self.chosen.get("q", ""))

    @property
    def said(self) -> dict[str, str]:
        """What was understood, as addresses and hidden fields write it, the name apart."""
        return {name: str(getattr(value, "pk", value)) for name, value in self.chosen.items() if name != "q"}

    @property
    def query(self) -> str:
        return urlencode(self.said | ({NAMED: "1"} if self.name else {}))

    @property
    def words(self) -> list[str]:
        """What was understood, for people: « Pratique », « Nouveau depuis lundi », « Inès »."""
        said = []
        for name, value in self.chosen.items():
            choices: dict[Any, Any] = dict(getattr(self.fields[name], "choices", ()) if isinstance(value, str) else ())
            said.append(str(self.fields[name].label if value is True else choices.get(value, value)))
        return said

    @property
    def is_live(self) -> bool:
        """Whether it is the list of what deserves attention that is asked for, narrowed or not."""
        return not self.chosen.keys() & {"preoccupation", "etat", "gravite", "balise"}

    def about(self) -> Q:
        """The findings on the subjects asked for: of a programme, with an adult, by a name."""
        found = Q()
        if program := self.chosen.get("programme"):
            found &= of_program(program)
        if adult := self.chosen.get("adulte"):
            found &= with_adult(adult, self.on)
        if self.name:
            found &= of_name(self.name, self.on)
        return found

    def findings(self) -> FlagQuerySet:
        """The findings asked for, of followed guidelines, one per cause, in order of urgency."""
        chosen, on = self.chosen, self.on
        flags = Flag.objects.visible_to(self.user).filter(self.about())
        if severity := chosen.get("gravite"):
            flags = flags.filter(severity=severity)
        if code := chosen.get("balise"):
            flags = flags.filter(guideline=code)
        else:  # what has ended is reviewed case by case, in a list of its own
            flags = flags.exclude(guideline__in=of_concern(Concern.ENDED))
        if concern := chosen.get("preoccupation"):
            flags = flags.filter(guideline__in=of_concern(concern))
        if chosen.get("nouveau"):
            flags = flags.filter(raised_on__gte=new_since(on))
        return _in_state(flags, chosen.get("etat"), on)


def _in_state(flags: FlagQuerySet, state: str | None, on: date) -> FlagQuerySet:
    """Those of a state; of a rhythm, what counts, unless it is settled, set aside or at rest."""
    match state:
        case Flag.State.CLEARED:
            return flags.filter(state=state).followed(on).order_by("-cleared_on", "pk")
        case Flag.State.DISMISSED:
            return flags.live().filter(state=state).followed(on).leading().by_urgency()
        case str() if state == RESTING:
            return flags.resting(on).leading().by_urgency()
        case str():
            flags = flags.live().filter(state=state)
        case None:
            flags = flags.to_examine()
    counts = ~Q(guideline__in=RHYTHM) | Q(pk__in=Flag.objects.to_watch(on).values("pk"))
    return flags.followed(on).filter(counts).leading().by_urgency()


def of_program(program: Program) -> Q:
    """The findings of a programme: on it, its groups and dyads, and those who mentor or teach there."""
    mentors = Dyad.objects.filter(program=program).values("mentor")
    teachers = GroupLead.objects.filter(group__program=program).values("person")
    own = Q(dyad__program=program) | Q(group__program=program) | Q(program=program)
    return own | Q(mentor__in=mentors) | Q(teacher__in=teachers)


def with_adult(adult: User, on: date) -> Q:
    """The findings on the relations and groups that an adult accompanies, and on the adult."""
    led = GroupLead.objects.active_on(on).filter(person=adult).values("group")
    return Q(dyad__mentor__person=adult) | Q(group__in=led) | Q(mentor__person=adult) | Q(teacher=adult)


def _adults(user: User, on: date) -> Any:
    """Who mentors, or leads a group, in what the person answers for."""
    mentors = Dyad.objects.visible_to(user).open_on(on).values("mentor__person")
    groups = SupportGroup.objects.visible_to(user).values("pk")
    leads = GroupLead.objects.active_on(on).filter(group__in=groups).values("person")
    people = User.objects.visible_to(user).filter(Q(pk__in=mentors) | Q(pk__in=leads), is_active=True)
    return people.order_by("given_key", "pk")


def of_name(name: str, on: date) -> Q:
    """The findings on people, groups and programmes of that name, and on the groups of a present member."""
    members = GroupMember.objects.active_on(on).filter(sought(name, "student__name_key"))
    return sought(name, *NAMES) | Q(group__in=members.values("group"))
