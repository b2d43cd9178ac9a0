"""What was taken back or ended lately in the structure, for whoever may undo it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from people.models import User
from programs.gestures.kinds import KINDS, Kind
from programs.gestures.memory import subject_of
from programs.log.restoring import restorable_since
from programs.models import Gesture

MOST = 100


@dataclass(frozen=True)
class Line:
    gesture: Gesture
    words: str
    title: str


def lately(user: User, on: date) -> list[Line]:
    """The latest first. The number of queries grows with the kinds, not with the rows."""
    rows = Gesture.objects.visible_to(user).filter(undone_at=None, at__gte=restorable_since(on))
    by_kind: dict[str, list[Gesture]] = defaultdict(list)
    for gesture in rows.select_related("person")[:MOST]:
        by_kind[gesture.kind].append(gesture)
    lines = [line for slug, gestures in by_kind.items() for line in _lines(KINDS[slug], gestures)]
    return sorted(lines, key=lambda line: line.gesture.at, reverse=True)


def _lines(kind: Kind[Any], gestures: Sequence[Gesture]) -> Iterator[Line]:
    there = kind.model._base_manager.in_bulk([one.subject_id for one in gestures])
    subjects = {
        one.pk: subject_of(one.gone, kind.model, one.subject_id) or there.get(one.subject_id) for one in gestures
    }
    known = [row for row in subjects.values() if row is not None]
    if known and kind.needs:
        prefetch_related_objects(known, *kind.needs)
    for gesture in gestures:
        if (row := subjects[gesture.pk]) is not None:
            yield Line(gesture, str(kind.words), kind.title(row))
