"""How each kind of record of a group is corrected: its page, its form as it was filled, and what the form then says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from people.models import Guardian, Student, User
from programs.attendance import by_given_name, members_on
from programs.comparison import Line
from programs.days import day_chips, recent_days
from programs.forms import OTHER, FamilyContactFixForm, ReviewForm, StudentContactFixForm
from programs.forms.records import WHOLE_GROUP
from programs.models import LoggedRecord, SupportGroup


def _nothing_more(record: Any, form: Any) -> list[Line]:
    return []


@dataclass(frozen=True)
class Editor:
    """``form`` takes the record, what was posted, the person and the day; ``values`` gives the fields by attribute."""

    template: str
    form: Callable[[Any, Any, User, date], Any]
    values: Callable[[Any], dict[str, Any]]
    more: Callable[[Any, Any], list[Line]] = _nothing_more
    save: Callable[..., LoggedRecord] | None = None


def _student_contact(record: Any, data: Any, user: User, on: date) -> Any:
    initial = {"student": str(record.student_id), "channel": record.channel}
    initial["minutes"] = str(record.minutes) if record.minutes else ""
    return _own_note(
        StudentContactFixForm(data, members=_members(record, data), hints={}, **_common(record, on, initial)), record
    )


def _family_contact(record: Any, data: Any, user: User, on: date) -> Any:
    members = _members(record, data)
    guardians = Guardian.objects.visible_to(user).filter(student__in=[row.pk for row in members])
    initial = {"student": str(record.student_id), "guardian": record.guardian_id}
    initial |= {name: getattr(record, name) for name in ("channel", "outcome")}
    form = FamilyContactFixForm(data, members=members, hints={}, guardians=guardians, **_common(record, on, initial))
    return _own_note(form, record)


def _review(record: Any, data: Any, user: User, on: date) -> Any:
    initial = {"about": str(record.student_id or WHOLE_GROUP)}
    initial |= {name: getattr(record, name) for name in OBSERVED}
    form = ReviewForm(data, members=_members(record, data), hints={}, whole_hint="", **_common(record, on, initial))
    return _own_note(form, record)


OBSERVED = ("tie", "intensity", "functions", "evolution", "fit")


def _common(record: Any, on: date, initial: dict[str, Any]) -> dict[str, Any]:
    """The day and the note, as they were logged."""
    days = list(dict.fromkeys([record.on, *recent_days(record.group, on)]))
    note = {"note": getattr(record, "readable_note", ""), "note_level": record.note_level}
    shown = {"day": record.on.isoformat() if record.on in days else OTHER, "entry_uuid": record.entry_uuid}
    return {"days": day_chips(days, on), "initial": shown | note | initial}


def _own_note(form: Any, record: Any) -> Any:
    """Without the note when it is someone else's confidence: then the form neither shows nor replaces it."""
    if record.holds_confidence and not getattr(record, "readable_note", ""):
        del form.fields["note"], form.fields["note_level"]
    return form


def _members(record: Any, data: Any) -> list[Student]:
    """Who belonged to the group that day; with whom the record is about, so that it can be read back."""
    group: SupportGroup = record.group
    day = _typed_day(data) or record.on
    rows = {row.pk: row for row in members_on(group, day)}
    if record.student_id is not None and record.student_id not in rows and day == record.on:
        rows[record.student_id] = record.student
    return sorted(rows.values(), key=by_given_name)


def _typed_day(data: Any) -> date | None:
    typed = (data or {}).get("day")
    try:
        return date.fromisoformat((data.get("other_on") if typed == OTHER else typed) or "")
    except (ValueError, AttributeError):
        return None


def _said(form: Any, *names: str) -> dict[str, Any]:
    said = form.cleaned_data
    note = ("note", "note_level") if "note" in form.fields else ()
    return {"on": said["met_on"]} | {name: said[name] for name in (*names, *note)}


def _contact_values(form: Any) -> dict[str, Any]:
    said = form.cleaned_data
    return {"student_id": int(said["student"]), "minutes": said["how_long"]} | _said(form, "channel")


def _family_values(form: Any) -> dict[str, Any]:
    guardian = form.cleaned_data["guardian"]
    linked = {"student_id": int(form.cleaned_data["student"]), "guardian_id": guardian.pk if guardian else None}
    return linked | _said(form, "channel", "outcome")


def _review_values(form: Any) -> dict[str, Any]:
    return {"student_id": form.cleaned_data["student_id"]} | _said(form, *OBSERVED)


GROUP_EDITORS = {
    "contact": Editor("programs/contact.html", _student_contact, _contact_values),
    "famille": Editor("programs/family.html", _family_contact, _family_values),
    "bilan-groupe": Editor("programs/review.html", _review, _review_values),
}
