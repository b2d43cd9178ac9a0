"""« Temps »: minutes that a resource teacher gives to one of the three functions (§1.2). Theirs, not a relation's."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.access import Role
from people.forms import Data
from people.models import User
from programs.forms.teachers import FunctionTimeForm
from programs.log.day_choices import last_class_day
from programs.log.forms import noted
from programs.log.kinds import RecordKind
from programs.models import FunctionTime
from programs.signals import teacher_changed


class FunctionTimeKind(RecordKind[FunctionTime, User, None]):
    slug = "temps"
    model = FunctionTime
    name = _("temps d’une fonction")
    fact = ("function", "minutes", "preparation")
    asks_second = True
    template = "programs/time_entry.html"
    title = _("Consigner du temps")
    heading = _("Mon temps")
    saved = _("Temps enregistré.")
    names = {"undo": "function_time_undo"}

    def rows(self) -> QuerySet[FunctionTime]:
        return self.model.objects.select_related("person__board", "board")

    def seen_by(self, user: User) -> QuerySet[FunctionTime]:
        seen = Q(pk__in=FunctionTime.objects.visible_to(user).values("pk"))
        return self.rows().filter(seen | (Q(deleted_at__isnull=False) & FunctionTime.mine_of(user)))

    def every_seen_by(self, user: User) -> QuerySet[FunctionTime]:
        rows = FunctionTime.objects.filter(FunctionTime.mine_of(user) | Q(pk__in=FunctionTime.objects.visible_to(user)))
        return rows.select_related("person__board", "board").reading_notes_for(user)

    def owner_to_log(self, user: User, pk: int) -> User:
        """Oneself, as resource teacher."""
        if not user.access.holds(Role.RESOURCE_TEACHER):
            raise PermissionDenied
        if user.pk != pk:
            raise Http404
        return user

    def locked_owner(self, owner: User) -> User:
        return (
            User.objects.get_queryset()
            .select_for_update(of=("self",), no_key=True)
            .select_related("board")
            .get(pk=owner.pk)
        )

    def second_words(self, records: Sequence[FunctionTime]) -> str:
        return _t("Un moment semblable est déjà consigné ce jour-là. Confirmez s’il y en a eu un autre.")

    def announce(self, owner: User, on: date) -> None:
        teacher_changed.send(sender=User, teacher=owner, on=on)

    def part_names(self, owner: User) -> Collection[str]:
        """A week counted at once writes a record a function."""
        return FunctionTime.Function.values

    def form(self, data: Data, *, owner: User, user: User, on: date, query: Mapping[str, str]) -> FunctionTimeForm:
        school = owner.school_id
        earlier = last_class_day(school, on) if school else None
        initial = {"entry_uuid": uuid.uuid4()}
        return FunctionTimeForm(data, days=[on, earlier or on - timedelta(days=1)], on=on, initial=initial)

    def edit_form(
        self, data: Data, *, record: FunctionTime, user: User, on: date, query: Mapping[str, str]
    ) -> FunctionTimeForm:
        note, _hidden = noted(record)
        initial = note | {
            "function": record.function,
            "preparation": record.preparation,
            "minutes": str(record.minutes),
        }
        return FunctionTimeForm(data, days=[record.on, on], on=on, initial=initial)

    def removed_words(self, owner: User) -> str:
        return _t("L’entrée est retirée.")

    def page_of(self, owner: User) -> str:
        return reverse("function_time")
