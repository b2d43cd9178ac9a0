"""What people decide about a finding. Each decision is dated, authored, kept, and survives re-evaluation."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from guidelines.audit_verbs import FLAG_DISMISSED, FLAG_REOPENED, FLAG_SNOOZED, FLAG_TAKEN, NUMBER_SET
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, FlagEvent, GuidelineSetting
from people import audit
from people.models import SchoolBoard, User
from programs.models import Program


class StaleFlag(Exception):
    """The finding is no longer in a state that allows the decision: someone, or the facts, came first."""


def mark_seen(*, flag: Flag, person: User, on: date) -> None:
    """Remember that a person has read the finding: once each."""
    if not FlagEvent.objects.filter(flag=flag, kind=FlagEvent.Kind.SEEN, person=person).exists():
        _remember(flag, FlagEvent.Kind.SEEN, person, on)


@transaction.atomic
def take_in_charge(*, flag: Flag, person: User, on: date, until: date | None = None) -> None:
    """Say that someone follows the situation, until a day when one is given; said twice, it is kept once.

    What was dismissed, or is in someone else's charge, is reopened first, by who may decide: ``StaleFlag`` otherwise.
    """
    locked = _locked(flag)
    if locked.state == Flag.State.TAKEN and locked.taken_by_id == person.pk and locked.until == until:
        return
    mine = locked.state == Flag.State.TAKEN and locked.taken_by_id == person.pk
    if locked.state == Flag.State.DISMISSED or (locked.state == Flag.State.TAKEN and not mine):
        raise StaleFlag
    _decide(locked, Flag.State.TAKEN, FlagEvent.Kind.TAKEN, person, on, taken_by=person, until=until)
    audit.record(board=locked.board, person=person, verb=FLAG_TAKEN, subject=locked)


@transaction.atomic
def snooze(*, flag: Flag, person: User, on: date, until: date, reason: str = "") -> None:
    """Put the finding off until a day, when it comes back by itself, or earlier when it worsens."""
    locked = _locked(flag)
    _decide(locked, Flag.State.SNOOZED, FlagEvent.Kind.SNOOZED, person, on, until=until, reason=reason)
    audit.record(board=locked.board, person=person, verb=FLAG_SNOOZED, subject=locked, reason=reason)


@transaction.atomic
def dismiss(*, flag: Flag, person: User, on: date, reason: str, review_on: date | None) -> None:
    """Set the finding aside, with a reason, until a review date (None: for good) or until it worsens."""
    locked = _locked(flag)
    _decide(locked, Flag.State.DISMISSED, FlagEvent.Kind.DISMISSED, person, on, until=review_on, reason=reason)
    audit.record(board=locked.board, person=person, verb=FLAG_DISMISSED, subject=locked, reason=reason)


@transaction.atomic
def reopen(*, flag: Flag, person: User, on: date, reason: str = "") -> None:
    """Put a finding that was set aside, or in someone's charge, back among those to examine; once."""
    locked = _locked(flag)
    if locked.state == Flag.State.OPEN:
        return
    _decide(locked, Flag.State.OPEN, FlagEvent.Kind.REOPENED, person, on, reason=reason)
    audit.record(board=locked.board, person=person, verb=FLAG_REOPENED, subject=locked, reason=reason)


@transaction.atomic
def set_numbers(
    *,
    board: SchoolBoard,
    program: Program | None,
    guideline: str,
    numbers: Mapping[str, int | None],
    starts_on: date,
    reason: str,
    person: User,
    on: date,
) -> None:
    """Give a programme, or the whole board, its own numbers from a day on; None goes back to what is next nearest.

    When that day has come, the guideline is evaluated at once: findings appear or go with the change that caused it.
    Said twice, it is written once; the board's row is the lock.
    """
    SchoolBoard.objects.select_for_update().get(pk=board.pk)
    place = GuidelineSetting.objects.filter(board=board, program=program, guideline=guideline, starts_on=starts_on)
    last = dict(place.order_by("pk").values_list("name", "value"))
    wanted = {name: value for name, value in numbers.items() if name not in last or last[name] != value}
    for name, value in wanted.items():
        setting = GuidelineSetting.objects.create(
            board=board,
            program=program,
            guideline=guideline,
            name=name,
            value=value,
            starts_on=starts_on,
            reason=reason,
            set_by=person,
        )
        audit.record(board=board, person=person, verb=NUMBER_SET, subject=setting, reason=reason)
    if wanted and starts_on <= on:
        evaluate_board(board, on=on, codes=frozenset({guideline}))


def _locked(flag: Flag) -> Flag:
    locked = Flag.objects.select_for_update(of=("self",)).select_related("board").get(pk=flag.pk)
    if locked.state == Flag.State.CLEARED:
        raise StaleFlag
    return locked


def _decide(
    flag: Flag,
    state: Flag.State,
    kind: FlagEvent.Kind,
    person: User,
    on: date,
    *,
    taken_by: User | None = None,
    until: date | None = None,
    reason: str = "",
) -> None:
    """Write the decision on the finding and on those that are decided with it."""
    together = list(
        flag.decided_together().select_for_update(of=("self",)).exclude(state=state, until=until, taken_by=taken_by)
    )
    for other in together:
        other.state, other.taken_by, other.until = state, taken_by, until
        FlagEvent.objects.create(
            flag=other,
            kind=kind,
            on=on,
            person=person,
            severity=other.severity,
            value=other.value,
            reason=reason,
            until=until,
        )
    Flag.objects.bulk_update(together, ["state", "taken_by", "until"])


def _remember(flag: Flag, kind: FlagEvent.Kind, person: User, on: date) -> None:
    FlagEvent.objects.create(flag=flag, kind=kind, on=on, person=person, severity=flag.severity, value=flag.value)
