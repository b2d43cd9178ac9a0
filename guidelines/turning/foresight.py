"""What a turn would give, read before it is done: who goes on, who ends, and what would be found when meetings resume.

The findings are no guess: the turn is done, the day is evaluated, and all of it is taken back.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import ngettext

from guidelines.catalogue import CATALOGUE, Guideline
from guidelines.endings import ENDED
from guidelines.evaluation import findings
from guidelines.measures import Scope
from guidelines.models import Flag
from guidelines.models.flags import RHYTHM
from guidelines.models.followed import followed_by
from guidelines.models.former_terms import SETTLING, between_years, of_former_term
from guidelines.turning.standing import END, KEEP, LATER, Standing
from guidelines.turning.verbs import Choices, turn_year
from people.models import User
from programs.models import Program

TO = "to"
"""To somebody else."""
Key = tuple[str, str, int]
"""Guideline, kind of subject, its number."""


@dataclass(frozen=True)
class Count:
    guideline: Guideline
    n: int


@dataclass(frozen=True)
class Foresight:
    """``appear`` on ``day`` and do not hold today, ``vanish``, ``stay``; ``set_aside`` is what the turn puts off."""

    day: date
    appear: list[Count]
    vanish: list[Count]
    stay: list[Count]
    set_aside: int

    @property
    def review_on(self) -> date:
        """When what is put off comes back, if it still holds."""
        return self.day + SETTLING


class _TakenBack(Exception):
    """Ends the transaction in which the turn was tried."""


def foresee(*, standing: Standing, choices: Choices, person: User, on: date, entry_uuid: uuid.UUID) -> Foresight:
    """Try the turn, and read the day on which meetings resume. Writes nothing; raises ValidationError as the turn."""
    program, day = standing.program, choices.resumes_on
    codes = followed_by(program, on).difference(ENDED)
    before = _holding(program, codes, on)
    try:
        with transaction.atomic():
            turn_year(standing=standing, choices=choices, person=person, on=on, entry_uuid=entry_uuid)
            after = _expected(program, codes, day)
            moved = Flag.objects.live().filter(guideline__in=codes, events__batch=entry_uuid)
            put_off = _keys(moved, program)
            raise _TakenBack
    except _TakenBack:
        pass
    gone = before - after - put_off
    return Foresight(day, _counts(after - before), _counts(gone), _counts(before & after), len(put_off))


def summary(standing: Standing, choices: Choices) -> list[str]:
    """« 28 dyades gardées », « 2 dyades terminées »…: what is chosen, in words."""
    dyads = Counter(_word(to) for to in choices.dyads.values())
    of_groups = [(line, choices.groups.get(line.group.pk, LATER)) for line in standing.groups]
    groups = Counter(_word(to) for line, to in of_groups if not (line.is_over and to == END))
    staying = {pk for pk, to in choices.groups.items() if to not in (END, LATER)}
    out = sum(row.pk in choices.leaving for line in standing.groups if line.group.pk in staying for row in line.members)
    joining = sum(len(who) for pk, who in choices.joining.items() if pk in staying)
    later = dyads[LATER] + groups[LATER]
    told = [
        (dyads[KEEP], ngettext("%(n)s dyade gardée", "%(n)s dyades gardées", dyads[KEEP])),
        (dyads[TO], ngettext("%(n)s dyade confiée à quelqu’un", "%(n)s dyades confiées à d’autres", dyads[TO])),
        (dyads[END], ngettext("%(n)s dyade terminée", "%(n)s dyades terminées", dyads[END])),
        (groups[KEEP], ngettext("%(n)s groupe gardé", "%(n)s groupes gardés", groups[KEEP])),
        (groups[TO], ngettext("%(n)s groupe confié à quelqu’un", "%(n)s groupes confiés à d’autres", groups[TO])),
        (groups[END], ngettext("%(n)s groupe terminé", "%(n)s groupes terminés", groups[END])),
        (out, ngettext("%(n)s élève quitte son groupe", "%(n)s élèves quittent leur groupe", out)),
        (joining, ngettext("%(n)s élève arrive", "%(n)s élèves arrivent", joining)),
        (later, ngettext("%(n)s choix laissé pour plus tard", "%(n)s choix laissés pour plus tard", later)),
    ]
    return [words % {"n": n} for n, words in told if n]


def _word(to: Any) -> str:
    return to if isinstance(to, str) else TO


def _holding(program: Program, codes: Collection[str], on: date) -> set[Key]:
    """What is shown of the programme's relations today."""
    rows = Flag.objects.live().exclude(state=Flag.State.DISMISSED).filter(guideline__in=codes)
    return _keys(rows.exclude(of_former_term(on)), program)


def _expected(program: Program, codes: Collection[str], day: date) -> set[Key]:
    """What would hold on a later day, less what is set aside until then, and what the former year says."""
    dyads = set(program.dyads.values_list("pk", flat=True))
    groups = set(program.groups.values_list("pk", flat=True))
    ours = {"dyad": dyads, "group": groups}
    found = {
        (one.guideline, one.subject, one.subject_id)
        for one in findings(Scope(program.board, day), frozenset(codes))
        if one.subject_id in ours.get(one.subject, ())
    }
    aside = Flag.objects.live().filter(state=Flag.State.DISMISSED).exclude(until__lte=day)
    former = Flag.objects.live().filter(of_former_term(day))
    resting = set(between_years(day).filter(dyad__in=dyads).values_list("dyad", flat=True))
    found = {one for one in found if one[0] not in RHYTHM or one[1] != "dyad" or one[2] not in resting}
    return found - _keys(aside, program) - _keys(former, program)


def _keys(rows: Any, program: Program) -> set[Key]:
    dyads = rows.filter(dyad__program=program).values_list("guideline", "dyad")
    groups = rows.filter(group__program=program).values_list("guideline", "group")
    return {(code, "dyad", pk) for code, pk in dyads} | {(code, "group", pk) for code, pk in groups}


def _counts(keys: Iterable[Key]) -> list[Count]:
    counted = Counter(code for code, _kind, _pk in keys)
    return [Count(CATALOGUE[code], n) for code, n in counted.most_common()]
