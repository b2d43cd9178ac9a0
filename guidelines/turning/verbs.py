"""Turn the year of a programme, in one transaction, by the verbs that each thing has of its own."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from guidelines.audit_verbs import YEAR_TURNED
from guidelines.catalogue import CATALOGUE, Concern, of_concern
from guidelines.decisions import Decision, Kind, decide
from guidelines.evaluation import evaluate_board
from guidelines.farewells import NO_WORDS, Farewell, review_early
from guidelines.handover import slot_of
from guidelines.models import Flag, FlagEvent
from guidelines.models.former_terms import SETTLING
from guidelines.together import note_cleared, where_they_stand
from guidelines.turning.standing import END, KEEP, LATER, DyadLine, GroupLine, Standing
from guidelines.turning.years import DAY
from mentoring.actions.relations import RematchNeedsReason, end_dyad, start_dyad
from mentoring.audit_verbs import DYAD_COMMITTED, DYAD_PAUSED
from mentoring.defaults import conforming_commitment
from mentoring.models import Dyad, Mentor, Pause
from mentoring.models.endings import EndCode, EndedBy
from people import audit
from people.models import Student, User
from programs.actions.arrivals import add_members
from programs.actions.course import close_group, follow_end
from programs.actions.held import locked
from programs.actions.planning import plan_ahead
from programs.actions.slots import Change, open_slots
from programs.actions.structure import change_lead
from programs.actions.timetables import put_slot
from programs.audit_verbs import GROUP, GROUP_MEMBER_ENDED
from programs.gestures.kinds import KINDS
from programs.gestures.memory import Changes
from programs.gestures.verbs import keep
from programs.models import Gesture, Program

LEFT_BEHIND = (*of_concern(Concern.RHYTHM), *of_concern(Concern.PRACTICE))
"""What the former year's meetings said: a relation that somebody decided to keep begins again without it."""


@dataclass(frozen=True)
class Choices:
    """By number: to whom each goes, or one of the words of ``standing``; ``leaving`` holds memberships."""

    resumes_on: date
    dyads: Mapping[int, "Mentor | str"] = field(default_factory=dict)
    groups: Mapping[int, "User | str"] = field(default_factory=dict)
    leaving: frozenset[int] = frozenset()
    joining: Mapping[int, Sequence[Student]] = field(default_factory=dict)
    lead_reason: str = ""
    size_reason: str = ""
    farewell: Farewell = NO_WORDS


@dataclass
class Turning:
    """One turn under way: who does it, on which day, in which form, and what it has written so far."""

    standing: Standing
    choices: Choices
    person: User
    on: date
    entry_uuid: uuid.UUID
    changes: Changes = field(default_factory=Changes)
    kept_dyads: list[Dyad] = field(default_factory=list)
    kept_groups: list[int] = field(default_factory=list)
    ended: list[Dyad] = field(default_factory=list)

    @property
    def who(self) -> dict[str, Any]:
        return {"person": self.person, "on": self.on}

    @property
    def next_ends_on(self) -> date:
        assert self.standing.turn.next is not None  # noqa: S101 (there is nothing to turn otherwise)
        program_end = self.standing.program.ends_on or date.max
        return min(self.standing.turn.next.ends_on, program_end)

    @property
    def first_on(self) -> date:
        assert self.standing.turn.first_on is not None  # noqa: S101 (the same)
        return self.standing.turn.first_on


