"""An import as rows: the file that somebody sent, its lines, what is decided of them, and what was written."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from people.access import Role
from people.models import School, SchoolBoard, User
from people.retention import TOKENS_LISTED

if TYPE_CHECKING:
    from exchange.imports.declaration import ImportKind


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: User) -> Self:
        """One's own, where one still imports: the school that one manages, the board that one administers."""
        access = user.access
        managed = access.within(Role.SCHOOL_MANAGER, board="board", school="school")
        return self.filter(managed | access.within(Role.BOARD_ADMIN, board="board"), person=user.pk)


class ImportRun(models.Model):
    """One file on its way in. The row is the record: a job only looks at it (see ``tasks``)."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("à lire")
        READ = "read", _("colonnes à vérifier")
        REVIEWED = "reviewed", _("à appliquer")
        QUEUED = "queued", _("en attente")
        APPLYING = "applying", _("en cours")
        APPLIED = "applied", _("appliquée")
        FAILED = "failed", _("refusée")
        UNDONE = "undone", _("annulée")

    board = models.ForeignKey(SchoolBoard, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="imports")
    entry_uuid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20, blank=True)
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    checksum = models.CharField(max_length=64)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.UPLOADED)
    header = models.JSONField(default=list, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    mapping = models.JSONField(default=dict, blank=True)
    """The place of a column by field of the kind."""
    agreed = models.JSONField(default=list, blank=True)
    """The questions of an archive to which a person said yes (``exchange.rosters.records.Question``)."""
    summary = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField(_("envoyé"), auto_now_add=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    """When a job last said that it is at work: past a while, another takes over."""
    claim = models.UUIDField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    far: tuple[int, int] | None = None
    """How many of how many its job has read or written, while it does (``exchange.imports.progress.listen``)."""

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["state", "beat_at"], name="exchange_run_state_beat")]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def declared(self) -> "ImportKind | None":
        """The kind that it is read as; None until it is known."""
        from exchange.imports.registry import KINDS

        return KINDS.get(self.kind)

    @property
    def is_working(self) -> bool:
        return self.state in (self.State.UPLOADED, self.State.QUEUED, self.State.APPLYING)


class ImportFile(models.Model):
    """The bytes as they came; they go once the import is old (see ``people.retention``)."""

    run = models.OneToOneField(ImportRun, models.CASCADE, related_name="file")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.run_id)


class ImportRow(models.Model):
    """A line of the table, what was typed in place of its cells, and what is to be made of it.

    ``said`` holds remarks as ``[code, field, given]``: their words come from the kind (``exchange.imports.remarks``).
    """

    class Standing(models.TextChoices):
        """Whether the line is ready to be written, waits for an answer or for another value, or is left out."""

        FINE = "fine"
        ASKS = "asks"
        WRONG = "wrong"
        LEFT = "left"

    class Effect(models.TextChoices):
        """What becomes of whom it is about."""

        NONE = "none"
        CREATED = "created"
        CHANGED = "changed"
        MOVED = "moved"
        ENDED = "ended"
        RETURNED = "returned"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    fixes = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    standing = models.CharField(max_length=5, choices=Standing, default=Standing.FINE)
    effect = models.CharField(max_length=8, choices=Effect, default=Effect.NONE)
    said = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="exchange_row_once")]
        indexes = [models.Index(fields=["run", "standing"], name="exchange_row_standing")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"

    @property
    def is_left(self) -> bool:
        return self.standing == self.Standing.LEFT


class ImportTrace(models.Model):
    """What an import did to one row of the house: created it (``before`` is None), changed these values, or
    removed it (``after`` says so)."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="traces")
    model = models.CharField(max_length=60)
    row = models.BigIntegerField()
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.run_id} {self.model} {self.row}"


class ColumnMemory(models.Model):
    """How a board read the columns of a header, the last time that it was met."""

    board = models.ForeignKey(SchoolBoard, models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "signature"], name="exchange_memory_once")]

    def __str__(self) -> str:
        return f"{self.board_id} {self.kind}"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, user: User) -> Self:
        """One's own: nobody else lists or revokes them."""
        return self.filter(person=user.pk)

    def standing(self, at: datetime) -> Self:
        """Neither revoked nor expired, of an account that is open and was not closed since: what still opens."""
        lasts = models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=at)
        here = models.Q(person__is_active=True, access_version=models.F("person__access_version"))
        return self.filter(lasts & here, revoked_at__isnull=True)

    def lately(self, at: datetime) -> Self:
        """Those that stand, and what became of the others in the last month. Adds ``stands``."""
        standing = models.Exists(ApiToken.objects.standing(at).filter(pk=models.OuterRef("pk")))
        since = at - TOKENS_LISTED
        ended = models.Q(revoked_at__gt=since) | models.Q(revoked_at__isnull=True, expires_at__gt=since)
        return self.annotate(stands=standing).filter(models.Q(stands=True) | ended)


class ApiToken(models.Model):
    """What lets a program in for a person: the token itself is shown once, and only its SHA-256 is kept.

    ``access_version`` is that of the person when it was made: closing the account raises theirs, and the token is dead.
    """

    class Scope(models.TextChoices):
        READ = "read", _("lecture")
        WRITE = "write", _("lecture, et écriture des rencontres et des contacts")
        CALENDAR = "calendar", _("agenda")

    person = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    entry_uuid = models.UUIDField(unique=True)
    name = models.CharField(_("nom"), max_length=80)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    scope = models.CharField(_("portée"), max_length=8, choices=Scope)
    digest = models.CharField(max_length=64, unique=True)
    access_version = models.PositiveIntegerField()
    made_at = models.DateTimeField(_("créé le"))
    expires_at = models.DateTimeField(_("expire le"), null=True, blank=True)
    """None for the link of an agenda, which lasts as long as the account does."""
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(_("dernière utilisation"), null=True, blank=True)
    """To within a few minutes: every request does not write it."""

    stands: bool
    """With ``lately``: whether it still opens something."""

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.scope}"


def stale_before(now: datetime) -> datetime:
    """A job that gave no sign since then has died."""
    from people.retention import IMPORT_SILENT

    return now - IMPORT_SILENT


class DirectoryToken(models.Model):
    """What lets a board's directory in: shown once, of which only the SHA-256 is kept. It is the board's, not of
    whoever made it: it outlives their account. One stands at a time."""

    board = models.ForeignKey(SchoolBoard, models.PROTECT, related_name="+")
    entry_uuid = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("créé le"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(_("dernière utilisation"), null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board"], condition=models.Q(revoked_at__isnull=True), name="exchange_directory_one_token"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.board_id}"


class DirectoryEntry(models.Model):
    """How a board's directory names a person whom it added or changed."""

    board = models.ForeignKey(SchoolBoard, models.PROTECT, related_name="+")
    person = models.OneToOneField(User, models.CASCADE, related_name="directory_entry")
    user_name = models.CharField(max_length=254)
    external_id = models.CharField(max_length=254, blank=True)
    email_type = models.CharField(max_length=60, blank=True)
    email_primary = models.BooleanField(null=True, default=True)
    """How it qualifies the one address that is kept."""
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    """When the directory took the person out; None while it knows them."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("user_name"), "board", name="exchange_directory_name_in_board"),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.person_id}"
