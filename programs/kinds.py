"""The kinds of records that a log holds: what each is called, whose it is, who sees it and who may change it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import User
from programs.actions.contacts import SAME_FACT, check_entry_whole
from programs.models import FamilyContact, GroupMeeting, GroupReview, LoggedRecord, StudentContact, SupportGroup
from programs.models.records import during
from programs.signals import group_changed

Scope = Callable[[User], QuerySet[Any]]


@dataclass(frozen=True)
class Kind:
    """``alike`` finds, among the records of a day, those that tell the same fact; ``check`` refuses what can't be true.

    What one press writes and takes back in several kinds bears one ``family``.
    """

    slug: str
    model: type[LoggedRecord]
    name: str | Promise
    owner: str
    visible: Scope
    loggable: Scope
    check: Callable[[Any, date], None]
    changed: Callable[[Any, date], None]
    alike: Callable[[Any], Q]
    family: str = ""

    @property
    def program(self) -> str:
        """The lookup from the record to its programme."""
        return f"{self.owner}__program"

    def rows(self) -> QuerySet[Any]:
        """All of them, the undone too: to be narrowed by what follows."""
        return self.model._default_manager.select_related(f"{self.owner}__program", f"{self.owner}__board")

    def seen_by(self, user: User) -> QuerySet[Any]:
        """The records of the groups or dyads that the person sees; the undone, if the person may put them back."""
        seen = Q(**{f"{self.owner}__in": self.visible(user)})
        return self.rows().filter(seen, Q(deleted_at__isnull=True) | self.mine_of(user))

    def undone_of(self, user: User) -> QuerySet[Any]:
        """What was undone and the person may put back."""
        return self.rows().filter(self.mine_of(user), deleted_at__isnull=False)

    def may_change(self, user: User, record: LoggedRecord) -> bool:
        """Whether the person may correct the record, undo it and put it back. One query."""
        if record.deleted_at is not None:
            return self.rows().filter(self.mine_of(user), pk=record.pk).exists()
        mine: Any = self.model._default_manager
        return bool(mine.loggable_by(user).filter(pk=record.pk).exists())

    def owner_of(self, record: LoggedRecord) -> Any:
        return getattr(record, self.owner)

    def twins(self, record: LoggedRecord) -> QuerySet[Any]:
        """The other records of the day that tell the same fact."""
        day = {self.owner: self.owner_of(record), "on": record.on}
        return self.model._default_manager.filter(self.alike(record), deleted_at__isnull=True, **day).exclude(
            pk=record.pk
        )

    def mine_of(self, user: User) -> Q:
        """The records of what the person logs; who stands in for someone, those of the days of their range."""
        owners: Any = self.model._meta.get_field(self.owner).related_model
        standing_in = owners._meta.get_field("substitutes").related_model._default_manager.open_to(user)
        any_day = Q(**{f"{self.owner}__in": owners._default_manager.loggable_any_day_by(user).values("pk")})
        elsewhere = ~Q(**{f"{self.owner}__in": standing_in.values(self.owner)})
        days = Q(any_day | elsewhere | during(standing_in, self.owner))
        return Q(**{f"{self.owner}__in": self.loggable(user)}) & days


def same(*names: str) -> Callable[[Any], Q]:
    """Records are alike when these fields say the same."""
    return lambda record: Q(**{name: getattr(record, name) for name in names})


def _tell(model: type[LoggedRecord], group: SupportGroup, on: date) -> None:
    group_changed.send(sender=SupportGroup, group=group, on=on, records={model})


def _group_kind(slug: str, model: type[LoggedRecord], name: str | Promise, alike: Callable[[Any], Q]) -> Kind:
    return Kind(
        slug, model, name, "group", SupportGroup.objects.visible_to, SupportGroup.objects.loggable_by,
        check_entry_whole, partial(_tell, model), alike, family=slug,
    )  # fmt: skip


GROUP_KINDS = {
    kind.slug: kind
    for kind in (
        _group_kind("rencontre-groupe", GroupMeeting, _("rencontre de groupe"), lambda _row: ~Q(status="planned")),
        _group_kind("contact", StudentContact, _("contact individuel"), same("student_id", *SAME_FACT[StudentContact])),
        _group_kind(
            "famille", FamilyContact, _("contact avec une famille"), same("student_id", *SAME_FACT[FamilyContact])
        ),
        _group_kind("bilan-groupe", GroupReview, _("bilan"), same("student_id")),
    )
}