@transaction.atomic
def turn_year(*, standing: Standing, choices: Choices, person: User, on: date, entry_uuid: uuid.UUID) -> Gesture:
    """Do all that was chosen, or nothing; the gesture by which all of it is undone. One per ``entry_uuid``.

    Raises ValidationError with what each thing refuses, by its field of the form.
    """
    program = Program.objects.select_for_update(of=("self",)).select_related("board").get(pk=standing.program.pk)
    if already := Gesture.objects.filter(key=entry_uuid).first():
        return already
    turning, stood = Turning(standing, choices, person, on, entry_uuid), where_they_stand(program.board)
    _do_all(turning)
    if not turning.changes.rows:
        raise ValidationError(_("Rien ne changerait\u00a0: choisissez la suite d’au moins un groupe ou une dyade."))
    kind = KINDS["annee-suivante"]
    gesture = keep(kind=kind, row=program, person=person, changes=turning.changes, key=entry_uuid)
    audit.record(board=program.board, person=person, verb=YEAR_TURNED, subject=program)
    settle(program, on)
    _put_off(turning)
    note_cleared(stood, turning.changes)
    review_early(turning.ended, choices.farewell, turning.changes, person=person, on=on)
    gesture.changed = turning.changes.rows
    gesture.save()
    return gesture


def settle(program: Program, on: date) -> None:
    """Plan again and bring findings in line, for the whole board at once: it costs the same for one and for many."""
    plan_ahead(board=program.board, on=on)
    evaluate_board(program.board, on=program.board.until_today(on), codes=frozenset(CATALOGUE))


def _do_all(turning: Turning) -> None:
    wrong: dict[str, ValidationError] = {}
    for name, act in _steps(turning):
        try:
            with transaction.atomic():
                act()
        except ValidationError as refusal:
            wrong[name] = ValidationError(refusal.messages)
        except RematchNeedsReason:
            words = _("Une relation précédente a fini tôt\u00a0: jumelez depuis la page Jumeler, avec le motif.")
            wrong[name] = ValidationError(words)
    if wrong:
        raise ValidationError(wrong)


