"""What a team meeting says of one subject, and who is there."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guidelines.models.team import LONGEST
from people.access import Role
from people.fields import DayField
from people.forms import ActionForm, Data, Initial
from people.models import Membership, User
from programs.models import Program

TOO_LONG = {"max_length": _("Ce texte dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")}


class DecisionForm(ActionForm):
    decision = forms.CharField(
        label=_("Décision"),
        help_text=_("Ce qui sera fait, en une phrase. N’y mettez aucun renseignement confidentiel."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Écrivez ce qui est décidé, en une phrase."), **TOO_LONG},
    )
    who = forms.ModelChoiceField(
        label=_("Qui"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("À choisir plus tard"),
        error_messages={"invalid_choice": _("Choisissez un adulte du programme.")},
    )
    by_on = DayField(label=_("Pour quand"), required=False)

    def __init__(self, data: Data = None, *, adults: QuerySet[User], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.choose_from("who", adults)

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


class PresentForm(ActionForm):
    present = forms.CharField(
        label=_("Personnes présentes"), max_length=LONGEST, required=False, error_messages=TOO_LONG
    )


SERVING = (Role.PROGRAM_LEAD, Role.RESOURCE_TEACHER)


def adults_of(program: Program, user: User, named: int | None = None) -> QuerySet[User]:
    """Oneself, those whom one sees lead or teach in a programme on the day, and who is ``named`` already."""
    here = Q(program=program.pk) | Q(program__isnull=True, school=program.school_id)
    serving = Membership.objects.active_on(user.local_date()).filter(here, role__in=SERVING)
    seen = User.objects.visible_to(user).filter(pk__in=serving.order_by().values("person"), is_active=True)
    return User.objects.filter(Q(pk__in=seen.order_by().values("pk")) | Q(pk__in=[user.pk, named or user.pk])).order_by(
        "name_key", "pk"
    )
