"""« Routine de la semaine »: what was done with the student, and what a teacher was heard to say (§3.2).

One sending fills two records under one key: this one, and an « échange » beside it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.defaults import last_routine
from mentoring.forms.followup import DONE, HEARD, FactForm, RoutineForm
from mentoring.models import Dyad, FollowUp, TeacherLiaison
from mentoring.records.followup import FollowUpKind
from people.comparing import Line
from people.forms import Data
from people.models import User
from programs.log.forms import EntryForm
from programs.log.history import history_of, remember, version_of
from programs.log.kinds import KINDS, Part
from programs.log.restoring import bring_back
from programs.models import Version

Heard = Mapping[str, bool]


class RoutineKind(FollowUpKind[FollowUp, Heard]):
    slug = "routine"
    icon = "clipboard-check"
    model = FollowUp
    name = _("routine de la semaine")
    page = "routine"
    names = {"log": "dyad_routine"}
    form_class = RoutineForm
    template = "mentoring/routine.html"
    title = heading = _("Routine de la semaine")
    saved = _("Routine de la semaine enregistrée.")

    def wrong(self, record: FollowUp, on: date) -> dict[str, str]:
        if wrong := super().wrong(record, on):
            return wrong
        if not any(getattr(record, name) for name in DONE):
            raise ValidationError(_t("Cochez au moins un élément revu avec l’élève, ou annulez cette routine."))
        return {}

    def form(self, data: Data, *, owner: Dyad, user: User, on: date, query: Mapping[str, str]) -> FactForm:
        """The last one's ticks are a tap away (``?reprendre``), and never unasked."""
        last = last_routine(owner, on)
        again = last is not None and "reprendre" in query
        form = super().form(data, owner=owner, user=user, on=on, query=query)
        assert isinstance(form, RoutineForm)  # noqa: S101 (tells the type)
        if last and again:
            form.initial.update(last[1])
        form.last_on = last[0] if last and not again and not form.is_bound else None
        return form

    def edit_form(self, data: Data, *, record: FollowUp, user: User, on: date, query: Mapping[str, str]) -> FactForm:
        form = super().edit_form(data, record=record, user=user, on=on, query=query)
        form.initial.update(self._heard(record))
        return form

    def parts(self, form: EntryForm, owner: Dyad) -> list[Part]:
        """One of each that was ticked; the note goes with what was done with the student when there is any."""
        said, key = form.entry(), form.cleaned_data["entry_uuid"]
        entry, heard = replace(said, beside=None), said.beside
        did = any(entry.values.values())
        if not did and not any(heard.values()):
            raise ValidationError(_t("Cochez au moins un élément de la routine, puis enregistrez."), code="empty")
        liaison = replace(entry, values=heard, note="" if did else entry.note)
        done = [Part(self, owner, entry, key)] if did else []
        return done + ([Part(KINDS["echange"], owner, liaison, key)] if any(heard.values()) else [])

    # -- what a teacher was heard to say

    def write_beside(self, record: FollowUp, said: Heard | None, *, moved: bool, person: User, on: date) -> None:
        """What was heard is written, changed or taken away with what was done."""
        twin = _heard_with(record)
        if said is None or (twin is None and not any(said.values())):
            return
        twin = twin or TeacherLiaison(
            board_id=record.board_id, dyad=record.dyad, entry_uuid=record.entry_uuid, logged_by=person, logged_on=on
        )
        remember(twin)
        twin.on = record.on
        twin.deleted_at = None if any(said.values()) else twin.deleted_at or timezone.now()
        for name, heard in said.items():
            # Taken away, it keeps what it said, for whoever puts it back.
            setattr(twin, name, heard if twin.deleted_at is None else getattr(twin, name))
        twin.save()

    def says_beside(self, record: FollowUp, said: Heard | None) -> bool:
        return said is None or self._heard(record) == said

    def restore_beside(self, record: FollowUp, past: Version, *, person: User, on: date) -> None:
        """What was heard is again what it was then."""
        twin, corrected = _heard_with(record), history_of(record).filter(history_id__gt=past.history_id).last()
        if twin is None or corrected is None or corrected.deleted_at is not None:
            return  # what one press took away comes back of itself
        then = history_of(twin).filter(history_date__lt=corrected.history_date).first()
        if then is not None and then.deleted_at is None:
            seen = version_of(twin)
            bring_back(kind=KINDS["echange"], record=twin, version=then.history_id, seen=seen, person=person, on=on)
        elif twin.deleted_at is None:
            twin.deleted_at = timezone.now()
            twin.save()

    def beside_lines(self, record: FollowUp, said: Heard | None) -> list[Line]:
        words, theirs = {True: _t("oui"), False: _t("non")}, self._heard(record)
        labels = {name: str(RoutineForm.base_fields[name].label) for name in HEARD}
        return [Line(labels[name], words[heard], words[theirs[name]]) for name, heard in (said or {}).items()]

    def _heard(self, record: FollowUp) -> dict[str, bool]:
        twin = TeacherLiaison.objects.kept().filter(dyad=record.dyad_id, entry_uuid=record.entry_uuid).first()
        return {name: bool(twin and getattr(twin, name)) for name in HEARD}


def _heard_with(routine: FollowUp) -> TeacherLiaison | None:
    """What the same sending says that a teacher was heard to say, taken away or not."""
    return TeacherLiaison.objects.filter(dyad=routine.dyad_id, entry_uuid=routine.entry_uuid).first()
