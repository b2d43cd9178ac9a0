"""What surrounds the meetings of a dyad: teachers heard, lates and results followed, hard events, reviews (§3.2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mentoring.models.dyads import Dyad
from people.models import User
from programs.models.contacts import Channel
from programs.models.programs import in_charge
from programs.models.records import LoggedRecord, LoggedRecordQuerySet, Version


class TeacherLiaison(LoggedRecord):
    """A contact of the mentor with a teacher of the student."""

    OWNER = "dyad"
    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="liaisons")
    channel = models.CharField(_("moyen"), max_length=10, choices=Channel, default=Channel.IN_PERSON)
    subject = models.CharField(_("matière"), max_length=120, blank=True)
    achievement_heard = models.BooleanField(_("une réussite de la semaine"), default=False)
    work_heard = models.BooleanField(_("le travail de la semaine"), default=False)

    objects = LoggedRecordQuerySet["TeacherLiaison"].as_manager()
    history = HistoricalRecords(bases=[Version])

    class Meta(LoggedRecord.Meta):
        indexes = [models.Index(fields=["dyad", "on"], name="mentoring_liaison_dyad_on")]


class FollowUp(LoggedRecord):
    """The weekly routine with the student: what was recognised, practised and looked at together."""

    OWNER = "dyad"

    class Skill(models.TextChoices):
        TEACHER = "teacher", _("parler à une enseignante ou un enseignant")
        PARENTS = "parents", _("parler à ses parents")
        NOTES = "notes", _("prendre des notes")
        OTHER = "other", _("autre")

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="followups")
    recognised = models.BooleanField(_("réussite reconnue"), default=False)
    skill = models.CharField(_("habileté exercée"), max_length=8, choices=Skill, blank=True)
    lates_reviewed = models.BooleanField(_("retards revus"), default=False)
    discipline_reviewed = models.BooleanField(_("notes de discipline revues"), default=False)
    results_reviewed = models.BooleanField(_("résultats revus"), default=False)

    objects = LoggedRecordQuerySet["FollowUp"].as_manager()
    history = HistoricalRecords(bases=[Version])

    class Meta(LoggedRecord.Meta):
        indexes = [models.Index(fields=["dyad", "on"], name="mentoring_followup_dyad_on")]


class DifficultEvent(LoggedRecord):
    """A hard event in the student's life, and the support that followed."""

    OWNER = "dyad"

    class Kind(models.TextChoices):
        FAILURE = "failure", _("échec scolaire")
        CONFLICT = "conflict", _("conflit")
        FAMILY = "family", _("événement familial")
        OTHER = "other", _("autre")

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="difficult_events")
    kind = models.CharField(_("nature"), max_length=8, choices=Kind)
    supported_on = models.DateField(_("soutien offert le"), null=True, blank=True)
    support = models.CharField(_("soutien"), max_length=300, blank=True)

    objects = LoggedRecordQuerySet["DifficultEvent"].as_manager()
    history = HistoricalRecords(bases=[Version])

    class Meta(LoggedRecord.Meta):
        indexes = [models.Index(fields=["dyad", "on"], name="mentoring_event_dyad_on")]


class RelationshipReview(LoggedRecord):
    """A meeting of the programme's lead with the mentor about the relationship (§3.2, §3.3)."""

    OWNER = "dyad"
    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="reviews")
    redefined = models.BooleanField(_("relation redéfinie"), default=False)
    agreed = models.CharField(_("ce qui est convenu"), max_length=500, blank=True)

    objects = LoggedRecordQuerySet["RelationshipReview"].as_manager()
    history = HistoricalRecords(bases=[Version])

    class Meta(LoggedRecord.Meta):
        indexes = [models.Index(fields=["dyad", "on"], name="mentoring_review_dyad_on")]

    @classmethod
    def mine_of(cls, user: User) -> Q:
        """Reviews are held, and logged, by those who answer for the programme."""
        return in_charge(user.access, "dyad__program__")
