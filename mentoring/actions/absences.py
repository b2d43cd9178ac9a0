"""Replace somebody who is away in all that they hold, at once; end it all when they are back earlier."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mentoring.absences import Entrusted, coming_back
from people import audit
from people.models import User
from programs.actions.held import locked
from programs.actions.substitutes import name_substitute
from programs.gestures.kinds import KINDS
from programs.gestures.memory import Changes, Picture, take_all_out
from programs.gestures.verbs import keep
from programs.models import Gesture, Substitute
from programs.models.relations import uncovered

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Absence:
    """From a day to another, included; said by whom, on which day, in which form."""

    starts_on: date
    last_day: date
    person: User
    on: date
    together: uuid.UUID


@dataclass(frozen=True)
class Replaced:
    """``named`` are new; ``kept`` stood in already on a part of those days."""

    named: list[Substitute]
    kept: list[Substitute]


def sent_before(lines: Sequence[Entrusted], together: uuid.UUID | str) -> list[Substitute]:
    """What the form of that key wrote already."""
    return [row for row in coming_back(lines) if str(row.together) == str(together)]


@transaction.atomic
def replace_all(*, lines: Sequence[Entrusted], by: Mapping[str, User], absence: Absence) -> Replaced:
    """Let the people chosen stand in, each by the field of its group or dyad, on the days that nobody covers yet.

    All or nothing. Raises ValidationError with what each refuses, by its field; where nothing is left to name, as well.
    """
    if absence.last_day < absence.starts_on:
        raise ValidationError({"last_day": _("Le dernier jour précède le premier.")})
    named: list[Substitute] = []
    kept: list[Substitute] = []
    wrong: dict[str, ValidationError] = {}
    for line in lines:
        if (substitute := by.get(line.name)) is None:
            continue
        try:
            with transaction.atomic():
                new, stood = _replaced(line, substitute, absence)
        except ValidationError as refusal:
            # Of a form of many, what is wrong of the days is wrong of all.
            named_by = getattr(refusal, "error_dict", {})
            of_days = next((name for name in ("starts_on", "last_day") if name in named_by), line.name)
            wrong[of_days] = ValidationError(list(dict.fromkeys(refusal.messages)))
        else:
            named, kept = [*named, *new], [*kept, *stood]
    if wrong:
        raise ValidationError(wrong)
    if not named:
        raise ValidationError(
            _("Ces jours sont déjà couverts.") if kept else _("Choisissez une personne, pour un groupe ou une dyade.")
        )
    return Replaced(named, kept)


def _replaced(line: Entrusted, substitute: User, absence: Absence) -> tuple[list[Substitute], list[Substitute]]:
    of = locked(line.relation)
    since, until = max(absence.starts_on, of.starts_on), absence.last_day + DAY
    until = min(until, of.ends_on) if of.ends_on else until
    stood = list(of.substitutes.filter(starts_on__lt=until, ends_on__gt=since).select_related("person"))
    new = [
        name_substitute(
            relation=of,
            substitute=substitute,
            starts_on=start,
            last_day=end - DAY,
            person=absence.person,
            on=absence.on,
            together=absence.together,
        )
        for start, end in uncovered([(row.starts_on, row.ends_on) for row in stood], since, until)
        if start < end
    ]
    return new, stood


@transaction.atomic
def end_absence(*, lines: Sequence[Entrusted], person: User, on: date) -> Gesture | None:
    """Make today the last day of every replacement that runs; what was still to come of it is taken away.

    An absence that has not begun is another one, and stays. One gesture, or None where nothing runs past today.
    """
    changes = Changes()
    gone: Picture = []
    ended: list[Substitute] = []
    running = [row for row in coming_back(lines) if row.starts_on <= on]
    keys = {row.together for row in running if row.together}
    for line in lines:
        of: Any = locked(line.relation)
        for row in of.substitutes.filter(Q(starts_on__lte=on) | Q(together__in=keys), ends_on__gt=on + DAY):
            to_come = row.starts_on > on
            verb = of.verbs.substitute_removed if to_come else of.verbs.substitute_ended
            audit.record(board=of.board, person=person, verb=verb, subject=row)
            ended.append(row)
            if to_come:
                gone += take_all_out(of.substitutes.filter(pk=row.pk))
            else:
                changes.write(row, ends_on=on + DAY)
    if not ended:
        return None
    return keep(kind=KINDS[f"retour-{ended[0].NOUN}"], row=ended[0], person=person, changes=changes, gone=gone)
