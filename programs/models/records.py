"""What everything that people log has in common: sent once, dated, authored, noted, and undone rather than lost."""

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from people.access import Role
from people.models import User
from people.models.base import KeyedModel
from programs.models.relations import Relation

R = TypeVar("R", bound="LoggedRecord")
M = TypeVar("M", bound="MeetingRecord")


class LoggedRecordQuerySet(models.QuerySet[R]):
    """Records of relations, by default: an owner of another kind says whose they are itself."""

    def kept(self) -> Self:
        """Without what was undone."""
        return self.filter(deleted_at__isnull=True)

    def of(self, owner: models.Model) -> Self:
        """Those of one relation (or person), the undone too."""
        return self.filter(**{self.model.OWNER: owner})

    def visible_to(self, user: User) -> Self:
        """Records of visible relations; ``note`` is deferred, read ``readable_note``."""
        seen = self.kept().filter(**{f"{self.model.OWNER}__in": self.model.relation_model().objects.visible_to(user)})
        return seen.reading_notes_for(user)

    def loggable_by(self, user: User) -> Self:
        """Records of the relations that the person logs; who stands in, those of the days of their range."""
        return self.kept().filter(self.model.mine_of(user))

    def reading_notes_for(self, user: User) -> Self:
        """Adds ``readable_note``, and defers ``note``."""
        program = f"{self.model.OWNER}__program"
        return self.defer("note").annotate(readable_note=readable_note(user, program))


class LoggedRecord(KeyedModel):
    """One entry of a log: ``on`` is the day of the fact, ``entry_uuid`` makes a form sent twice one record."""

    OWNER: ClassVar[str]
    """The foreign key to what it is a record of."""
    if TYPE_CHECKING:
        objects: Any
        history: Any

    readable_note = ""
    """What the reader may read of the note, on the rows of ``reading_notes_for``."""

    class NoteLevel(models.TextChoices):
        ORDINARY = "ordinary", _("ordinaire")
        CONFIDENTIAL = "confidential", _("confidentielle")

    entry_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    on = models.DateField(_("date"))
    logged_on = models.DateField(_("consignée le"), null=True, blank=True)
    logged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("note"), blank=True)
    note_level = models.CharField(_("niveau de la note"), max_length=12, choices=NoteLevel, default=NoteLevel.ORDINARY)
    note_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    """Whose words the note is, when another logged the record: they keep reading them."""
    saved_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta(KeyedModel.Meta):
        abstract = True
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.OWNER} {getattr(self, f'{self.OWNER}_id')} {self.on}"

    @classmethod
    def relation_model(cls) -> type[Relation]:
        model: Any = cls._meta.get_field(cls.OWNER).related_model
        relations: type[Relation] = model
        return relations

    @classmethod
    def mine_of(cls, user: User) -> Q:
        """The records of what the person logs; who stands in for someone, those of the days of their range."""
        relations = cls.relation_model()
        rows = relations.objects
        any_day = Q(**{f"{cls.OWNER}__in": rows.loggable_any_day_by(user).values("pk")})
        days = during(relations.substitute_model().objects.open_to(user), cls.OWNER)
        return Q(**{f"{cls.OWNER}__in": rows.loggable_by(user)}) & Q(any_day | days)

    @property
    def owner(self) -> Relation | User:
        """The relation (or the person) that it is a record of."""
        owner: Relation | User = getattr(self, self.OWNER)
        return owner

    @property
    def is_logged(self) -> bool:
        """Whether it tells a fact rather than a plan."""
        return True

    def sign_note(self, *, before: str, person: User | None) -> None:
        """Say whose the note is, once it has changed from ``before``: of who wrote it first, until it is emptied."""
        if not self.note:
            self.note_by = None
        elif not before and person is not None:
            self.note_by = None if person.pk == self.logged_by_id else person

    @property
    def holds_confidence(self) -> bool:
        """Whether there is a confidential note, which not everyone who sees the record may read."""
        return self.note_level == self.NoteLevel.CONFIDENTIAL and bool(self.note)


