"""How each kind of record of a dyad's follow-up is corrected: its page, its form as filled, what it then says."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from mentoring.actions.corrections import correct_routine
from mentoring.forms import EventForm, LiaisonForm, ReviewForm, RoutineForm
from mentoring.forms.followup import DONE, HEARD, FactForm
from mentoring.models import FollowUp, TeacherLiaison
from people.models import User
from programs.comparison import Line
from programs.editors import GROUP_EDITORS, Editor
from programs.models import LoggedRecord


def _form_of(form: type[FactForm], *names: str) -> Any:
    """The form of these fields, filled as the record was."""

    def filled(record: Any, data: Any, user: User, on: date) -> FactForm:
        note = getattr(record, "readable_note", "")
        initial = {"entry_uuid": record.entry_uuid, "day": record.on.isoformat()}
        initial |= {"note": note, "note_level": record.note_level}
        initial |= {name: getattr(record, name) for name in names}
        return form(
            data,
            dyad=record.dyad,
            on=on,
            usual=() if record.on == on else (record.on,),
            note_hidden=record.holds_confidence and not note,
            initial=initial | _heard(record),
        )

    return filled


def _values_of(*names: str) -> Any:
    """What the form says of these fields, of the day and of the note."""

    def said(form: Any) -> dict[str, Any]:
        note = form.said_of_note() if "note" in form.fields else {}
        return {"on": form.cleaned_data["on"]} | {name: form.cleaned_data[name] for name in names} | note

    return said


def _heard(record: Any) -> dict[str, bool]:
    """What the same sending of the routine says that a teacher was heard to say."""
    if not isinstance(record, FollowUp):
        return {}
    twin = TeacherLiaison.objects.kept().filter(dyad=record.dyad_id, entry_uuid=record.entry_uuid).first()
    return {name: bool(twin and getattr(twin, name)) for name in HEARD}


def _heard_lines(record: Any, form: RoutineForm) -> list[Line]:
    words = {True: _("oui"), False: _("non")}
    theirs = _heard(record)
    return [Line(str(form.fields[name].label), words[said], words[theirs[name]]) for name, said in form.heard().items()]


def _save_routine(
    *, record: Any, form: RoutineForm, values: dict[str, Any], person: User, saved_at: datetime | None, on: date
) -> LoggedRecord:
    heard = form.heard()
    return correct_routine(record=record, values=values, heard=heard, person=person, saved_at=saved_at, on=on)


EDITORS = GROUP_EDITORS | {
    "echange": Editor(
        "mentoring/liaison.html",
        _form_of(LiaisonForm, "channel", "subject", *HEARD),
        _values_of("channel", "subject", *HEARD),
    ),
    "routine": Editor(
        "mentoring/routine.html", _form_of(RoutineForm, *DONE), _values_of(*DONE), _heard_lines, _save_routine
    ),
    "evenement": Editor("mentoring/event.html", _form_of(EventForm, "kind"), _values_of("kind")),
    "bilan": Editor(
        "mentoring/review.html", _form_of(ReviewForm, "redefined", "agreed"), _values_of("redefined", "agreed")
    ),
}
