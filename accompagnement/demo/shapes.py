"""How the weeks of some dyads and groups differ from the others', so that each guideline on them has its example."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from typing import Any

from accompagnement.demo.cast import Cast
from mentoring.models import Dyad, DyadMeeting, Mentor, Training
from people.months import add_months
from programs.models import Attendance, GroupLead, GroupMeeting, GroupTimetable, SupportGroup
from programs.models.contacts import Channel

Activity, ChosenBy, Topic = DyadMeeting.Activity, DyadMeeting.ChosenBy, DyadMeeting.Topic
CHANGED = ("setting", "channel", "activity", "structured", "chosen_by", "topic", "activity_kind")
SHAPES: dict[int, dict[str, Any]] = {
    15: {"activity": Activity.PROBLEM_SOLVING, "topic": Topic.SCHOOL, "structured": None},
    17: {"channel": Channel.VIDEO},
    21: {"chosen_by": ChosenBy.MENTOR},
    26: {"activity": Activity.DISCUSSION, "structured": None},
    27: {"setting": DyadMeeting.Setting.GROUP},
}
"""What most meetings of a dyad have in common, by the place of its story. What is to be watched comes to
the dyads that have something already: a lead reads twelve names, not thirty."""
TOGETHER: dict[str, Any] = {"activity": Activity.SHARED_ACTIVITY, "structured": True}
KINDS = ("sport", "jeu de société", "cuisine", "visite", "robotique")


def shape_dyads(cast: Cast, told: list[Dyad]) -> None:
    """The last weeks of the dyads: something is done together now and then, save where a shape says otherwise.

    The last story's dyad has signed no agreement; Gaétan completed his training after his first meetings; Étienne, an
    older peer, is two months younger than Sofia; at the Cime, half of the meetings were logged two weeks later.
    """
    shapes = {told[place].pk: shape for place, shape in SHAPES.items()}
    rows = DyadMeeting.objects.held().filter(
        on__gte=cast.on - timedelta(weeks=16), channel__in=(Channel.IN_PERSON, Channel.VIDEO)
    )
    meetings = defaultdict[int, list[DyadMeeting]](list)
    for meeting in rows.order_by("on", "pk"):
        meetings[meeting.dyad_id].append(meeting)
    named = {dyad.pk for dyad in vars(cast).values() if isinstance(dyad, Dyad)}
    for dyad, held in meetings.items():
        for place, meeting in enumerate(held):
            change = shapes.get(dyad, {})
            if place % 3 == 1 and "activity" not in change:
                change = {**TOGETHER, "activity_kind": KINDS[(dyad + place) % len(KINDS)], **change}
            elif place % 3 == 1 and change["activity"] == Activity.PROBLEM_SOLVING:
                change = TOGETHER
            elif place % 3 == 2:
                change = {"chosen_by": ChosenBy.STUDENT, **change}
            if dyad in named and place % 4 == 3:
                change = {"topic": Topic.PERSONAL, **change}
            for name, value in change.items():
                setattr(meeting, name, value)
    DyadMeeting.objects.bulk_update([one for held in meetings.values() for one in held], CHANGED, batch_size=200)
    told[-1].agreements.all().delete()
    late = Training.objects.filter(person__key="gaetan-boily")
    late.update(completed_on=cast.calendar.day(2, 3))
    if cast.sofia.birth_date is not None:
        born = add_months(cast.sofia.birth_date, 2)
        Mentor.objects.filter(pk=cast.etienne_mentor.pk).update(birth_date=born)
    later = cast.other_dyad.meetings.filter(status=DyadMeeting.Status.HELD).order_by("on")[::2]
    for meeting in later:
        meeting.logged_on = meeting.on + timedelta(days=14)
    DyadMeeting.objects.bulk_update(later, ["logged_on"])


def shape_groups(cast: Cast, chance: Random) -> None:
    """Activities of every meeting; Passerelle did not meet two weeks of four, one student of Élan has been away for
    four meetings, Boussole began with Karim, Cordée meets for an hour and a quarter and plays more than it declared."""
    meetings = list(GroupMeeting.objects.filter(status=GroupMeeting.Status.HELD))
    for meeting in meetings:
        usual = (
            ("game", "exchange", "game") if meeting.group_id == cast.cordee.pk else ("exchange", "schoolwork", "game")
        )
        meeting.activities = [chance.choice(usual)]
    GroupMeeting.objects.bulk_update(meetings, ["activities"], batch_size=500)
    weeks = [cast.calendar.week(n) for n in (2, 4)]
    away = GroupMeeting.objects.filter(group=cast.passerelle)
    for monday in weeks:
        missed = away.filter(on__range=(monday, monday + timedelta(days=6)))
        Attendance.objects.filter(meeting__in=missed).delete()
        missed.update(
            status=GroupMeeting.Status.NOT_HELD, reason=GroupMeeting.Reason.ADULT_ABSENT, activities=[], minutes=None
        )
    absent_since(cast.elan, 4)
    change = cast.calendar.week(6)
    GroupLead.objects.filter(group=cast.boussole).update(starts_on=change)
    GroupLead.objects.create(
        group=cast.boussole,
        person=cast.karim,
        starts_on=cast.boussole.starts_on,
        ends_on=change,
        reason=GroupLead.Reason.REASSIGNED,
    )
    GroupMeeting.objects.filter(group=cast.boussole, on__lt=change).update(logged_by=cast.karim)
    GroupTimetable.objects.filter(group=cast.cordee).update(minutes=75)
    GroupMeeting.objects.filter(group=cast.cordee).update(minutes=75)


def absent_since(group: SupportGroup, meetings: int) -> None:
    """One student has missed that many of the last meetings, the others came to one of them at least."""
    last = list(group.meetings.filter(status=GroupMeeting.Status.HELD).order_by("-on")[:meetings])
    members = list(group.members.order_by("pk").values_list("student", flat=True))
    Attendance.objects.filter(meeting__in=last, student=members[4]).update(status=Attendance.Status.ABSENT)
    Attendance.objects.filter(meeting=last[0]).exclude(student=members[4]).update(status=Attendance.Status.PRESENT)
