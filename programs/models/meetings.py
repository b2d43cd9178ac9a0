"""Meetings of a group, and who was there."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from people.models import Student
from programs.models.groups import GroupMember, GroupTimetable, SupportGroup
from programs.models.records import MeetingRecord, MeetingRecordQuerySet, MeetingVersion


class PresencesThen(MeetingVersion):
    """What a version of a meeting says of who was there: a status by student; None when it says nothing."""

    attendance = models.JSONField(_("présences"), null=True)

    class Meta:
        abstract = True


class GroupMeeting(MeetingRecord):
    OWNER = "group"

    class Slot(models.TextChoices):
        """§2.2, the time of day."""

        MORNING = "morning", _("matin")
        MIDDAY = "midday", _("midi")
        END_OF_DAY = "end_of_day", _("fin de journée")

    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="meetings")
    timetable = models.ForeignKey(GroupTimetable, models.SET_NULL, null=True, blank=True, related_name="meetings")
    slot = models.CharField(_("moment"), max_length=10, choices=Slot, blank=True)
    activities = models.JSONField(_("activités"), default=list, blank=True)

    objects = MeetingRecordQuerySet["GroupMeeting"].as_manager()
    history = HistoricalRecords(bases=[PresencesThen])

    class Meta(MeetingRecord.Meta):
        indexes = [models.Index(fields=["group", "on"], name="programs_meeting_group_on")]
        constraints = [
            *MeetingRecord.Meta.constraints,
            models.UniqueConstraint(fields=["timetable", "on"], name="programs_groupmeeting_one_per_slot"),
        ]


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def of_members(self) -> Self:
        """Of those who were members that day: what was noted of someone outside the group counts nowhere.

        A departure, an arrival or a membership taken back that is learnt late settles so what was noted before; the
        rows stay, and count again if the dates are corrected.
        """
        there = GroupMember.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("meeting__on")),
            group=OuterRef("meeting__group"), student=OuterRef("student"), starts_on__lte=OuterRef("meeting__on"),
        )  # fmt: skip
        return self.filter(Exists(there))


class Attendance(models.Model):
    class Status(models.TextChoices):
        PRESENT = "present", _("présence")
        LATE = "late", _("retard")
        ABSENT = "absent", _("absence")
        EXCUSED = "excused", _("absence motivée")

    meeting = models.ForeignKey(GroupMeeting, models.CASCADE, related_name="attendances")
    student = models.ForeignKey(Student, models.PROTECT, related_name="attendances")
    status = models.CharField(_("présence"), max_length=8, choices=Status)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "student"], name="programs_attendance_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.student_id} {self.status}"
