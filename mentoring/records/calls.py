"""« Appel de soutien »: with one party of a dyad, by those who answer for the programme, who alone read it (§3.3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mentoring.forms.calls import CallForm
from mentoring.forms.followup import FactForm
from mentoring.models import Dyad, SupportCall
from mentoring.records.followup import FollowUpKind
from people.forms import Data
from people.models import Student, User
from programs.access import Rights
from programs.models import Program
from programs.models.contacts import Channel


class CallKind(FollowUpKind[SupportCall, None]):
    slug = "appel"
    icon = "telephone"
    model = SupportCall
    name = _("appel de soutien")
    page = "appel"
    names = {"log": "dyad_call"}
    lists = {"appels": "calls"}
    fact = ("party", "outcome")
    form_class = CallForm
    initial = {
        "channel": Channel.PHONE,
        "outcome": SupportCall.Outcome.REACHED,
        "note_level": SupportCall.NoteLevel.CONFIDENTIAL,
    }
    template = "mentoring/call.html"
    title = heading = _("Appel de soutien")
    saved = _("Appel enregistré.")

    def seen_by(self, user: User) -> QuerySet[SupportCall]:
        return self.rows().filter(SupportCall.mine_of(user))

    def every_seen_by(self, user: User) -> QuerySet[SupportCall]:
        return super().every_seen_by(user).filter(SupportCall.mine_of(user))

    def granted(self, user: User, owner: Dyad, rights: Rights) -> bool:
        """As long as the programme follows support calls; what was logged stays theirs to correct."""
        return rights.run and owner.program.follows_calls(user.local_date())

    def filled(self, data: Data, dyad: Dyad, on: date, days: tuple[date, ...], initial: dict[str, Any]) -> FactForm:
        form = super().filled(data, dyad, on, days, initial)
        if isinstance(form, CallForm):
            gone = Student.objects.filter(pk=dyad.student_id).gone_from(dyad.program.school_id, on).exists()
            form.families = [] if gone else list(dyad.student.guardians.all())
        return form

    def form(self, data: Data, *, owner: Dyad, user: User, on: date, query: Mapping[str, str]) -> FactForm:
        """With the party that the list names (``?qui=``)."""
        form = super().form(data, owner=owner, user=user, on=on, query=query)
        if query.get("qui") in Program.Party.values:
            form.initial["party"] = query["qui"]
        return form
