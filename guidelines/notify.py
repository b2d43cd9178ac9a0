"""Telling people, in the application, what an evaluation just changed."""

from collections.abc import Iterable
from datetime import date

from guidelines.models import Flag, FlagEvent, Severity
from guidelines.models.flags import SUBJECTS
from guidelines.ownership import owners
from people.models import Notification

Kind = Notification.Kind


def tell(events: Iterable[FlagEvent], *, on: date) -> None:
    """Tell the owners of findings that became critical, or that came back after someone had set them aside.

    Call it in the evaluation's transaction, with its new events: told and found stand or fall together. One
    notification per person and subject, on the most severe of its findings: one silence often breaches three
    guidelines. Delivered twice, it is told once. No query when nothing became critical, else ten whatever the number.
    """
    first: dict[tuple[str, int], tuple[Flag, Kind]] = {}
    for event in events:
        kind = _kind(event)
        subject = next((name, pk) for name in SUBJECTS if (pk := getattr(event.flag, f"{name}_id")) is not None)
        if kind is not None and (subject not in first or _rank(event.flag) < _rank(first[subject][0])):
            first[subject] = event.flag, kind
    if not first:
        return
    of_flag = owners([flag for flag, _ in first.values()], on=on)
    Notification.objects.bulk_create(
        (
            Notification(person_id=person, board_id=flag.board_id, kind=kind, on=on, target=flag.pk)
            for flag, kind in first.values()
            for person in sorted(of_flag[flag.pk])
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def _kind(event: FlagEvent) -> Kind | None:
    """What the event is worth telling: nothing when a person caused it, or has set the cause aside: they know."""
    if event.person_id is not None or event.flag.state in (Flag.State.DISMISSED, Flag.State.SNOOZED):
        return None
    if event.kind == FlagEvent.Kind.REOPENED and event.severity != Severity.INFO:
        return Kind.REOPENED
    worse = event.kind in (FlagEvent.Kind.RAISED, FlagEvent.Kind.SEVERITY) and event.severity == Severity.CRITICAL
    return Kind.CRITICAL if worse else None


def _rank(flag: Flag) -> int:
    return Severity(flag.severity).rank
