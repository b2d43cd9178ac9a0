"""Meetings and contacts of a dyad."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mentoring.models.dyads import Dyad, DyadTimetable
from programs.models import ProgramActivity
from programs.models.contacts import Channel
from programs.models.records import MeetingRecord, MeetingRecordQuerySet, MeetingVersion


class DyadMeetingQuerySet(MeetingRecordQuerySet["DyadMeeting"]):
    def meetings(self) -> Self:
        """In person or by video: what meets a week. The other channels keep the tie (§3.2)."""
        return self.exclude(channel__in=DyadMeeting.CONTACT_CHANNELS)


class DyadMeeting(MeetingRecord):
    """A meeting (in person, by video; also when the channel is not said) or a contact (any other channel)."""

    OWNER = "dyad"

    CONTACT_CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.MESSAGE)

    class Setting(models.TextChoices):
        INDIVIDUAL = "individual", _("individuel")
        GROUP = "group", _("en groupe")

    class Activity(models.TextChoices):
        DISCUSSION = "discussion", _("échange")
        SHARED_ACTIVITY = "shared_activity", _("activité ensemble")
        PROBLEM_SOLVING = "problem_solving", _("résolution de problème")

    class ChosenBy(models.TextChoices):
        STUDENT = "student", _("élève")
        MENTOR = "mentor", _("mentore ou mentor")
        TOGETHER = "together", _("ensemble")
        PROGRAMME = "programme", _("programme")

    Topic = ProgramActivity.Theme

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="meetings")
    timetable = models.ForeignKey(DyadTimetable, models.SET_NULL, null=True, blank=True, related_name="meetings")
    channel = models.CharField(_("moyen"), max_length=10, choices=Channel, blank=True)
    setting = models.CharField(_("mode"), max_length=10, choices=Setting, blank=True)
    activity = models.CharField(_("activité"), max_length=16, choices=Activity, blank=True)
    structured = models.BooleanField(_("activité structurée"), null=True, blank=True)
    chosen_by = models.CharField(_("choisie par"), max_length=10, choices=ChosenBy, blank=True)
    topic = models.CharField(_("thème"), max_length=10, choices=Topic, blank=True)
    activity_kind = models.CharField(_("genre d’activité"), max_length=60, blank=True)
    problem_kind = models.CharField(_("genre de problème"), max_length=60, blank=True)

    objects = DyadMeetingQuerySet.as_manager()
    history = HistoricalRecords(bases=[MeetingVersion])

    class Meta(MeetingRecord.Meta):
        indexes = [models.Index(fields=["dyad", "on"], name="mentoring_meeting_dyad_on")]
        constraints = [
            *MeetingRecord.Meta.constraints,
            models.UniqueConstraint(fields=["timetable", "on"], name="mentoring_dyadmeeting_one_per_slot"),
        ]

    @property
    def is_contact(self) -> bool:
        return self.channel in self.CONTACT_CHANNELS
