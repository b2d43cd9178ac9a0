"""« Échange avec le personnel enseignant », « événement difficile », « bilan de la relation » (§3.2, §3.3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from mentoring.defaults import usual_days
from mentoring.forms.followup import EventForm, FactForm, LiaisonForm, ReviewForm
from mentoring.models import DifficultEvent, Dyad, FollowUp, RelationshipReview, TeacherLiaison
from people.models import User
from programs.log.day_choices import weeks_to_choose
from programs.log.forms import noted
from programs.log.kinds import KINDS, RecordKind
from programs.models.contacts import Channel

F = TypeVar("F", TeacherLiaison, FollowUp, DifficultEvent, RelationshipReview)


class FollowUpKind(RecordKind[F], Generic[F]):
    """What surrounds the meetings of a dyad: a day, the record's own fields, a note."""

    links = ("student", "mentor__person", "program__school")
    form_class: ClassVar[type[FactForm]]
    initial: ClassVar[Mapping[str, Any]] = {}

    def form(self, data: Any, *, owner: Dyad, user: User, on: date, query: Mapping[str, str]) -> FactForm:
        return self.filled(data, owner, on, (on, *usual_days(owner, on)), initial=dict(self.initial))

    def edit_form(self, data: Any, *, record: F, user: User, on: date, query: Mapping[str, str]) -> FactForm:
        note, hidden = noted(record)
        initial = note | {name: getattr(record, name) for name in self.form_class.said}
        return self.filled(data, record.dyad, on, (on, record.on), initial=initial, note_hidden=hidden)

    def filled(self, data: Any, dyad: Dyad, on: date, days: tuple[date, ...], **options: Any) -> FactForm:
        form = self.form_class(data, days=days, on=on, owner=dyad, **options)
        form.offer_weeks(weeks_to_choose(dyad, on))
        return form


class LiaisonKind(FollowUpKind[TeacherLiaison]):
    """Ticked in the weekly routine, it goes with what was done with the student: one family."""

    slug = "echange"
    icon = "mortarboard"
    model = TeacherLiaison
    name = _("échange avec le personnel enseignant")
    family = "routine"
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


class EventKind(FollowUpKind[DifficultEvent]):
    slug = "evenement"
    icon = "exclamation-circle"
    model = DifficultEvent
    name = _("événement difficile")
    fact = ("kind",)
    form_class = EventForm
    initial = {"note_level": DifficultEvent.NoteLevel.CONFIDENTIAL}
    template = "mentoring/event.html"
    title = heading = _("Événement difficile")
    saved = _("Événement enregistré.")


class ReviewKind(FollowUpKind[RelationshipReview]):
    """Held by whoever answers for the programme: the mentor reads it."""

    slug = "bilan"
    model = RelationshipReview
    name = _("bilan de la relation")
    form_class = ReviewForm
    template = "mentoring/review.html"
    title = heading = _("Bilan de la relation")
    saved = _("Bilan enregistré.")

    def may_log(self, user: User, owner: Dyad) -> bool:
        return Dyad.objects.run_by(user).filter(pk=owner.pk).exists()
