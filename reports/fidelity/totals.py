"""How many relations meet what each item of their sheet asks: sheets of a whole programme, counted and not compared."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from guidelines.answers import Answer, answers
from guidelines.counts import COUNTED
from guidelines.measures import Scope
from mentoring.models import Dyad
from people.cube import Cell
from people.models import SchoolBoard
from programs.models import GroupLead, Program, SupportGroup
from reports.fidelity.items import Criterion, Item, Verdict
from reports.fidelity.sheets import WORST_FIRST, blank_of, verdict_of

Answers = Mapping[tuple[str, int], Answer]
Around = Mapping[str, Collection[int]]
"""By kind of subject, the ids of those whose answers are a relation's."""


@dataclass(frozen=True)
class Asked:
    """An item with the criterion that it stands under."""

    criterion: Criterion
    item: Item


def asked(*, is_group: bool) -> list[Asked]:
    """The items that guidelines measure, in the order of the sheet; none that is for leads alone."""
    counted = {entry.code for entry in COUNTED}
    return [
        Asked(criterion, item)
        for criterion in blank_of(is_group=is_group)
        for item in criterion.items
        if isinstance(item, Item) and item.guideline.code in counted
    ]


def totals(board: SchoolBoard, programs: Collection[Program], on: date, *, is_group: bool) -> Counter[Cell]:
    """The relations of these programmes open on a day, once for each item: by school, programme, item and verdict.

    An item is known by its place among those ``asked``. A statement per measure, and three more."""
    items = asked(is_group=is_group)
    found = answers(Scope(board, on), {one.item.guideline.code for one in items})
    around = _groups(programs, on) if is_group else _dyads(programs, on)
    schools: dict[int, int] = {program.pk: program.school_id for program in programs}
    found_of: list[Cell] = [
        (schools[program], program, place, _worst(one.item, subjects, found))
        for program, subjects in around
        for place, one in enumerate(items)
    ]
    return Counter(found_of)


def _worst(item: Item, around: Around, found: Answers) -> Verdict:
    guideline = item.guideline
    verdicts = {verdict_of(item, found.get((guideline.code, pk))) for pk in around[guideline.subject]}
    return next((verdict for verdict in WORST_FIRST if verdict in verdicts), Verdict.NOT_ASSESSABLE)


def _dyads(programs: Collection[Program], on: date) -> Iterable[tuple[int, Around]]:
    rows = Dyad.objects.filter(program__in=programs).open_on(on).order_by("pk")
    for pk, program, mentor in rows.values_list("pk", "program", "mentor"):
        yield program, {"dyad": [pk], "mentor": [mentor], "program": [program]}


def _groups(programs: Collection[Program], on: date) -> Iterable[tuple[int, Around]]:
    rows = SupportGroup.objects.filter(program__in=programs).active_on(on).order_by("pk")
    leads: dict[int, list[int]] = defaultdict(list)
    for group, person in (
        GroupLead.objects.active_on(on).filter(group__in=rows.values("pk")).values_list("group", "person")
    ):
        leads[group].append(person)
    for pk, program in rows.values_list("pk", "program"):
        yield program, {"group": [pk], "teacher": leads[pk], "program": [program]}
