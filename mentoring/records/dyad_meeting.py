"""« Rencontre de dyade »: a meeting, or a contact by another channel; planned, then held or not."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.defaults import as_chips, defaults, expected, usual_days
from mentoring.forms.meetings import HeldForm, MissedForm
from mentoring.models import Dyad, DyadMeeting
from people.forms import Data
from people.models import User
from programs.log.day_choices import weeks_to_choose
from programs.log.forms import NotHeldForm, noted
from programs.log.kinds import Entry
from programs.log.limits import is_late
from programs.log.met_by import ask_who_met
from programs.log.relation_kinds import MeetingKind

NOT_HELD = "non-tenue"
Status = DyadMeeting.Status


class DyadMeetingKind(MeetingKind[DyadMeeting, Dyad, None]):
    slug = "rencontre"
    model = DyadMeeting
    name = _("rencontre ou contact")
    links = ("student", "mentor__person", "program__school")
    fact = ("status", "channel")
    names = {
        "log": "dyad_log",
        "edit": "meeting_edit",
        "held": "meeting_held",
        "not_held": "meeting_not_held",
        "undo": "meeting_undo",
    }
    template = "mentoring/entry.html"
    title = _("Consigner une rencontre")
    heading = ""
    not_held_title = _("Rencontre non tenue")
    not_held_form = NotHeldForm

    def alike(self, record: DyadMeeting) -> Q:
        """The same outcome by the same channel; what was not held has none."""
        if record.status == Status.HELD:
            return super().alike(record)
        return Q(status=record.status)

    def rivals(self, record: DyadMeeting) -> Q:
        """Another meeting of the day, or another contact by the same means."""
        if record.is_contact:
            return Q(channel=record.channel)
        return ~Q(channel__in=DyadMeeting.CONTACT_CHANNELS) & ~Q(status=Status.PLANNED)

    def waiting(self, owner: Dyad, entry: Entry) -> DyadMeeting | None:
        """A contact fulfils no plan."""
        held = entry.values.get("status") == Status.HELD
        return (
            None if held and entry.values["channel"] in DyadMeeting.CONTACT_CHANNELS else super().waiting(owner, entry)
        )

    def form(self, data: Data, *, owner: Dyad, user: User, on: date, query: Mapping[str, str]) -> HeldForm | MissedForm:
        held = query.get("etat") != NOT_HELD
        initial = as_chips(defaults(owner, on)) if held else {}
        return self._filled(data, owner, user, on, held, (on, *usual_days(owner, on)), initial)

    def edit_form(
        self, data: Data, *, record: DyadMeeting, user: User, on: date, query: Mapping[str, str]
    ) -> HeldForm | MissedForm:
        wanted = query.get("etat")
        held = wanted != NOT_HELD if wanted else record.status != Status.NOT_HELD
        earlier = sorted((day for day in {record.on, *usual_days(record.dyad, on)} if day < on), reverse=True)
        note, hidden = noted(record)
        said = {"reason": record.reason, "late_reason": record.late_reason, "day": min(record.on, on).isoformat()}
        initial = note | said | expected(record, on)
        form = self._filled(data, record.dyad, user, on, held, (on, *earlier), initial, record)
        form.note_hidden, form.asks_why = hidden, not record.is_logged and is_late(record.on, on)
        return form

    def _filled(
        self, data: Data, dyad: Dyad, user: User, on: date, held: bool, days: Sequence[date],
        initial: dict[str, Any], record: DyadMeeting | None = None,
    ) -> HeldForm | MissedForm:  # fmt: skip
        form = (HeldForm if held else MissedForm)(data, days=days, on=on, owner=dyad, initial=initial)
        form.offer_weeks(weeks_to_choose(dyad, on))
        if held:  # what did not take place was held by nobody
            ask_who_met(form, dyad, person=user, day=on, record=record)
        return form

    def corrected_words(self, record: DyadMeeting) -> str:
        return _t("Contact enregistré.") if record.is_contact else _t("Rencontre enregistrée.")

    def saved_words(self, records: Sequence[DyadMeeting], user: User) -> str:
        meeting = records[0]
        if adult := self.for_whom(meeting, user):
            return _t("Rencontre enregistrée au nom de %(name)s.") % {"name": adult}
        return _t("Contact enregistré.") if meeting.is_contact else _t("Rencontre enregistrée.")
