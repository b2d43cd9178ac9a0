"""What the guidelines answer of a relation and of the adults around it, as far as the reader may know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from guidelines.answers import Answer, answers
from guidelines.catalogue import ESSENTIAL, Guideline
from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from guidelines.measures import Scope
from guidelines.models import Subject
from guidelines.models.followed import followed_in
from guidelines.numbers import Numbers
from mentoring.models import Dyad
from people.models import User
from programs.models import GroupLead, Program, SupportGroup
from programs.roles import may_run
from reports.fidelity.items import Item

OF_NO_PROGRAM = ("mentor", "teacher")
"""Whose numbers are the board's, and who follows what any programme of theirs does."""
Key = tuple[str, int]


@dataclass(frozen=True)
class Around:
    """By kind of subject, those that the reader may know of: by id, what a measure is narrowed to (None: the board).

    ``hidden``: the kinds of which some are left out. ``names`` are those of the adults of a group.
    """

    subjects: Mapping[str, Mapping[int, Subject | None]]
    hidden: frozenset[str]
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """``answers`` by guideline and subject; ``followed`` by kind and id of subject."""

    relation: Dyad | SupportGroup
    around: Around
    numbers: Numbers
    answers: Mapping[Key, Answer]
    followed: Mapping[Key, frozenset[str]]

    def program_of(self, guideline: Guideline) -> Program | None:
        """Whose own numbers count."""
        return None if guideline.subject in OF_NO_PROGRAM else self.relation.program


def facts_of(relation: Dyad | SupportGroup, items: Iterable[Item], *, user: User, on: date) -> Facts:
    """What some items ask, on a day. A number of queries that does not grow."""
    around = _around_dyad(relation, user) if isinstance(relation, Dyad) else _around_group(relation, user, on)
    codes: dict[str, set[str]] = {kind: set() for kind in around.subjects}
    for item in items:
        codes[item.guideline.subject].add(item.guideline.code)
    numbers = Numbers.of(relation.board, on)
    found: dict[Key, Answer] = {}
    for kind, subjects in around.subjects.items():
        for over in dict.fromkeys(subjects.values()):
            found |= answers(Scope(relation.board, on, over, numbers), codes[kind])
    if isinstance(relation, Dyad) and _has_ended_then(relation, user, on):
        # How long it lasted is known on the day after the last, and only then.
        since_then = Scope(relation.board, on + timedelta(days=1), relation, numbers)
        found |= answers(since_then, {DYAD_DURATION_SHORT.code})
    return Facts(relation, around, numbers, found, _followed(relation, around, on))


def _around_dyad(dyad: Dyad, user: User) -> Around:
    """What is found of a mentor is read by themselves, and by who answers for the programme."""
    reads = dyad.mentor.person_id == user.pk or may_run(user, dyad.program)
    mentors = {dyad.mentor_id: dyad.mentor} if reads else {}
    return Around({"dyad": {dyad.pk: dyad}, "mentor": mentors}, frozenset() if reads else frozenset({"mentor"}))


def _around_group(group: SupportGroup, user: User, on: date) -> Around:
    """What is found of a programme, by who answers for it; of an adult in charge, by themselves too."""
    answers_for = may_run(user, group.program)
    leads = {row.person_id: row.person for row in group.leads.active_on(on).select_related("person")}
    known = {pk: str(person) for pk, person in leads.items() if answers_for or pk == user.pk}
    hidden = frozenset() if answers_for else frozenset({"program", *(["teacher"] if len(known) < len(leads) else [])})
    return Around(
        {
            "group": {group.pk: group},
            "program": {group.program_id: group.program} if answers_for else {},
            "teacher": dict.fromkeys(known),
        },
        hidden,
        known,
    )


def _has_ended_then(dyad: Dyad, user: User, on: date) -> bool:
    return dyad.ends_on == on + timedelta(days=1) and dyad.ends_on <= user.local_date()


def _followed(relation: Dyad | SupportGroup, around: Around, on: date) -> dict[Key, frozenset[str]]:
    """Two queries: the programmes of the adults, and what each programme follows."""
    serving = _serving(relation, list(around.subjects.get("teacher", ())), on)
    followed = followed_in({relation.program_id, *(program for _key, program in serving)}, on)
    found = {
        (kind, pk): followed[relation.program_id]
        for kind, pks in around.subjects.items()
        for pk in pks
        if kind not in OF_NO_PROGRAM
    }
    for kind in OF_NO_PROGRAM:
        for pk in around.subjects.get(kind, ()):
            theirs = [followed[program] for key, program in serving if key == (kind, pk)]
            found[kind, pk] = frozenset[str]().union(*theirs) if theirs else ESSENTIAL
    return found


def _serving(relation: Dyad | SupportGroup, teachers: Sequence[int], on: date) -> list[tuple[Key, int]]:
    """Whom of these adults which programmes have on a day."""
    if isinstance(relation, Dyad):
        rows = Dyad.objects.open_on(on).filter(mentor=relation.mentor_id).order_by()
        return [(("mentor", mentor), program) for mentor, program in rows.values_list("mentor", "program")]
    leads = GroupLead.objects.active_on(on).filter(person__in=teachers).order_by()
    return [(("teacher", person), program) for person, program in leads.values_list("person", "group__program")]
