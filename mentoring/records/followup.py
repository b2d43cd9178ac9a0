"""« Échange avec le personnel enseignant », « événement difficile », « bilan de la relation » (§3.2, §3.3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from mentoring.defaults import usual_days
from mentoring.forms.followup import EventForm, FactForm, LiaisonForm, ReviewForm
from mentoring.models import DifficultEvent, Dyad, FollowUp, RelationshipReview, SupportCall, TeacherLiaison
from people.forms import Data
from people.models import User
from programs.access import Rights
from programs.log.day_choices import weeks_to_choose
from programs.log.forms import noted
from programs.log.kinds import KINDS, Beside
from programs.log.relation_kinds import RelationKind
from programs.models.contacts import Channel

F = TypeVar("F", TeacherLiaison, FollowUp, DifficultEvent, RelationshipReview, SupportCall)


class FollowUpKind(RelationKind[F, Dyad, Beside], Generic[F, Beside]):
    """What surrounds the meetings of a dyad: a day, the record's own fields, a note."""

    links = ("student", "mentor__person", "program__school")
    page: ClassVar[str]
    """The end of its form's address, after the dyad's; ``names["log"]`` is the name of that address."""
    form_class: ClassVar[type[FactForm]]
    initial: ClassVar[Mapping[str, Any]] = {}

    def form(self, data: Data, *, owner: Dyad, user: User, on: date, query: Mapping[str, str]) -> FactForm:
        return self.filled(data, owner, on, (on, *usual_days(owner, on)), dict(self.initial))

    def edit_form(self, data: Data, *, record: F, user: User, on: date, query: Mapping[str, str]) -> FactForm:
        note, hidden = noted(record)
        initial = note | {name: getattr(record, name) for name in self.form_class.said}
        form = self.filled(data, record.dyad, on, (on, record.on), initial)
        form.note_hidden = hidden
        return form

    def filled(self, data: Data, dyad: Dyad, on: date, days: tuple[date, ...], initial: dict[str, Any]) -> FactForm:
        form = self.form_class(data, days=days, on=on, owner=dyad, initial=initial)
        form.offer_weeks(weeks_to_choose(dyad, on))
        return form


class LiaisonKind(FollowUpKind[TeacherLiaison, None]):
    """Ticked in the weekly routine, it goes with what was done with the student: one family."""

    slug = "echange"
    icon = "mortarboard"
    model = TeacherLiaison
    name = _("échange avec le personnel enseignant")
    family = "routine"
    page = "liaison"
    names = {"log": "dyad_liaison"}
    fact = ("channel", "subject")
    form_class = LiaisonForm
    initial = {"channel": Channel.IN_PERSON}
    template = "mentoring/liaison.html"
    title = heading = _("Échange avec le personnel enseignant")
    saved = _("Échange enregistré.")

    def edited_at(self, record: TeacherLiaison) -> str:
        """What was heard in the same sending as a routine is corrected on its page."""
        routine = record.dyad.followups.kept().filter(entry_uuid=record.entry_uuid).first()
        return KINDS["routine"].edit_address(routine) if routine else ""


class EventKind(FollowUpKind[DifficultEvent, None]):
    slug = "evenement"
    icon = "exclamation-circle"
    model = DifficultEvent
    name = _("événement difficile")
    page = "evenement"
    names = {"log": "dyad_event"}
    fact = ("kind",)
    form_class = EventForm
    initial = {"note_level": DifficultEvent.NoteLevel.CONFIDENTIAL}
    template = "mentoring/event.html"
    title = heading = _("Événement difficile")
    saved = _("Événement enregistré.")


class ReviewKind(FollowUpKind[RelationshipReview, None]):
    """Held by whoever answers for the programme: the mentor reads it."""

    slug = "bilan"
    model = RelationshipReview
    name = _("bilan de la relation")
    page = "bilan"
    names = {"log": "dyad_review"}
    form_class = ReviewForm
    template = "mentoring/review.html"
    title = heading = _("Bilan de la relation")
    saved = _("Bilan enregistré.")

    def granted(self, user: User, owner: Dyad, rights: Rights) -> bool:
        return rights.run
