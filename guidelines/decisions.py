"""Deciding on findings, one or many, in one way: under lock, by sets, each kept with its day, its author and why."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidelines.audit_verbs import (
    FLAG_DISMISSED,
    FLAG_ENTRUSTED,
    FLAG_REOPENED,
    FLAG_RESTORED,
    FLAG_SNOOZED,
    FLAG_TAKEN,
)
from guidelines.catalogue import CATALOGUE
from guidelines.models import Flag, FlagEvent
from guidelines.models.flags import FlagQuerySet
from people import audit
from people.fields import day_or_none
from people.models import User

Kind, State = FlagEvent.Kind, Flag.State
STATES = {
    Kind.TAKEN: State.TAKEN,
    Kind.SNOOZED: State.SNOOZED,
    Kind.DISMISSED: State.DISMISSED,
    Kind.REOPENED: State.OPEN,
}
VERBS = {
    Kind.TAKEN: FLAG_TAKEN,
    Kind.SNOOZED: FLAG_SNOOZED,
    Kind.DISMISSED: FLAG_DISMISSED,
    Kind.REOPENED: FLAG_REOPENED,
}
Together = tuple[str, int, str]
"""What is decided at once: kind of subject, its id, and of what."""


@dataclass(frozen=True)
class Decision:
    kind: FlagEvent.Kind
    until: date | None = None
    reason: str = ""
    reason_code: str = ""


class Left(models.TextChoices):
    """Why a finding is left as it is."""

    CLEARED = "cleared", _("réglé entre-temps")
    SET_ASIDE = "set_aside", _("déjà écarté")
    ELSEWHERE = "elsewhere", _("en charge de quelqu’un d’autre")


@dataclass
class Outcome:
    """Of what was chosen, what is ``left`` and why; ``points`` were changed, of so many relations, groups or people."""

    left: dict[int, Left] = field(default_factory=dict)
    points: int = 0
    subjects: int = 0


def why_left(flag: Flag, person: User) -> Left | None:
    """What keeps a finding from being decided on together with others: it is gone, or somebody has decided."""
    if flag.state == State.CLEARED:
        return Left.CLEARED
    if flag.state == State.DISMISSED:
        return Left.SET_ASIDE
    is_elsewhere = flag.state == State.TAKEN and flag.taken_by_id != person.pk
    return Left.ELSEWHERE if is_elsewhere else None


@transaction.atomic
def decide(
    pks: Collection[int],
    decision: Decision,
    *,
    person: User,
    on: date,
    batch: uuid.UUID | None = None,
    over_others: bool = False,
) -> Outcome:
    """Decide on these findings and on those decided with them; said twice, it is kept once.

    ``over_others`` takes the place of what somebody else decided; else that is left. With a ``batch``, ``undo`` puts
    all of it back. Whether the person may is for the caller to ask. Seven statements, whatever the number.
    """
    chosen = list(Flag.objects.filter(pk__in=pks).order_by("pk"))
    together = Flag.objects.decided_together_with(chosen)
    locked = {flag.pk: flag for flag in together.select_for_update(of=("self",)).order_by("pk")}
    if batch is not None and FlagEvent.objects.filter(batch=batch).exists():
        return _already(batch)
    outcome = Outcome()
    asked: dict[Together, Flag] = {}
    for flag in chosen:
        now = locked.get(flag.pk)
        if now is None:
            outcome.left[flag.pk] = Left.CLEARED
        elif not over_others and (why := why_left(now, person)):
            outcome.left[flag.pk] = why
        else:
            asked.setdefault(_together(now), now)
    rows = [flag for flag in locked.values() if _together(flag) in asked and _differs(flag, decision, person)]
    _write(rows, decision, person, on, batch)
    moved = {_together(flag) for flag in rows}
    subjects = [flag for key, flag in asked.items() if key in moved]
    audit.record_all(person=person, verb=VERBS[decision.kind], subjects=subjects, reason=decision.reason)
    outcome.points, outcome.subjects = len(rows), _subjects(rows)
    return outcome


@transaction.atomic
def entrust(pks: Collection[int], *, to: User | None, person: User, on: date) -> None:
    """Give findings that somebody had in charge to somebody else; to nobody, they are to be examined again.

    Who takes them must be one who may: refused otherwise. It is in their charge from today.
    """
    if to is None:
        decide(pks, Decision(Kind.REOPENED), person=person, on=on, over_others=True)
        return
    locked = list(Flag.objects.live().filter(pk__in=pks).select_for_update(of=("self",)).order_by("pk"))
    theirs = set(Flag.objects.takeable_by(to).filter(pk__in=[flag.pk for flag in locked]).values_list("pk", flat=True))
    if any(flag.pk not in theirs for flag in locked):
        raise ValidationError(
            gettext("Cette personne ne peut pas suivre tous ces points\u00a0: choisissez-en une autre.")
        )
    _write(locked, Decision(Kind.TAKEN), to, on, None)
    audit.record_all(person=person, verb=FLAG_ENTRUSTED, subjects=locked)


@transaction.atomic
def undo(batch: uuid.UUID, *, person: User, on: date) -> Outcome:
    """Put back, where it still stands, what the person decided today in one gesture; twice puts nothing more back.

    Its events go, as if it had not been; the journal tells both. What has changed since is left.
    """
    mine = FlagEvent.objects.filter(batch=batch, person=person, on=on)
    theirs = Flag.objects.takeable_by(person).filter(pk__in=mine.values("flag"))
    return put_back(list(mine), theirs, person=person)


def put_back(events: Sequence[FlagEvent], rows_of: FlagQuerySet, *, person: User) -> Outcome:
    """The same of these events, in the transaction of what undoes them, among the findings of ``rows_of``."""
    locked = Flag.objects.select_for_update(of=("self",)).filter(pk__in=rows_of.values("pk")).order_by("pk").in_bulk()
    last = _last_events(event.flag_id for event in events)
    back = [event for event in events if last[event.flag_id] == event.pk and _stands(event, locked.get(event.flag_id))]
    rows = [_restored(locked[event.flag_id], event) for event in back]
    Flag.objects.bulk_update(rows, ["state", "taken_by", "until"], batch_size=500)
    FlagEvent.objects.filter(pk__in=[event.pk for event in back]).delete()
    audit.record_all(person=person, verb=FLAG_RESTORED, subjects=rows)
    changed = {event.flag_id: Left.ELSEWHERE for event in events if event not in back}
    return Outcome(changed, len(rows), _subjects(rows))


def _differs(flag: Flag, decision: Decision, person: User) -> bool:
    return (flag.state, flag.until, flag.taken_by_id) != (
        STATES[decision.kind],
        decision.until,
        _whose(decision, person),
    )


def _whose(decision: Decision, person: User) -> int | None:
    return person.pk if decision.kind == Kind.TAKEN else None


def _write(rows: list[Flag], decision: Decision, person: User, on: date, batch: uuid.UUID | None) -> None:
    FlagEvent.objects.bulk_create(
        (
            FlagEvent(
                flag=flag,
                kind=decision.kind,
                on=on,
                person=person,
                severity=flag.severity,
                value=flag.value,
                reason=decision.reason,
                reason_code=decision.reason_code,
                until=decision.until,
                batch=batch,
                before=batch and [flag.state, flag.taken_by_id, flag.until and flag.until.isoformat()],
            )
            for flag in rows
        ),
        batch_size=500,
    )
    Flag.objects.filter(pk__in=[flag.pk for flag in rows]).update(
        state=STATES[decision.kind], taken_by=_whose(decision, person), until=decision.until
    )


def _already(batch: uuid.UUID) -> Outcome:
    rows = list(Flag.objects.filter(events__batch=batch))
    return Outcome({}, len(rows), _subjects(rows))


def _last_events(flags: Iterable[int]) -> dict[int, int]:
    """By finding, the last event that changed where it stands."""
    moving = FlagEvent.objects.filter(flag__in=set(flags)).exclude(kind__in=[Kind.SEEN, Kind.SEVERITY])
    return dict(moving.order_by().values_list("flag").annotate(models.Max("pk")))


def _stands(event: FlagEvent, flag: Flag | None) -> bool:
    """Whether a finding is still as the event left it."""
    if flag is None:
        return False
    whose = event.person_id if event.kind == Kind.TAKEN else None
    left = STATES[Kind(event.kind)], event.until, whose
    return (flag.state, flag.until, flag.taken_by_id) == left


def _restored(flag: Flag, event: FlagEvent) -> Flag:
    flag.state, flag.taken_by_id, until = event.before or [State.OPEN, None, None]
    flag.until = day_or_none(until)
    return flag


def _together(flag: Flag) -> Together:
    kind = flag.subject_kind
    return kind, getattr(flag, f"{kind}_id"), CATALOGUE[flag.guideline].decided_with


def _subjects(rows: Iterable[Flag]) -> int:
    return len({_together(flag)[:2] for flag in rows})
