"""What people decide about a finding. Each decision is dated, authored, kept, and survives re-evaluation."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from guidelines.audit_verbs import NUMBER_SET
from guidelines.decisions import Decision, Kind, decide
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
        FlagEvent.objects.create(
            flag=flag, kind=Kind.SEEN, on=on, person=person, severity=flag.severity, value=flag.value
        )


def take_in_charge(*, flag: Flag, person: User, on: date, until: date | None = None) -> None:
    """Say that someone follows the situation, until a day when one is given; said twice, it is kept once.

    What was dismissed, or is in someone else's charge, is reopened first, by who may decide: ``StaleFlag`` otherwise.
    """
    _one(flag, Decision(Kind.TAKEN, until), person, on)


def snooze(*, flag: Flag, person: User, on: date, until: date, reason: str = "") -> None:
    """Put the finding off until a day, when it comes back by itself, or earlier when it worsens."""
    _one(flag, Decision(Kind.SNOOZED, until, reason), person, on, over_others=True)


def dismiss(
    *,
    flag: Flag,
    person: User,
    on: date,
    reason: str,
    review_on: date | None,
    reason_code: str = "",
) -> None:
    """Set the finding aside, with a reason, until a review date (None: for good) or until it worsens."""
    _one(flag, Decision(Kind.DISMISSED, review_on, reason, reason_code), person, on, over_others=True)


def reopen(*, flag: Flag, person: User, on: date, reason: str = "") -> None:
    """Put a finding that was set aside, or in someone's charge, back among those to examine; once."""
    _one(flag, Decision(Kind.REOPENED, None, reason), person, on, over_others=True)


def _one(flag: Flag, decision: Decision, person: User, on: date, *, over_others: bool = False) -> None:
    if decide([flag.pk], decision, person=person, on=on, over_others=over_others).left:
        raise StaleFlag


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
) -> list[GuidelineSetting]:
    """Give a programme, or the whole board, its own numbers from a day on; None goes back to what is next nearest.

    When that day has come, the guideline is evaluated at once: findings appear or go with the change that caused it.
    Said twice, it is written once; the board's row is the lock. Gives the rows of this press.
    """
    SchoolBoard.objects.select_for_update().get(pk=board.pk)
    place = GuidelineSetting.objects.filter(board=board, program=program, guideline=guideline, starts_on=starts_on)
    last = dict(place.order_by("pk").values_list("name", "value"))
    wanted = {name: value for name, value in numbers.items() if name not in last or last[name] != value}
    rows, now = [], timezone.now()
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
            set_at=now,
        )
        rows.append(setting)
        audit.record(board=board, person=person, verb=NUMBER_SET, subject=setting, reason=reason)
    if wanted and starts_on <= on:
        evaluate_board(board, on=on, codes=frozenset({guideline}))
    return rows