def readable_note(user: User, program: str = "") -> Case:
    """The note as a person may read it (``words_opened_to``)."""
    author = Q(note_by=user.pk) | Q(note_by=None, logged_by=user.pk)
    opened = words_opened_to(user, level="note_level", author=author, program=program)
    return Case(When(opened, then=F("note")), default=Value(""), output_field=CharField())


def words_opened_to(user: User, *, level: str, author: Q, program: str = "") -> Q:
    """The rows whose words a person may read: confidential ones, their author and the lead of the programme, if any.

    Nobody who looks at their screens. ``level`` is the column that says it, ``program`` the way to the programme.
    """
    opened = ~Q(**{level: LoggedRecord.NoteLevel.CONFIDENTIAL})
    if user.is_shown:
        return opened
    if program:
        at = {"board": f"{program}__board", "school": f"{program}__school", "program": program}
        author |= user.access.within(Role.PROGRAM_LEAD, **at)
    return opened | author


def during(substitutes: models.QuerySet[Any], subject: str) -> Exists:
    """The records whose day is in the range of one of these rows, of the same group or dyad (``subject``)."""
    of_the_day = {subject: OuterRef(subject), "starts_on__lte": OuterRef("on"), "ends_on__gt": OuterRef("on")}
    return Exists(substitutes.filter(**of_the_day))


class MeetingRecordQuerySet(LoggedRecordQuerySet[M]):
    def held(self) -> Self:
        return self.filter(status=MeetingRecord.Status.HELD)


class MeetingRecord(LoggedRecord):
    """A meeting's row lives from plan to log: it keeps that it was planned, when it was logged and by whom."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("prévue")
        HELD = "held", _("tenue")
        NOT_HELD = "not_held", _("non tenue")

    class Reason(models.TextChoices):
        STUDENT_ABSENT = "student_absent", _("absence de l’élève")
        ADULT_ABSENT = "adult_absent", _("absence de l’adulte")
        SCHOOL_CLOSED = "school_closed", _("école fermée")
        OTHER = "other", _("autre motif")

    status = models.CharField(_("état"), max_length=8, choices=Status)
    reason = models.CharField(_("motif"), max_length=14, choices=Reason, blank=True)
    starts_at = models.TimeField(_("heure"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), null=True, blank=True)
    planned = models.BooleanField(_("était prévue"), default=False)
    late_reason = models.CharField(_("motif de l’entrée tardive"), max_length=300, blank=True)
    met_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tenue par")
    )
    """Who met, when it was not the adult whose relationship or group it is: credit stays with them."""
    is_closed = False
    """On a page: whether the reader, who stands in on other days, may not log it."""
    logged_for: User | None = None
    """On a page: whose meeting it is, when someone else logged it."""

    class Meta(LoggedRecord.Meta):
        abstract = True
        ordering = ["on", "starts_at", "pk"]

    @property
    def owner(self) -> Relation:
        owner: Relation = getattr(self, self.OWNER)
        return owner

    @property
    def is_logged(self) -> bool:
        return self.status != self.Status.PLANNED

    @property
    def is_contact(self) -> bool:
        """Whether it keeps the tie without being a meeting; only a dyad has such rows."""
        return False


class Version(models.Model):
    """What a version of a record says beside the columns that it copies."""

    if TYPE_CHECKING:
        history_id: int
        history_date: datetime
        history_user: User | None
        on: date
        note: str
        logged_by: User | None
        logged_on: date | None
        deleted_at: datetime | None
    readable_note = ""

    class Meta:
        abstract = True

    @property
    def is_logged(self) -> bool:
        """Whether it tells a fact rather than a plan."""
        return True


class MeetingVersion(Version):
    if TYPE_CHECKING:
        status: str

    class Meta:
        abstract = True

    @property
    def is_logged(self) -> bool:
        return self.status != MeetingRecord.Status.PLANNED
