"""Ties outside the group's meetings: with each student, with each family (§2); and the group's reviews (§2.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from people.models import Guardian, Student
from programs.models.groups import SupportGroup
from programs.models.records import LoggedRecord, LoggedRecordQuerySet, Version


class Channel(models.TextChoices):
    IN_PERSON = "in_person", _("en personne")
    VIDEO = "video", _("par vidéo")
    PHONE = "phone", _("par téléphone")
    EMAIL = "email", _("par courriel")
    MESSAGE = "message", _("par message")


class StudentContact(LoggedRecord):
    """An individual moment between the adult of a group and one of its students (§2)."""

    OWNER = "group"
    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="student_contacts")
    student = models.ForeignKey(Student, models.PROTECT, related_name="contacts")
    channel = models.CharField(_("moyen"), max_length=10, choices=Channel, default=Channel.IN_PERSON)
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), null=True, blank=True)

    objects = LoggedRecordQuerySet["StudentContact"].as_manager()
    history = HistoricalRecords(bases=[Version])

    class Meta(LoggedRecord.Meta):
        indexes = [models.Index(fields=["student", "on"], name="programs_studentcontact_on")]


class FamilyContact(LoggedRecord):
    """A contact with a student's family, or an attempt (§2, close ties with families)."""

    OWNER = "group"

    class Outcome(models.TextChoices):
        REACHED = "reached", _("échange avec la famille")
        MESSAGE_LEFT = "message_left", _("message laissé")
        NO_ANSWER = "no_answer", _("sans réponse")

    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="family_contacts")
    student = models.ForeignKey(Student, models.PROTECT, related_name="family_contacts")
    guardian = models.ForeignKey(Guardian, models.SET_NULL, null=True, blank=True, related_name="contacts")
    channel = models.CharField(_("moyen"), max_length=10, choices=Channel, default=Channel.PHONE)
    outcome = models.CharField(_("résultat"), max_length=12, choices=Outcome, default=Outcome.REACHED)

    objects = LoggedRecordQuerySet["FamilyContact"].as_manager()
    history = HistoricalRecords(bases=[Version])

    class Meta(LoggedRecord.Meta):
        indexes = [models.Index(fields=["student", "on"], name="programs_familycontact_on")]


class GroupReview(LoggedRecord):
    """A dated look back: at the group as a whole (without student), or at the tie with one student (§2, §2.2)."""

    OWNER = "group"

    class Intensity(models.TextChoices):
        LIGHT = "light", _("léger")
        REGULAR = "regular", _("régulier")
        CLOSE = "close", _("soutenu")

    class Fit(models.TextChoices):
        YES = "yes", _("oui")
        PARTLY = "partly", _("en partie")
        NO = "no", _("non")

    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="reviews")
    student = models.ForeignKey(Student, models.PROTECT, null=True, blank=True, related_name="group_reviews")
    tie = models.CharField(_("nature du lien"), max_length=300, blank=True)
    intensity = models.CharField(_("intensité du lien"), max_length=8, choices=Intensity, blank=True)
    functions = models.CharField(_("fonctions de chacun"), max_length=300, blank=True)
    evolution = models.CharField(_("évolution"), max_length=500, blank=True)
    fit = models.CharField(_("réponses adaptées aux besoins"), max_length=6, choices=Fit, blank=True)

    objects = LoggedRecordQuerySet["GroupReview"].as_manager()
    history = HistoricalRecords(bases=[Version])

    class Meta(LoggedRecord.Meta):
        indexes = [models.Index(fields=["group", "on"], name="programs_groupreview_on")]
