"""Two versions of one record side by side: what someone is about to save, and what someone else saved meanwhile."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import pgettext

from people.comparing import Comparison, Line
from programs.log.history import last_hand
from programs.log.labels import Names, fields_of, label_of, names_of, words
from programs.models import LoggedRecord, MeetingRecord

PLAN = {"starts_at", "slot"}


def compare(record: LoggedRecord, values: Mapping[str, Any], *more: Line) -> Comparison:
    """What is typed (``values``, by field) beside the record as it stands now, read as ``visible_to`` lets one.

    Where the two disagree on whether the meeting was held, what only one of them can say is there too.
    """
    lines = _lines(record, values)
    if "note" in values:
        theirs = record.readable_note
        if values["note"] or theirs:
            lines.append(Line(pgettext("rencontre", "Note"), str(values["note"]), theirs))
            lines += _level(record, values)
    return Comparison(
        who=str(last_hand(record) or ""),
        at=record.saved_at,
        lines=sorted([*lines, *more], key=lambda line: not line.differs),
    )


def _lines(record: LoggedRecord, values: Mapping[str, Any]) -> list[Line]:
    fields = [field for field in fields_of(type(record)) if field.name not in PLAN and field.name != "note_level"]
    said = {field.name: _key(values.get(field.name, values.get(field.attname))) for field in fields}
    names = _names(fields, record, said)
    outcome = record.status if isinstance(record, MeetingRecord) else ""
    same_outcome = values.get("status", outcome) == outcome
    lines = []
    for field in fields:
        is_said = field.name in values or field.attname in values
        theirs = words(field, getattr(record, field.attname), names)
        if not is_said and same_outcome:
            continue
        yours = words(field, said[field.name], names) if is_said else ""
        if yours or theirs:
            lines.append(Line(label_of(field), yours, theirs))
    return lines


def _level(record: LoggedRecord, values: Mapping[str, Any]) -> list[Line]:
    field = type(record)._meta.get_field("note_level")
    assert isinstance(field, models.Field)  # noqa: S101 - a column of every record
    yours, theirs = (words(field, level, {}) for level in (values.get("note_level"), record.note_level))
    return [Line(label_of(field), yours, theirs)] if yours != theirs else []


def _names(fields: Sequence[models.Field], record: LoggedRecord, said: Mapping[str, Any]) -> Names:
    pointed = [field for field in fields if isinstance(field, models.ForeignKey)]
    typed = type(record)(**{field.attname: said[field.name] for field in pointed})
    return names_of(pointed, [record, typed])


def _key(value: object) -> object:
    return value.pk if isinstance(value, models.Model) else value
