"""Trainings that adults completed."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exchange.imports import cells, remarks
from exchange.imports.declaration import Bearings, Field, ImportKind, Level, Line, Remark, Tracer
from exchange.imports.people import read_cells, said_twice, sound
from exchange.imports.who import ADULT_FIELDS, WHO, find, known_adults
from exchange.models import ImportRow
from exchange.storing import insert
from mentoring.actions.mentors import LONGEST_TRAINING
from mentoring.audit_verbs import MENTOR_TRAINED
from mentoring.models import Mentor, Training
from mentoring.signals import mentor_changed
from people import audit

KINDS = cells.by_words(
    {
        Training.Kind.INITIAL: "initiale, formation initiale, de base, initial",
        Training.Kind.ONGOING: "continue, formation continue, en continu, perfectionnement, ongoing",
    }
)
LABELS = {kind.value: capfirst(kind.label) for kind in Training.Kind}
TOO_MANY = Remark("too_many", Level.WRONG, _("La durée va de 1 à %(longest)s minutes."))
FIELDS = (
    *ADULT_FIELDS,
    Field("kind", _("Nature"), "nature, type, type de formation, sorte", cells.one_of(KINDS, LABELS)),
    Field("completed_on", _("Date"), "date, terminee le, date de la formation, suivie le, le", cells.day),
    Field("minutes", _("Durée en minutes"), "duree, minutes, duree en minutes, temps", cells.whole),
    Field("title", _("Titre"), "titre, formation, sujet, theme, nom de la formation", cells.text(200)),
)


def look(lines: Sequence[Line], bearings: Bearings) -> None:
    """Set what becomes of each line: a query an import, and one."""
    for line in lines:
        read_cells(line, FIELDS)
        line.values["person"] = find(line, known_adults(bearings), "email", "adult_name")
        for name, label in (("completed_on", _("Date")), ("minutes", _("Durée en minutes"))):
            if not line.texts.get(name):
                line.say(remarks.MISSING, name, label=str(label))
        day, minutes = line.values.get("completed_on"), line.values.get("minutes")
        if day and day > bearings.on:
            line.say(remarks.TO_COME, "completed_on", value=line.texts["completed_on"])
        if minutes is not None and not 1 <= minutes <= LONGEST_TRAINING:
            line.say(TOO_MANY, "minutes", longest=LONGEST_TRAINING)
    kept = _kept(sound(lines))
    for line in sound(lines):
        facts = _facts(line)
        if not said_twice(line, "|".join(map(str, facts.values())), bearings) and tuple(facts.values()) not in kept:
            line.effect = ImportRow.Effect.CREATED


def _facts(line: Line) -> dict[str, Any]:
    values = line.values
    return {
        "person_id": values["person"].pk,
        "kind": values.get("kind", Training.Kind.INITIAL.value),
        "completed_on": values["completed_on"],
        "minutes": values["minutes"],
        "title": values.get("title", ""),
    }


def _kept(lines: Sequence[Line]) -> set[tuple[Any, ...]]:
    people = {line.values["person"].pk for line in lines}
    rows = Training.objects.filter(person__in=people)
    return set(rows.values_list("person_id", "kind", "completed_on", "minutes", "title"))


def write(lines: Sequence[Line], bearings: Bearings, tracer: Tracer) -> None:
    """Record the trainings; each mentor is announced once. Bulk statements."""
    new = [line for line in lines if line.effect == ImportRow.Effect.CREATED]
    pks = insert(Training, [_facts(line) for line in new])
    subjects = [Training(pk=pk) for pk in pks]
    audit.record_all(board=bearings.board, person=bearings.person, verb=MENTOR_TRAINED, subjects=subjects)
    for mentor in Mentor.objects.filter(person__in={line.values["person"].pk for line in new}).select_related("person"):
        mentor_changed.send(sender=Mentor, mentor=mentor, on=bearings.on)


TRAININGS = ImportKind(
    name="trainings",
    label=_("Formations"),
    help=_("Une ligne par adulte et par formation\u00a0: courriel ou nom, date, durée, nature."),
    fields=FIELDS,
    needs=(("email", "adult_name"), ("completed_on",), ("minutes",)),
    look=look,
    write=write,
    remarks=(*remarks.COMMON, *WHO, TOO_MANY),
)
