"""What people are told: in the application, and by e-mail. A row first; the delivery follows from it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.access import Role
from people.models.organisations import SchoolBoard
from people.models.users import User

if TYPE_CHECKING:
    from datetime import date

MOST_ATTEMPTS = 5
REMINDER_EVERY = timedelta(days=7)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: User) -> Self:
        """One's own alone."""
        return self.filter(person=user.pk)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notification(models.Model):
    """Something that a person should know, told once: an id and a day, no words and no name.

    What ``target`` (the id of a finding, of a report or of a look; none for a talk) says is read when the page is
    shown, by what the person may see then.
    """

    class Kind(models.TextChoices):
        CRITICAL = "critical", _("À joindre")
        REOPENED = "reopened", _("De nouveau à joindre")
        TALK = "talk", _("Un élève aimerait vous parler")
        REPORT = "report", _("Un rapport est prêt")
        LOOK_ASKED = "look_asked", _("On demande à voir vos écrans")
        LOOK_GIVEN = "look_given", _("On accepte de vous montrer ses écrans")

    OF_FINDINGS = (Kind.CRITICAL, Kind.REOPENED)
    OF_LOOKS = (Kind.LOOK_ASKED, Kind.LOOK_GIVEN)

    person = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    board = models.ForeignKey(SchoolBoard, models.PROTECT, related_name="+")
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    on = models.DateField(_("date"))
    at = models.DateTimeField(_("moment"), auto_now_add=True)
    target = models.BigIntegerField(_("objet"), null=True, blank=True)
    read_at = models.DateTimeField(_("lue"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "target", "on"], name="people_notification_told_once")
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="people_notification_unread")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.on}"


class Mailing(models.Model):
    """A round that was made: the digests of a board for one Monday are written once, together."""

    board = models.ForeignKey(SchoolBoard, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["board", "kind", "on"], name="people_mailing_once")]

    def __str__(self) -> str:
        return f"{self.board_id} {self.kind} {self.on}"


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those that one watches over."""
        return self.filter(
            Q(person=user.pk) | Q(pk__in=self.model._base_manager.filter(_watched_by(user)).values("pk"))
        )

    def watched_by(self, user: User) -> Self:
        """The messages to the people of the schools, or of the board, that one answers for."""
        return self.filter(pk__in=self.model._base_manager.filter(_watched_by(user)).values("pk"))

    def received_by(self, user: User) -> Self:
        return self.filter(person=user.pk)

    def standing(self) -> Self:
        """Those that arrived, may have arrived, or may still leave."""
        given_up = Q(state=Message.State.REFUSED, attempts__gte=MOST_ATTEMPTS)
        return self.exclude(given_up | Q(state=Message.State.DROPPED))

    def reminders(self) -> Self:
        return self.filter(kind=Message.Kind.REMINDER)

    def farewells_of(self, dyad: int) -> Self:
        """The letters of the end of a dyad: one stands at most."""
        return self.filter(kind=Message.Kind.FAREWELL, target=dyad)

    def of_the_week(self, on: "date") -> Self:
        """Dated within the seven days that end on ``on``, both included."""
        return self.filter(on__gt=on - REMINDER_EVERY, on__lte=on)


def _watched_by(user: User) -> Q:
    access = user.access
    programs = access.program_ids(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)
    return (
        access.within(Role.BOARD_ADMIN, board="board")
        | access.within(Role.SCHOOL_MANAGER, Role.PROGRAM_LEAD, board="board", school="person__school")
        | Q(person__school__programs__in=programs)
    )


class Message(models.Model):
    """An e-mail as a row: recorded first, delivered second. It keeps no text: ids and dates say it again.

    One per person, kind and day, or per invitation, whoever asks twice; a match is told each time that it is made, an
    end and a report once. The life: queued, claimed by one ``UPDATE`` (the lock), then sent, refused (tried again),
    unknown (never sent again) or dropped (nothing to say any more).
    """

    class Kind(models.TextChoices):
        DIGEST = "digest", _("Bilan de la semaine")
        REMINDER = "reminder", _("Rappel")
        INVITATION = "invitation", _("Invitation")
        MATCH = "match", _("Nouveau jumelage")
        FAREWELL = "farewell", _("Lettre de fin")
        REPORT = "report", _("Rapport prêt")

    class State(models.TextChoices):
        QUEUED = "queued", _("en attente")
        CLAIMED = "claimed", _("en cours d’envoi")
        SENT = "sent", _("envoyé")
        REFUSED = "refused", _("refusé par la messagerie")
        UNKNOWN = "unknown", _("envoi incertain")
        DROPPED = "dropped", _("sans objet")

    person = models.ForeignKey(User, models.CASCADE, related_name="mail", verbose_name=_("destinataire"))
    board = models.ForeignKey(SchoolBoard, models.PROTECT, related_name="+")
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    on = models.DateField(_("date"))
    target = models.BigIntegerField(_("objet"), null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    copy_to: "models.ManyToManyField[User, models.Model]" = models.ManyToManyField(User, blank=True, related_name="+")
    state = models.CharField(_("état"), max_length=7, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    claimed_at = models.DateTimeField(_("dernier essai"), null=True, blank=True)
    error = models.CharField(_("erreur"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("créé"), auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "on"],
                condition=~Q(kind__in=["invitation", "match", "farewell", "report"]),
                name="people_message_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["target"], condition=Q(kind="invitation"), name="people_message_once_an_invitation"
            ),
        ]
        indexes = [
            models.Index(
                fields=["state"], condition=Q(state__in=["queued", "claimed", "refused"]), name="people_message_waiting"
            ),
            models.Index(fields=["board", "-on"], name="people_message_board_on"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.on}"


class MailPreference(models.Model):
    """What a person wants by e-mail; without a row, the digest comes."""

    person = models.OneToOneField(User, models.CASCADE, related_name="mail_preference")
    digest = models.BooleanField(_("bilan de la semaine"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.digest}"