def _steps(turning: Turning) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is to do, in its order, each by the field of the form where it was chosen."""
    for line in turning.standing.dyads:
        to = turning.choices.dyads.get(line.dyad.pk, LATER)
        if to == KEEP:
            yield line.name, partial(_renew, line, turning)
        elif to != LATER:
            yield line.name, partial(_end, line, to, turning)
    for group in turning.standing.groups:
        of = turning.choices.groups.get(group.group.pk, LATER)
        if of == END:
            if not group.is_over:
                yield group.name, partial(_close, group, turning)
        elif of != LATER:
            yield group.name, partial(_carry_on, group, of, turning)
            if joining := turning.choices.joining.get(group.group.pk):
                yield f"join_{group.group.pk}", partial(_bring_in, group, joining, turning)


def _renew(line: DyadLine, turning: Turning) -> None:
    """The same two go on: committed through the next year, and nothing is expected before meetings resume."""
    dyad, resumes_on = locked(line.dyad), turning.choices.resumes_on
    until = conforming_commitment(dyad.program, resumes_on, turning.on)
    if dyad.committed_until is None or dyad.committed_until < until:
        turning.changes.write(dyad, committed_until=until)
        audit.record(board=dyad.board, person=turning.person, verb=DYAD_COMMITTED, subject=dyad)
    since = max(turning.standing.turn.last_on + DAY, dyad.starts_on)
    if resumes_on > turning.first_on and not dyad.pauses.filter(ends_on=None).exists():
        covering = dyad.pauses.filter(starts_on__lt=resumes_on, ends_on__gt=since).order_by("-ends_on").first()
        starts_on = max(since, covering.ends_on) if covering and covering.ends_on else since
        if starts_on < resumes_on:
            reason = _("Entre deux années")
            pause = Pause.objects.create(dyad=dyad, starts_on=starts_on, ends_on=resumes_on, reason=reason)
            turning.changes.made(pause)
            audit.record(board=dyad.board, person=turning.person, verb=DYAD_PAUSED, subject=dyad, reason=reason)
    turning.kept_dyads.append(dyad)


def _end(line: DyadLine, to: "Mentor | str", turning: Turning) -> None:
    said, dyad = turning.choices.farewell, line.dyad
    slots = [slot_of(row) for row in open_slots(dyad.timetables.all(), turning.on)]
    code, by = line.code or said.end_code, said.ended_by
    if isinstance(to, Mentor):
        code = (EndCode.SCHOOL_ORGANISATION if dyad.mentor.person.is_active else EndCode.MENTOR_LEFT).value
        by = EndedBy.SCHOOL if dyad.mentor.person.is_active else EndedBy.MENTOR
    ended = end_dyad(
        dyad=dyad,
        last_day=line.last_day,
        reason=said.reason,
        ended_by=by,
        planned_handover=isinstance(to, Mentor),
        closure_talk=said.closure_talk,
        end_code=code,
        within=turning.changes,
        **turning.who,
    )
    if not isinstance(to, Mentor):
        turning.ended.append(ended)
        return
    resumes_on = turning.choices.resumes_on
    new = start_dyad(
        program=dyad.program,
        mentor=to,
        student=dyad.student,
        starts_on=resumes_on,
        committed_until=conforming_commitment(dyad.program, resumes_on, turning.on),
        untrained_reason=said.reason,
        entry_uuid=uuid.uuid5(turning.entry_uuid, str(dyad.pk)),
        **turning.who,
    )
    turning.changes.made(new)
    for slot in slots:
        put_slot(relation=new, change=Change(slot, resumes_on), **turning.who)


def _close(line: GroupLine, turning: Turning) -> None:
    close_group(group=line.group, last_on=turning.standing.turn.last_on, within=turning.changes, **turning.who)


def _carry_on(line: GroupLine, to: "User | str", turning: Turning) -> None:
    """The group goes on, with whom it was or somebody else; who leaves it does so with the year."""
    group, changes, was = locked(line.group), turning.changes, line.group.ends_on
    if was is not None and was < turning.next_ends_on:
        changes.write(group, ends_on=turning.next_ends_on)
        follow_end(group, was, turning.next_ends_on, changes)
        for slot in group.timetables.filter(ends_on=was):
            changes.write(slot, ends_on=turning.next_ends_on)
        audit.record(board=group.board, person=turning.person, verb=GROUP.corrected, subject=group)
    after = turning.standing.turn.last_on + DAY
    for member in group.members.filter(pk__in=turning.choices.leaving, starts_on__lte=after):
        if member.ends_on is None or member.ends_on > after:
            reason = line.leaving.get(member.pk) or _("fin de l’année")
            changes.write(member, ends_on=after, reason=reason)
            verb = GROUP_MEMBER_ENDED
            audit.record(board=group.board, person=turning.person, verb=verb, subject=member, reason=reason)
    if isinstance(to, User):
        reason = turning.choices.lead_reason
        change_lead(group=group, lead=to, starts_on=turning.first_on, reason=reason, within=changes, **turning.who)
    turning.kept_groups.append(group.pk)


def _bring_in(line: GroupLine, joining: Sequence[Student], turning: Turning) -> None:
    starts_on, reason = turning.first_on, turning.choices.size_reason
    said = {"group": line.group, "students": joining, "starts_on": starts_on, "reason": reason}
    known = set(line.group.members.values_list("pk", flat=True))
    for member in add_members(**said, **turning.who):  # type: ignore[arg-type]
        if member.pk not in known:
            turning.changes.made(member)


def _put_off(turning: Turning) -> None:
    """What the year that ends left behind on what goes on: set aside until the first weeks of the next can speak."""
    rows = Flag.objects.live().filter(guideline__in=LEFT_BEHIND, state__in=[Flag.State.OPEN, Flag.State.TAKEN])
    kept = [*rows.filter(dyad__in=turning.kept_dyads), *rows.filter(group__in=turning.kept_groups)]
    until = turning.choices.resumes_on + SETTLING
    reason = _("Passage à l’année suivante\u00a0: la relation est gardée.")
    decision = Decision(Kind.DISMISSED, until, reason, FlagEvent.Reason.KNOWN)
    batch, pks = turning.entry_uuid, [flag.pk for flag in kept]
    decide(pks, decision, person=turning.person, on=turning.on, batch=batch, over_others=True)
