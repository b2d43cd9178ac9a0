"""What a kind of record is, and the registry of those that there are: each app declares its own in ``records``."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.models import User
from programs.log.limits import MINUTES, wrong_minutes
from programs.models import LoggedRecord, MeetingRecord
from programs.models.records import readable_note

if TYPE_CHECKING:
    from programs.log.diff import Line
    from programs.log.forms import EntryForm, NotHeldForm

R = TypeVar("R", bound=LoggedRecord)
M = TypeVar("M", bound=MeetingRecord)


@dataclass(frozen=True)
class Entry:
    """What a person says of a record: its day, its fields by attribute, its note.

    A ``note`` of None leaves the note and its level as they are. ``beside`` is what the kind keeps in other rows (who
    was away, what a teacher was heard to say); None leaves those as they are, but for a meeting: see its kind.
    """

    on: date
    values: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = ""
    note_level: str = LoggedRecord.NoteLevel.ORDINARY
    late_reason: str = ""
    met_by: int | None = None
    """The id of who met, on a day when someone stood in, or ``USUAL`` for the usual adult; None when not asked."""
    beside: Any = None

    def fields(self) -> dict[str, Any]:
        """All that the record itself is to say."""
        noted = {} if self.note is None else {"note": self.note, "note_level": self.note_level}
        return {"on": self.on, **self.values, **noted}


@dataclass(frozen=True)
class Part:
    """One record among those that a form writes: of which owner, and under which key."""

    kind: "RecordKind[Any]"
    owner: Any
    entry: Entry
    key: uuid.UUID


class RecordKind(Generic[R]):
    """One kind of record. Most belong to a relation; the model's ``OWNER`` names what it is a record of.

    A kind is told whole by its class: the attributes here, then what it overrides. ``fact`` names the fields which,
    with the day, say that two records tell the same thing; with ``asks_second`` a second one is confirmed, without it
    the same words of the same person are one record. What one press writes in several kinds bears one ``family``.
    """

    slug: str
    model: type[R]
    name: str | Promise
    family: str = ""
    fact: tuple[str, ...] = ()
    asks_second = False
    icon = "person-check"
    links: tuple[str, ...] = ()
    """What a page shows of the record's owner beside its programme, as lookups from the owner."""

    template: str
    """The page of the first log; a correction has the same, filled."""
    title: str | Promise
    heading: str | Promise
    saved: str | Promise
    """What the banner says once it is logged."""
    names: Mapping[str, str] = {}
    """The names of addresses of its own, where it has some: ``log``, ``edit``, ``undo``."""

    # -- whose

    @property
    def owner(self) -> str:
        return self.model.OWNER

    @property
    def program(self) -> str:
        """The lookup from the record to its programme."""
        return f"{self.owner}__program"

    def rows(self) -> "QuerySet[R]":
        """All of them, the undone too: to be narrowed by what follows."""
        links = ("program", "board", *self.links)
        return self.model._default_manager.select_related(*(f"{self.owner}__{link}" for link in links))

    def seen_by(self, user: User) -> "QuerySet[R]":
        """The records of what the person sees; the undone, if the person may put them back."""
        seen = Q(**{f"{self.owner}__in": self.model.relation_model().objects.visible_to(user)})
        return self.rows().filter(seen, Q(deleted_at__isnull=True) | self.model.mine_of(user))

    def every_seen_by(self, user: User) -> "QuerySet[R]":
        """As above with all that was undone, whoever may put it back: a second press must find its row.

        ``note`` is deferred, read ``readable_note``.
        """
        rows: Any = self.rows().filter(**{f"{self.owner}__in": self.model.relation_model().objects.visible_to(user)})
        return rows.reading_notes_for(user)  # type: ignore[no-any-return]

    def readable_note(self, user: User) -> Any:
        """The note as the person may read it, for a queryset of versions or of records."""
        return readable_note(user, self.program)

    def undone_of(self, user: User) -> "QuerySet[R]":
        """What was undone and the person may put back."""
        return self.rows().filter(self.model.mine_of(user), deleted_at__isnull=False)

    def may_change(self, user: User, record: R) -> bool:
        """Whether the person may correct the record, undo it and put it back. One query."""
        return self.rows().filter(self.model.mine_of(user), pk=record.pk).exists()

    def owner_to_log(self, user: User, pk: int) -> Any:
        """A visible relation of which the person logs this kind; a stranger gets 404, who only reads it 403."""
        relations = self.model.relation_model().objects
        relation = get_object_or_404(relations.visible_to(user).with_people(), pk=pk)
        if not self.may_log(user, relation):
            raise PermissionDenied
        return relation

    def may_log(self, user: User, owner: Any) -> bool:
        """Whether the person logs this kind of the owner. One query."""
        return bool(type(owner).objects.loggable_by(user).filter(pk=owner.pk).exists())

    def locked_owner(self, owner: Any) -> Any:
        """The owner as it is now, held until the transaction ends; rows that only point to it are not held up."""
        rows = type(owner).objects.with_people().select_for_update(of=("self",), no_key=True)
        return rows.get(pk=owner.pk)

    def locked(self, record: R) -> R:
        """The record as it is now, held until the transaction ends."""
        return self.rows().select_for_update(of=("self",)).get(pk=record.pk)

    # -- what it says

    def alike(self, record: R) -> Q:
        """The records of a day that tell the same fact."""
        return Q(**{name: getattr(record, name) for name in self.fact})

    def rivals(self, record: R) -> Q:
        """The records of a day that stand in the way of putting this one back."""
        return self.alike(record)

    def others(self, record: R, alike: Q) -> "QuerySet[R]":
        """Of what is kept of the same owner and day: those that are alike, without the record."""
        rows = self.model._default_manager.filter(alike, deleted_at__isnull=True, on=record.on)
        return rows.filter(**{self.owner: record.owner}).exclude(pk=record.pk)

    def second_words(self, records: Sequence[R]) -> str:
        """How the page asks whether it was another one."""
        return _("Une entrée semblable est déjà consignée ce jour-là. Cochez la case s’il s’agit d’une autre.")

    def waiting(self, owner: Any, entry: Entry) -> R | None:
        """What was planned that the entry fulfils."""
        return None

    def check(self, record: R, on: date) -> None:
        """Refuse of a record, as it stands, what none may say: field by field, all at once."""
        wrong = self.wrong(record, on)
        if wrong:
            raise ValidationError(wrong)

    def wrong(self, record: R, on: date) -> dict[str, str]:
        """What can't be true of it, by field."""
        return self.wrong_day(record, on) | self.wrong_length(record)

    def wrong_day(self, record: R, on: date) -> dict[str, str]:
        if record.on > on:
            return {"day": _("La date ne peut pas être dans le futur.")}
        outside = record.owner.why_not_on(record.on)
        return {"day": outside} if outside else {}

    def wrong_length(self, record: R) -> dict[str, str]:
        most = MINUTES[self.slug]
        words = wrong_minutes(getattr(record, "minutes", None), most) if most else ""
        return {"minutes": words} if words else {}

    def announce(self, owner: Any, on: date) -> None:
        """Tell those who listen, inside the transaction, which kinds of records one press may have changed."""
        owner.announce(on, records={kind.model for kind in family_of(self)})

    def part_names(self, owner: Any) -> Collection[object]:
        """What tells apart the records that one form writes of this owner."""
        return ()

    def keys(self, owner: Any, entry_uuid: uuid.UUID) -> list[uuid.UUID]:
        """The keys of all that one form may have written."""
        return [entry_uuid, *(part_key(entry_uuid, name) for name in self.part_names(owner))]

    # -- what it keeps in other rows

    def keep_beside(self, record: R) -> None:
        """Let the record's latest version say what stands beside it."""

    def write_beside(self, record: R, said: Any, *, moved: bool, person: User, on: date) -> None: ...

    def says_beside(self, record: R, said: Any) -> bool:
        return True

    def stands_beside(self, record: R, past: Any) -> bool:
        """Whether what stands beside is what a version said."""
        return True

    def restore_beside(self, record: R, past: Any, *, person: User, on: date) -> None:
        """Let what stands beside say again what it said at a version."""

    def beside_lines(self, record: R, said: Any) -> "list[Line]":
        return []

    # -- its pages

    def form(self, data: Any, *, owner: Any, user: User, on: date, query: Mapping[str, str]) -> "EntryForm":
        """The form of a first log, with its visible defaults."""
        raise NotImplementedError

    def edit_form(self, data: Any, *, record: R, user: User, on: date, query: Mapping[str, str]) -> "EntryForm":
        """The form of a correction, filled as the record was."""
        raise NotImplementedError

    def parts(self, form: "EntryForm", owner: Any) -> list[Part]:
        """What a valid form of a first log is to write."""
        return [Part(self, owner, form.entry(), form.cleaned_data["entry_uuid"])]

    def corrected(self, form: "EntryForm", record: R) -> Entry:
        """What a valid form of a correction says."""
        return form.entry()

    def saved_words(self, records: Sequence[R], user: User) -> str:
        return str(self.saved)

    def edit_address(self, record: R) -> str:
        if "edit" in self.names:
            return reverse(self.names["edit"], args=[record.pk])
        return reverse("record_edit", args=[self.slug, record.pk])

    def undo_address(self, record: R) -> str:
        """Where a press takes back the last change of the record (``?version=``) or what its form wrote."""
        if "undo" in self.names:
            return reverse(self.names["undo"], args=[record.pk])
        return reverse("record_undo", args=[self.slug, record.pk])

    def history_address(self, record: R) -> str:
        return reverse("record_history", args=[self.slug, record.pk])

    def edited_at(self, record: R) -> str:
        """Where one corrects the record instead, when that is on another's page."""
        return ""

    undo_all = ""
    """The name of the address that takes back all that one form wrote of an owner, where a form writes several."""

    def undo_all_address(self, owner: Any, entry_uuid: uuid.UUID) -> str:
        return reverse(self.undo_all, args=[owner.pk, entry_uuid])

    def corrected_words(self, record: R) -> str:
        return _("La modification est enregistrée.")

    def undone_words(self, record: R) -> str:
        """What the banner says of an undo, from what the record says since."""
        if record.deleted_at is None:
            return _("C’est annulé\u00a0: l’entrée est revenue à son état précédent.")
        return self.removed_words(record.owner)

    def removed_words(self, owner: Any) -> str:
        return _("C’est annulé\u00a0: cette entrée est retirée.")

    def nothing_words(self, owner: Any) -> str:
        """What it says when there was nothing to undo any more."""
        return _("Cette entrée était déjà retirée.")

    def page_of(self, owner: Any) -> str:
        """Where one goes once it is logged."""
        return str(owner.get_absolute_url())


