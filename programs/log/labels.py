"""What a record's fields say, in words: for its history, and beside what someone else saved."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.db import models
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.text import spoken
from programs import activities
from programs.models import LoggedRecord, Version

BEHIND = {
    "id", "board", "key", "entry_uuid", "saved_at", "logged_on", "logged_by", "planned", "timetable", "deleted_at",
    "note", "note_by",
}  # fmt: skip
"""What nobody says; and the note, which has a rule of its own."""

OTHER_LABELS = {
    "student": gettext_lazy("élève"),
    "guardian": gettext_lazy("personne jointe"),
    "minutes": gettext_lazy("durée"),
}

Told = LoggedRecord | Version
"""A record as it is, or as it was."""

Names = dict[type[models.Model], dict[Any, str]]


def fields_of(model: type[LoggedRecord]) -> list[models.Field]:
    """The fields that people fill in, in their order; whose record it is stands in the page's title."""
    return [field for field in model._meta.concrete_fields if field.name not in BEHIND | {model.OWNER}]


def label_of(field: models.Field) -> str:
    return capfirst(str(OTHER_LABELS.get(field.name, field.verbose_name)))


def names_of(fields: Iterable[models.Field], rows: Iterable[Told]) -> Names:
    """The words for the rows that these rows point to; a query per model that any points to."""
    pointed: dict[type[models.Model], set[Any]] = {}
    for field in fields:
        if isinstance(field, models.ForeignKey):
            keys = {getattr(row, field.attname) for row in rows} - {None}
            pointed.setdefault(field.related_model, set()).update(keys)
    return {
        model: {pk: str(row) for pk, row in model._base_manager.in_bulk(list(keys)).items()}
        for model, keys in pointed.items()
        if keys
    }


def words_of(field: models.Field, row: Told, names: Names) -> str:
    """What a row says in a field; empty when it says nothing."""
    if field.name == "note_level" and not row.note:
        return ""
    return words(field, getattr(row, field.attname), names)


def words(field: models.Field, value: object, names: Names) -> str:
    """A value in words: a choice by its label, a day and an hour as one writes them."""
    if value in (None, "", []):
        return ""
    if isinstance(field, models.ForeignKey):
        return names.get(field.related_model, {}).get(value, "")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(field, value)


def _plain(field: models.Field, value: object) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, date):
        return spoken(value)
    if isinstance(value, time):
        return formats.time_format(value, "TIME_FORMAT")
    if isinstance(value, list):
        return activities.in_words(value)
    return _("%(n)s\u00a0min") % {"n": value} if field.name == "minutes" else str(value)
