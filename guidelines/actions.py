"""What people decide about a finding. Each decision is dated, authored, kept, and survives re-evaluation."""

from datetime import date

from django.db import transaction

from guidelines.models import Flag, FlagEvent
from people import audit
from people.models import User


class StaleFlag(Exception):
    """The finding is no longer in a state that allows the decision: someone, or the facts, came first."""


def mark_seen(*, flag: Flag, person: User, on: date) -> None:
    """Remember that a person has read the finding: once each."""
    if not FlagEvent.objects.filter(flag=flag, kind=FlagEvent.Kind.SEEN, person=person).exists():
        _remember(flag, FlagEvent.Kind.SEEN, person, on)


@transaction.atomic
def take_in_charge(*, flag: Flag, person: User, on: date, until: date | None = None) -> None:
    """Say that someone follows the situation, until a day when one is given; said twice, it is kept once.

    What was set aside, or is in someone else's charge, is reopened first, by who may decide: ``StaleFlag`` otherwise.
    """
    locked = _locked(flag)
    if locked.state == Flag.State.TAKEN and locked.taken_by_id == person.pk and locked.until == until:
        return
    if locked.state in (Flag.State.DISMISSED, Flag.State.TAKEN):
        raise StaleFlag
    locked.state, locked.taken_by, locked.until = Flag.State.TAKEN, person, until
    locked.save(update_fields=["state", "taken_by", "until"])
    _remember(locked, FlagEvent.Kind.TAKEN, person, on, until=until)
    audit.record(board=locked.board, person=person, verb="take_flag", subject=locked)


@transaction.atomic
def dismiss(*, flag: Flag, person: User, on: date, reason: str, review_on: date) -> None:
    """Set the finding aside, with a reason, until a review date or until it worsens."""
    locked = _locked(flag)
    locked.state, locked.taken_by, locked.until = Flag.State.DISMISSED, None, review_on
    locked.save(update_fields=["state", "taken_by", "until"])
    _remember(locked, FlagEvent.Kind.DISMISSED, person, on, reason=reason, until=review_on)
    audit.record(board=locked.board, person=person, verb="dismiss_flag", subject=locked, reason=reason)


@transaction.atomic
def reopen(*, flag: Flag, person: User, on: date, reason: str = "") -> None:
    """Put a finding that was set aside, or in someone's charge, back among those to examine; once."""
    locked = _locked(flag)
    if locked.state == Flag.State.OPEN:
        return
    locked.state, locked.taken_by, locked.until = Flag.State.OPEN, None, None
    locked.save(update_fields=["state", "taken_by", "until"])
    _remember(locked, FlagEvent.Kind.REOPENED, person, on, reason=reason)
    audit.record(board=locked.board, person=person, verb="reopen_flag", subject=locked, reason=reason)


def _locked(flag: Flag) -> Flag:
    locked = Flag.objects.select_for_update().select_related("board").get(pk=flag.pk)
    if locked.state == Flag.State.CLEARED:
        raise StaleFlag
    return locked


def _remember(
    flag: Flag, kind: FlagEvent.Kind, person: User, on: date, *, reason: str = "", until: date | None = None
) -> None:
    FlagEvent.objects.create(
        flag=flag,
        kind=kind,
        on=on,
        person=person,
        severity=flag.severity,
        value=flag.value,
        reason=reason,
        until=until,
    )
