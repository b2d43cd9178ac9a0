"""« Rencontre de groupe »: planned by the timetable, held with those who were there, or not held."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.comparing import Line
from people.fields import day_or_none
from people.forms import Data
from people.models import User
from programs import attendance
from programs.activities import GROUP_ACTIVITIES
from programs.attendance import Away
from programs.forms.meetings import GroupMeetingForm, GroupNotHeldForm
from programs.log.day_choices import likely_days, planned_that_day, weeks_to_choose
from programs.log.forms import EntryForm, noted, posted_day
from programs.log.kinds import Entry
from programs.log.limits import is_late
from programs.log.met_by import ask_who_met
from programs.log.relation_kinds import MeetingKind
from programs.models import GroupMeeting, SupportGroup, Version

Status = GroupMeeting.Status


class GroupMeetingKind(MeetingKind[GroupMeeting, SupportGroup, Away]):
    slug = "rencontre-groupe"
    model = GroupMeeting
    name = _("rencontre de groupe")
    names = {
        "log": "group_log",
        "edit": "group_meeting_edit",
        "held": "group_meeting_held",
        "not_held": "group_meeting_not_held",
        "undo": "group_meeting_undo",
    }
    template = "programs/meeting_log.html"
    title = _("Consigner une rencontre de groupe")
    heading = ""
    not_held_title = _("Rencontre de groupe non tenue")
    not_held_form = GroupNotHeldForm

    def second_words(self, records: Sequence[GroupMeeting]) -> str:
        return _t("Une rencontre du groupe est déjà consignée ce jour-là. Confirmez s’il y en a eu une autre.")

    # -- who was there

    def everyone(self) -> Away:
        return Away()

    def keep_beside(self, record: GroupMeeting) -> None:
        if record.status == Status.HELD:
            attendance.keep_presences(record, attendance.presences(record))

    def write_beside(self, record: GroupMeeting, said: Away | None, *, moved: bool, person: User, on: date) -> None:
        if record.status == Status.HELD:
            attendance.write(record, said or Away(), replace=moved)
        else:
            record.attendances.all().delete()

    def says_beside(self, record: GroupMeeting, said: Away | None) -> bool:
        return said is None or attendance.said(record) == said.by_student()

    def stands_beside(self, record: GroupMeeting, past: Version) -> bool:
        return attendance.presences_then(past) in (None, attendance.presences(record))

    def restore_beside(self, record: GroupMeeting, past: Version, *, person: User, on: date) -> None:
        attendance.put_back(record, attendance.presences_then(past))

    def beside_lines(self, record: GroupMeeting, said: Away | None) -> list[Line]:
        theirs = attendance.presences(record, of_members=True)
        if said is None:  # what was not held says nothing of anybody's presence
            return [replace(line, yours="") for line in attendance.lines_apart({}, theirs)]
        return attendance.lines_apart(said.by_student(), theirs)

    # -- its pages

    def form(
        self, data: Data, *, owner: SupportGroup, user: User, on: date, query: Mapping[str, str]
    ) -> GroupMeetingForm:
        asked = day_or_none(query.get("le"))
        days = likely_days(owner, on, asked)
        day = asked if asked in days else (days[0] if days else on)
        planned = planned_that_day(owner, posted_day(data) or day)
        initial = defaults(owner, on, planned) | ({"day": day.isoformat()} if days else {})
        form = self._filled(data, owner, user, on, days, day, initial)
        form.planned, form.asks_why = planned, is_late(day, on)
        return form

    def edit_form(
        self, data: Data, *, record: GroupMeeting, user: User, on: date, query: Mapping[str, str]
    ) -> GroupMeetingForm:
        note, hidden = noted(record)
        days, initial = [record.on, on], note | as_logged(record)
        form = self._filled(data, record.group, user, on, days, record.on, initial, record)
        form.note_hidden, form.asks_why = hidden, not record.is_logged and is_late(record.on, on)
        return form

    def _filled(
        self, data: Data, group: SupportGroup, user: User, on: date, days: Sequence[date], day: date,
        initial: dict[str, Any], record: GroupMeeting | None = None,
    ) -> GroupMeetingForm:  # fmt: skip
        members = group.students_on(posted_day(data) or day)
        form = GroupMeetingForm(data, members=members, days=days, on=on, owner=group, initial=initial)
        form.offer_weeks(weeks_to_choose(group, on))
        ask_who_met(form, group, person=user, day=day, record=record)
        return form

    def corrected(self, form: EntryForm, record: GroupMeeting) -> Entry:
        """Words that an import brought stay among the activities."""
        entry = super().corrected(form, record)
        others = [code for code in record.activities if code not in GROUP_ACTIVITIES]
        return replace(entry, values={**entry.values, "activities": [*entry.values["activities"], *others]})

    def edited_at(self, record: GroupMeeting) -> str:
        """One that still waits is logged on its group's page."""
        if record.is_logged:
            return ""
        return f"{reverse('group_log', args=[record.group_id])}?le={record.on.isoformat()}"

    def corrected_words(self, record: GroupMeeting) -> str:
        return _t("Groupe %(name)s\u00a0: modification enregistrée.") % {"name": record.group.name}

    def undone_words(self, record: GroupMeeting) -> str:
        words = {"name": record.group.name}
        if record.status == Status.PLANNED:
            return _t("Groupe %(name)s : la rencontre attend de nouveau d’être consignée.") % words
        if record.deleted_at is not None:
            return _t("Groupe %(name)s : la rencontre est retirée.") % words
        return super().undone_words(record)

    def saved_words(self, records: Sequence[GroupMeeting], user: User) -> str:
        meeting = records[0]
        adult = self.for_whom(meeting, user)
        names = {"name": meeting.group.name, "person": adult}
        if adult:
            return _t("Groupe %(name)s\u00a0: rencontre enregistrée au nom de %(person)s.") % names
        return _t("Groupe %(name)s : rencontre enregistrée.") % names


def defaults(group: SupportGroup, on: date, planned: GroupMeeting | None) -> dict[str, Any]:
    """The length of the plan, else of the timetable, the last meeting or the programme; the last one's activities."""
    last = group.meetings.kept().held().filter(on__lte=on).order_by("-on", "-pk").defer("note").first()
    slot = group.timetables.active_on(on).first()
    lengths = (planned and planned.minutes, slot and slot.minutes, last and last.minutes, group.program.minutes)
    minutes = next((length for length in lengths if length), None)
    done = [code for code in last.activities if code in GROUP_ACTIVITIES] if last else []
    return {"minutes": str(minutes) if minutes else None, "activities": done}


def as_logged(meeting: GroupMeeting) -> dict[str, Any]:
    """What the form shows of a meeting: who was away by what the log says of each."""
    words = attendance.said(meeting)
    named = {"absent": attendance.AWAY, "late": (attendance.Status.LATE,), "excused": (attendance.Status.EXCUSED,)}
    away = {field: [str(pk) for pk, word in words.items() if word in status] for field, status in named.items()}
    minutes = str(meeting.minutes) if meeting.minutes else None
    return {"minutes": minutes, "activities": meeting.activities, "late_reason": meeting.late_reason} | away
