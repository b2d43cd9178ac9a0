"""Which guidelines a programme follows, and from when: steps offered as one choice each, or any single one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from guidelines.audit_verbs import GUIDELINE_FOLLOWED, GUIDELINE_LEFT
from guidelines.catalogue import CATALOGUE, ENTRIES, ESSENTIAL, Concern, Guideline
from guidelines.catalogue.sentence import Text
from guidelines.models import Flag, ProgramGuideline
from mentoring.models import Dyad
from people import audit
from people.models import User
from people.models.base import active_on
from programs.models import GroupLead, Program

OF_DOMAIN = {
    Program.Domain.MENTORING: ("dyad", "mentor", "program"),
    Program.Domain.GROUP: ("group", "teacher", "program"),
}
"""Of what a programme's guidelines speak."""


@dataclass(frozen=True)
class Step:
    """What a programme takes up at once; ``number`` is its address."""

    number: int
    title: Text
    help: Text
    concern: Concern | None
    """None: l’essentiel."""

    def codes(self, program: Program) -> list[str]:
        return [entry.code for entry in guidelines_of(program) if step_of(entry) is self]


STEPS = (
    Step(1, _("L’essentiel"), _("Les relations courtes ou silencieuses, les groupes trop grands, la formation."), None),
    Step(2, _("Mise en place"), _("Ce qui se règle une fois\u00a0: engagement, entente, composition."), Concern.SETUP),
    Step(3, _("Pratique"), _("Ce qui se passe pendant les rencontres."), Concern.PRACTICE),
    Step(4, _("Tenue du dossier"), _("Les bilans, les suivis et les liaisons à consigner."), Concern.RECORD),
)


def step_of(entry: Guideline) -> Step:
    if entry.code in ESSENTIAL:
        return STEPS[0]
    return next(step for step in STEPS if step.concern == entry.concern)


def guidelines_of(program: Program) -> list[Guideline]:
    """Those that speak of the programme, its relations or who serves there, in the order of the catalogue."""
    return [entry for entry in ENTRIES if entry.subject in OF_DOMAIN[Program.Domain(program.domain)]]


@transaction.atomic
def follow(*, program: Program, codes: Collection[str], since: date, person: User, reason: str = "") -> int:
    """Follow these guidelines from a day on; give how many were not followed then. Said twice, it is done once.

    A programme that had chosen nothing keeps l’essentiel, written down from that day.
    """
    _lock_and_write_down(program, since)
    running = followed_since(program, since)
    new = [code for code in codes if code not in running]
    for code in new:
        row, _created = ProgramGuideline.objects.update_or_create(
            program=program,
            guideline=code,
            followed_from=since,
            defaults={"followed_until": None, "by": person, "reason": reason, "ended_by": None, "end_reason": ""},
        )
        audit.record(board=program.board, person=person, verb=GUIDELINE_FOLLOWED, subject=row, reason=reason)
    return len(new)


@transaction.atomic
def leave(*, program: Program, code: str, until: date, person: User, reason: str) -> bool:
    """Follow a guideline no more from a day on; say whether it was followed. What was followed before stays known."""
    _lock_and_write_down(program, until)
    rows = list(ProgramGuideline.objects.filter(program=program, guideline=code).running(until))
    for row in rows:
        row.followed_until, row.ended_by, row.end_reason = until, person, reason
        row.save(update_fields=["followed_until", "ended_by", "end_reason"])
        audit.record(board=program.board, person=person, verb=GUIDELINE_LEFT, subject=row, reason=reason)
    return bool(rows)


def would_raise(program: Program, *, on: date) -> dict[str, int]:
    """By guideline, how many live findings the programme has, followed or not. One query."""
    mentors = Dyad._base_manager.filter(active_on(on), program=program).values("mentor")
    teachers = GroupLead.objects.active_on(on).filter(group__program=program).values("person")
    theirs = Q(dyad__program=program) | Q(group__program=program) | Q(program=program)
    live = Flag.objects.live().filter(theirs | Q(mentor__in=mentors) | Q(teacher__in=teachers), board=program.board_id)
    return dict(live.order_by().values_list("guideline").annotate(n=Count("pk")))


def _lock_and_write_down(program: Program, since: date) -> None:
    """L’essentiel of a programme that has begun no row by a day; its own row is the lock."""
    Program.objects.select_for_update().get(pk=program.pk)
    if ProgramGuideline.objects.filter(program=program).begun(since).exists():
        return
    written = ({"program": program, "guideline": code, "followed_from": since} for code in sorted(_essential(program)))
    ProgramGuideline.objects.bulk_create(ProgramGuideline(**row) for row in written)


def _essential(program: Program) -> set[str]:
    return {entry.code for entry in guidelines_of(program) if entry.code in ESSENTIAL}


def followed_since(program: Program, on: date) -> dict[str, date]:
    """By guideline, the first day of the rows that run on a day. One query."""
    rows = ProgramGuideline.objects.filter(program=program).running(on)
    return dict(rows.values_list("guideline", "followed_from"))


def known_to(program: Program, code: str) -> Guideline | None:
    """The guideline of a code, when it speaks of the programme."""
    entry = CATALOGUE.get(code)
    return entry if entry in guidelines_of(program) else None