class MeetingKind(RecordKind[M]):
    """Meetings: planned, then held or not."""

    asks_second = True
    names: Mapping[str, str]
    """``log``, ``edit``, ``held``, ``not_held``, ``undo``."""
    not_held_title: str | Promise
    not_held_form: "type[NotHeldForm]"

    def rows(self) -> "QuerySet[M]":
        return super().rows().select_related("timetable")

    def alike(self, record: M) -> Q:
        return super().alike(record) & ~Q(status=MeetingRecord.Status.PLANNED)

    def waiting(self, owner: Any, entry: Entry) -> M | None:
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

    def nothing_words(self, owner: Any) -> str:
        return _("Il n’y a plus rien à annuler pour cette rencontre.")

    def everyone(self) -> Any:
        """What stands beside a meeting held just as planned."""
        return None

    def address(self, what: str, row: Model) -> str:
        return reverse(self.names[what], args=[row.pk])


def part_key(entry_uuid: uuid.UUID, name: object) -> uuid.UUID:
    """The key of one record among those of a form, the same each time that the form is sent."""
    return uuid.uuid5(entry_uuid, str(name))


KINDS: dict[str, RecordKind[Any]] = {}
"""By slug, as addresses name them; filled by each app's ``ready``."""


def register(*kinds: RecordKind[Any]) -> None:
    KINDS.update({kind.slug: kind for kind in kinds})


def kind_of(record: LoggedRecord) -> RecordKind[Any]:
    return next(kind for kind in KINDS.values() if kind.model is type(record))


def meeting_kinds() -> Iterator[MeetingKind[Any]]:
    return (kind for kind in KINDS.values() if isinstance(kind, MeetingKind))


def family_of(kind: RecordKind[Any]) -> list[RecordKind[Any]]:
    """The kinds that one press writes together with this one, itself among them."""
    return [one for one in KINDS.values() if (one.family or one.slug) == (kind.family or kind.slug)]
