"""Plan the meetings to come of every relation that has a timetable."""

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from people.models import School, SchoolBoard
from programs.actions.ahead import AHEAD, Claim, keep_ahead, slots_ahead
from programs.log.relation_kinds import MeetingKind, meeting_kinds
from programs.models import Relation


@transaction.atomic
def plan_ahead(
    *,
    board: SchoolBoard,
    on: date,
    relation: Relation | None = None,
    school: School | None = None,
    until: date | None = None,
) -> int:
    """Keep planned meetings ahead of the timetables of a board, of one relation or of one school (``keep_ahead``).

    Four weeks ahead, or to a nearer day. No meeting is planned while a dyad is paused, nor for an adult who left.
    """
    kinds = [kind for kind in meeting_kinds() if relation is None or kind.owner == relation.NOUN]
    return sum(_plan(kind, board, on, until or on + AHEAD, _narrowed(kind, relation, school)) for kind in kinds)


def _narrowed(kind: MeetingKind[Any, Any, Any], relation: Relation | None, school: School | None) -> dict[str, Any]:
    if relation is not None:
        return {kind.owner: relation}
    return {} if school is None else {f"{kind.program}__school": school}


def _plan(kind: MeetingKind[Any, Any, Any], board: SchoolBoard, on: date, until: date, of_it: dict[str, Any]) -> int:
    noun, relations = kind.owner, kind.model.relation_model()
    slots = list(
        relations._meta.get_field("timetables")
        .related_model._default_manager.filter(
            slots_ahead(on),
            Q(**{f"{noun}__ends_on__isnull": True}) | Q(**{f"{noun}__ends_on__gt": on}),
            **{f"{noun}__board": board, f"{noun}__starts_on__lt": on + AHEAD},
            **of_it,
        )
        .select_related(f"{noun}__program")
    )
    pks = {slot.relation.pk for slot in slots}
    away = {pk: list(spans) for pk, spans in relations.interruptions(pks, on, on + AHEAD).items()}
    for pk, spans in relations.left_alone(pks, on, on + AHEAD).items():
        away[pk] = away.get(pk, []) + spans
    claims = [
        Claim(slot, slot.relation.pk, slot.relation.program, partial(_is_expected, slot.relation, away))
        for slot in slots
    ]
    rows = kind.model._default_manager.filter(board=board, **of_it)
    return keep_ahead(board=board, on=on, until=until, subject=noun, claims=claims, rows=rows)


def _is_expected(relation: Relation, away: dict[int, list[tuple[date, date]]], day: date) -> bool:
    return relation.is_open_on(day) and not any(start <= day < end for start, end in away.get(relation.pk, ()))
