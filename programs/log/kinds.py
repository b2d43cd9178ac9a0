"""What a kind of record is, and the registry of those that there are: each app declares its own in ``records``."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Case, Model, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.forms import Data
from people.models import User
from programs.log.limits import MINUTES, wrong_minutes
from programs.models import LoggedRecord, Version
from programs.models.records import readable_note

if TYPE_CHECKING:
    from people.comparing import Line
    from programs.log.forms import EntryForm

R = TypeVar("R", bound=LoggedRecord)
Owner = TypeVar("Owner", bound=Model)
"""Whose record it is: a relation, or a person."""
Beside = TypeVar("Beside")
"""What a kind keeps in other rows, as a form says it; None for those that keep nothing."""


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

    kind: "AnyKind"
    owner: Any
    """As the kind has it."""
    entry: Entry
    key: uuid.UUID


class RecordKind(ABC, Generic[R, Owner, Beside]):
    """One kind of record; the model's ``OWNER`` names what it is a record of.

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
    lists: Mapping[str, str] = {}
    """The lists from which one comes, as ``?retour=`` says it, and the name of the address to go back to."""

    # -- whose

    @property
    def owner(self) -> str:
        return self.model.OWNER

    def owner_of(self, record: R) -> Owner:
        owner: Owner = getattr(record, self.owner)
        return owner

    @property
    def program(self) -> str:
        """The lookup from the record to its programme; empty when none has a say."""
        return ""

    @abstractmethod
    def rows(self) -> QuerySet[R]:
        """All of them, the undone too: to be narrowed by what follows."""

    @abstractmethod
    def seen_by(self, user: User) -> QuerySet[R]:
        """The records of what the person sees; the undone, if the person may put them back."""

    @abstractmethod
    def every_seen_by(self, user: User) -> QuerySet[R]:
        """As above with all that was undone, whoever may put it back: a second press must find its row.

        ``note`` is deferred, read ``readable_note``.
        """

    def readable_note(self, user: User) -> Case:
        """The note as the person may read it, for a queryset of versions or of records."""
        return readable_note(user, self.program)

    def undone_of(self, user: User) -> QuerySet[R]:
        """What was undone and the person may put back."""
        return self.rows().filter(self.model.mine_of(user), deleted_at__isnull=False)

    def may_change(self, user: User, record: R) -> bool:
        """Whether the person may correct the record, undo it and put it back. One query."""
        return self.rows().filter(self.model.mine_of(user), pk=record.pk).exists()

    @abstractmethod
    def owner_to_log(self, user: User, pk: int) -> Owner:
        """One of which the person logs this kind; a stranger gets 404, who only reads it 403."""

    @abstractmethod
    def locked_owner(self, owner: Owner) -> Owner:
        """The owner as it is now, held until the transaction ends; rows that only point to it are not held up."""

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

    def others(self, record: R, alike: Q) -> QuerySet[R]:
        """Of what is kept of the same owner and day: those that are alike, without the record."""
        rows = self.model._default_manager.filter(alike, deleted_at__isnull=True, on=record.on)
        return rows.filter(**{self.owner: self.owner_of(record)}).exclude(pk=record.pk)

    def second_words(self, records: Sequence[R]) -> str:
        """How the page asks whether it was another one."""
        return _("Une entrée semblable est déjà consignée ce jour-là. Cochez la case s’il s’agit d’une autre.")

    def waiting(self, owner: Owner, entry: Entry) -> R | None:
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
        return {"day": _("La date ne peut pas être dans le futur.")} if record.on > on else {}

    def wrong_length(self, record: R) -> dict[str, str]:
        most = MINUTES[self.slug]
        words = wrong_minutes(getattr(record, "minutes", None), most) if most else ""
        return {"minutes": words} if words else {}

    @abstractmethod
    def announce(self, owner: Owner, on: date) -> None:
        """Tell those who listen, inside the transaction, which kinds of records one press may have changed."""

    def part_names(self, owner: Owner) -> Collection[object]:
        """What tells apart the records that one form writes of this owner."""
        return ()

    def keys(self, owner: Owner, entry_uuid: uuid.UUID) -> list[uuid.UUID]:
        """The keys of all that one form may have written."""
        return [entry_uuid, *(part_key(entry_uuid, name) for name in self.part_names(owner))]

    # -- what it keeps in other rows

    def keep_beside(self, record: R) -> None:
        """Let the record's latest version say what stands beside it."""

    def write_beside(self, record: R, said: Beside | None, *, moved: bool, person: User, on: date) -> None: ...

    def says_beside(self, record: R, said: Beside | None) -> bool:
        return True

    def stands_beside(self, record: R, past: Version) -> bool:
        """Whether what stands beside is what a version said."""
        return True

    def restore_beside(self, record: R, past: Version, *, person: User, on: date) -> None:
        """Let what stands beside say again what it said at a version."""

    def beside_lines(self, record: R, said: Beside | None) -> "list[Line]":
        return []

    # -- its pages

    @abstractmethod
    def form(self, data: Data, *, owner: Owner, user: User, on: date, query: Mapping[str, str]) -> "EntryForm":
        """The form of a first log, with its visible defaults."""

    @abstractmethod
    def edit_form(self, data: Data, *, record: R, user: User, on: date, query: Mapping[str, str]) -> "EntryForm":
        """The form of a correction, filled as the record was."""

    def parts(self, form: "EntryForm", owner: Owner) -> list[Part]:
        """What a valid form of a first log is to write."""
        key = form.cleaned_data["entry_uuid"]
        return [
            Part(self, owner, entry, key if name is None else part_key(key, name))
            for name, entry in form.entries().items()
        ]

    def corrected(self, form: "EntryForm", record: R) -> Entry:
        """What a valid form of a correction says."""
        return next(iter(form.entries().values()))

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

    def undo_all_address(self, owner: Owner, entry_uuid: uuid.UUID) -> str:
        return reverse(self.undo_all, args=[owner.pk, entry_uuid])

    def corrected_words(self, record: R) -> str:
        return _("La modification est enregistrée.")

    def undone_words(self, record: R) -> str:
        """What the banner says of an undo, from what the record says since."""
        if record.deleted_at is None:
            return _("C’est annulé\u00a0: l’entrée est revenue à son état précédent.")
        return self.removed_words(self.owner_of(record))

    def removed_words(self, owner: Owner) -> str:
        return _("C’est annulé\u00a0: cette entrée est retirée.")

    def nothing_words(self, owner: Owner) -> str:
        """What it says when there was nothing to undo any more."""
        return _("Cette entrée était déjà retirée.")

    @abstractmethod
    def page_of(self, owner: Owner) -> str:
        """Where one goes once it is logged."""


def part_key(entry_uuid: uuid.UUID, name: object) -> uuid.UUID:
    """The key of one record among those of a form, the same each time that the form is sent."""
    return uuid.uuid5(entry_uuid, str(name))


AnyKind = RecordKind[Any, Any, Any]
"""One of several kinds: what its records, their owner and what stands beside are, only it says."""

KINDS: dict[str, AnyKind] = {}
"""By slug, as addresses name them; filled by each app's ``ready``."""


def register(*kinds: AnyKind) -> None:
    KINDS.update({kind.slug: kind for kind in kinds})


def kind_of(record: R) -> RecordKind[R, Any, Any]:
    return next(kind for kind in KINDS.values() if kind.model is type(record))


def family_of(kind: AnyKind) -> list[AnyKind]:
    """The kinds that one press writes together with this one, itself among them."""
    return [one for one in KINDS.values() if (one.family or one.slug) == (kind.family or kind.slug)]
