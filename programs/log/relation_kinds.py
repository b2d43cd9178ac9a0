"""The kinds of records of a relation; of these, meetings, which are planned, then held or not."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.models import User
from programs.access import Rights, rights_on
from programs.log.credit import say_for_whom
from programs.log.kinds import KINDS, Beside, Entry, R, RecordKind, family_of
from programs.models import MeetingRecord, Relation

if TYPE_CHECKING:
    from programs.log.forms import NotHeldForm

Rel = TypeVar("Rel", bound=Relation)
M = TypeVar("M", bound=MeetingRecord)


class RelationKind(RecordKind[R, Rel, Beside]):
    """Who sees the relation sees its records, and who logs it logs them."""

    @property
    def program(self) -> str:
        return f"{self.owner}__program"

    def rows(self) -> QuerySet[R]:
        links = ("program", "board", *self.links)
        return self.model._default_manager.select_related(*(f"{self.owner}__{link}" for link in links))

    def seen_by(self, user: User) -> QuerySet[R]:
        return self._of_visible(user).filter(Q(deleted_at__isnull=True) | self.model.mine_of(user))

    def every_seen_by(self, user: User) -> QuerySet[R]:
        rows: Any = self._of_visible(user)
        seen: QuerySet[R] = rows.reading_notes_for(user)
        return seen

    def _of_visible(self, user: User) -> QuerySet[R]:
        return self.rows().filter(**{f"{self.owner}__in": self.model.relation_model().objects.visible_to(user)})

    def owner_to_log(self, user: User, pk: int) -> Rel:
        relation: Rel = get_object_or_404(self.model.relation_model().objects.visible_to(user).with_people(), pk=pk)
        if not self.granted(user, relation, rights_on(user, relation)):
            raise PermissionDenied
        return relation

    def granted(self, user: User, owner: Rel, rights: Rights) -> bool:
        """Whether the person logs it, by what they may do about the relation."""
        return rights.log

    def locked_owner(self, owner: Rel) -> Rel:
        rows: QuerySet[Rel] = type(owner).objects.with_people().select_for_update(of=("self",), no_key=True)
        return rows.get(pk=owner.pk)

    def wrong_day(self, record: R, on: date) -> dict[str, str]:
        wrong = super().wrong_day(record, on)
        outside = "" if wrong else self.owner_of(record).why_not_on(record.on)
        return {"day": outside} if outside else wrong

    def announce(self, owner: Rel, on: date) -> None:
        owner.announce(on, records={kind.model for kind in family_of(self)})

    def page_of(self, owner: Rel) -> str:
        return owner.get_absolute_url()


class MeetingKind(RelationKind[M, Rel, Beside]):
    """Meetings: planned, then held or not."""

    asks_second = True
    names: Mapping[str, str]
    """``log``, ``edit``, ``held``, ``not_held``, ``undo``."""
    not_held_title: str | Promise
    not_held_form: "type[NotHeldForm]"

    def rows(self) -> QuerySet[M]:
        return super().rows().select_related("timetable")

    def alike(self, record: M) -> Q:
        return super().alike(record) & ~Q(status=MeetingRecord.Status.PLANNED)

    def waiting(self, owner: Rel, entry: Entry) -> M | None:
        rows = self.model._default_manager.select_for_update(of=("self",)).filter(deleted_at__isnull=True)
        planned = rows.filter(**{self.owner: owner}, on=entry.on, status=MeetingRecord.Status.PLANNED)
        return planned.order_by("starts_at", "pk").first()

    def wrong_day(self, record: M, on: date) -> dict[str, str]:
        """A day to come can't be held yet; what was planned then may be called off."""
        if record.on <= on:
            return super().wrong_day(record, on)
        if record.planned and record.status == MeetingRecord.Status.NOT_HELD:
            return {}
        return {"day": _("La date ne peut pas être dans le futur : consignez la rencontre une fois qu’elle a eu lieu.")}

    def wrong(self, record: M, on: date) -> dict[str, str]:
        wrong = super().wrong(record, on)
        if record.status == MeetingRecord.Status.NOT_HELD and record.reason not in MeetingRecord.Reason.values:
            wrong["reason"] = str(self.not_held_form.reason_missing)
        return wrong

    def undone_words(self, record: M) -> str:
        return _("C’est annulé : la rencontre est revenue à son état précédent.")

    def nothing_words(self, owner: Rel) -> str:
        return _("Il n’y a plus rien à annuler pour cette rencontre.")

    def everyone(self) -> Beside | None:
        """What stands beside a meeting held just as planned."""
        return None

    def for_whom(self, meeting: M, user: User) -> User | None:
        """Whose meeting it is that the person has just logged, when it is another's."""
        say_for_whom(self.owner_of(meeting), [meeting])
        return meeting.logged_for if meeting.logged_by_id == user.pk else None

    def address(self, what: str, row: Model) -> str:
        return reverse(self.names[what], args=[row.pk])


def meeting_kinds() -> Iterator[MeetingKind[Any, Any, Any]]:
    return (kind for kind in KINDS.values() if isinstance(kind, MeetingKind))
