"""Evaluation: what breaches a guideline on a day, and the difference that it makes to the flags."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.db.models import Max

from guidelines.catalogue import CATALOGUE_VERSION, ENTRIES, Guideline
from guidelines.measures import MEASURES, Scope
from guidelines.models import Evaluation, Flag, FlagEvent, Severity
from mentoring.models import Dyad, Mentor
from people.dialect import Row
from people.models import SchoolBoard
from programs.models import SupportGroup

EVALUATION_LOCK = 0x4143  # the lock's name space: one evaluation of a board at a time


@dataclass(frozen=True)
class Finding:
    """One breach on the day: ``value`` and ``threshold`` are in the guideline's unit, or None where it has none."""

    board_id: int
    guideline: str
    subject: str
    subject_id: int
    severity: Severity
    value: int | None
    threshold: int | None
    confidence: Flag.Confidence


@dataclass
class Run:
    """What an evaluation found, and what it wrote."""

    findings: list[Finding]
    written: bool = False
    raised: int = 0
    changed: int = 0
    cleared: int = 0
    events: list[FlagEvent] = field(default_factory=list)


def evaluate_board(board: SchoolBoard, *, on: date, write: bool = True) -> Run:
    """Evaluate every guideline for a board as it stands on a day, and bring its flags in line, in one transaction.

    Run twice, it changes no ``Flag`` and no ``FlagEvent``. A day before the board's last evaluated one is computed and
    returned, and nothing is written. A constant number of queries to compute, whatever the board's size.
    """
    started = time.monotonic()
    with transaction.atomic():
        _lock(board)
        run = _evaluate(Scope(board, on), write=write)
        if run.written:
            Evaluation.objects.create(
                board=board,
                on=on,
                raised=run.raised,
                changed=run.changed,
                cleared=run.cleared,
                milliseconds=round((time.monotonic() - started) * 1000),
                catalogue_version=CATALOGUE_VERSION,
            )
    return run


def reevaluate_dyad(dyad: Dyad, *, on: date) -> Run:
    """The same for one dyad, in the transaction of what changed it."""
    return _reevaluate(dyad.board, dyad, on)


def reevaluate_group(group: SupportGroup, *, on: date) -> Run:
    """The same for one group."""
    return _reevaluate(group.board, group, on)


def reevaluate_mentor(mentor: Mentor, *, on: date) -> Run:
    """The same for one mentor."""
    board = mentor.person.board
    return _reevaluate(board, mentor, on) if board else Run([])


def findings(scope: Scope) -> list[Finding]:
    """What breaches within a scope: one statement per measure."""
    measured: dict[str, list[Row]] = {}
    found: list[Finding] = []
    for guideline in ENTRIES:
        if scope.kind and guideline.subject != scope.kind:
            continue
        if guideline.measure not in measured:
            measured[guideline.measure] = MEASURES[guideline.measure](scope, guideline.parameters)
        found += _breaches(guideline, measured[guideline.measure], scope.board)
    return found


def _breaches(guideline: Guideline, rows: Iterable[Row], board: SchoolBoard) -> Iterable[Finding]:
    for row in rows:
        for threshold in guideline.thresholds:
            if threshold.breach.by(row[threshold.column], threshold.bound):
                value = row[guideline.column] if guideline.column else None
                unlogged = row[guideline.unlogged] if guideline.unlogged else 0
                yield Finding(
                    board.pk,
                    guideline.code,
                    guideline.subject,
                    row["subject_id"],
                    threshold.severity,
                    None if value is None else int(value),
                    threshold.bound,
                    Flag.Confidence.PARTIAL if unlogged else Flag.Confidence.COMPLETE,
                )
                break


def _reevaluate(board: SchoolBoard, subject: Dyad | Mentor | SupportGroup, on: date) -> Run:
    with transaction.atomic():
        _lock(board)
        return _evaluate(Scope(board, on, subject), write=True)


def _lock(board: SchoolBoard) -> None:
    """Wait for any other evaluation of the board to commit; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [EVALUATION_LOCK, board.pk])


def _evaluate(scope: Scope, *, write: bool) -> Run:
    run = Run(findings(scope))
    last = Evaluation.objects.filter(board=scope.board).aggregate(last=Max("on"))["last"]
    if write and (last is None or scope.on >= last):
        _write(run, scope)
    return run


def _write(run: Run, scope: Scope) -> None:
    """Bring the live flags in line with the findings: insert, update, clear."""
    live = Flag.objects.live().filter(board=scope.board)
    if scope.subject is not None:
        live = live.filter(**{scope.kind: scope.subject})
    flags = {(flag.guideline, flag.dyad_id, flag.mentor_id, flag.group_id): flag for flag in live}
    new: list[Flag] = []
    changed: list[Flag] = []
    for finding in run.findings:
        ids = {kind: finding.subject_id if kind == finding.subject else None for kind in ("dyad", "mentor", "group")}
        flag = flags.pop((finding.guideline, ids["dyad"], ids["mentor"], ids["group"]), None)
        if flag is None:
            new.append(_flag_of(finding, scope.on, ids))
        elif _updated(flag, finding, scope.on, run):
            changed.append(flag)
    gone = list(flags.values())
    for flag in gone:
        flag.state, flag.cleared_on, flag.until = Flag.State.CLEARED, scope.on, None
    Flag.objects.bulk_create(new, batch_size=500)
    Flag.objects.bulk_update(
        changed + gone,
        ["severity", "value", "threshold", "confidence", "catalogue_version", "state", "cleared_on", "until"],
        batch_size=200,
    )
    raised = [event_of(flag, FlagEvent.Kind.RAISED, scope.on) for flag in new]
    cleared = [event_of(flag, FlagEvent.Kind.CLEARED, scope.on) for flag in gone]
    FlagEvent.objects.bulk_create(raised + run.events + cleared, batch_size=500)
    run.written, run.raised, run.changed, run.cleared = True, len(new), len(changed), len(gone)


def _flag_of(finding: Finding, on: date, ids: dict[str, int | None]) -> Flag:
    return Flag(
        board_id=finding.board_id,
        guideline=finding.guideline,
        severity=finding.severity,
        value=finding.value,
        threshold=finding.threshold,
        confidence=finding.confidence,
        catalogue_version=CATALOGUE_VERSION,
        raised_on=on,
        **{f"{kind}_id": pk for kind, pk in ids.items()},
    )


def _updated(flag: Flag, finding: Finding, on: date, run: Run) -> bool:
    """Take over what the finding says now; say whether anything changed. A worse one returns from being set aside."""
    was = Severity(flag.severity)
    before = (flag.severity, flag.value, flag.threshold, flag.confidence, flag.catalogue_version)
    now = (finding.severity, finding.value, finding.threshold, finding.confidence, CATALOGUE_VERSION)
    flag.severity, flag.value, flag.threshold, flag.confidence, flag.catalogue_version = now
    if was != finding.severity:
        run.events.append(event_of(flag, FlagEvent.Kind.SEVERITY, on))
    set_aside = flag.state in (Flag.State.DISMISSED, Flag.State.SNOOZED)
    expired = flag.until is not None and flag.until <= on
    if set_aside and (finding.severity.rank < was.rank or expired):
        flag.state, flag.until = Flag.State.OPEN, None
        run.events.append(event_of(flag, FlagEvent.Kind.REOPENED, on))
        return True
    return before != now


def event_of(flag: Flag, kind: FlagEvent.Kind, on: date) -> FlagEvent:
    """An event that no person caused, with the flag's severity and value of the moment."""
    return FlagEvent(flag=flag, kind=kind, on=on, severity=flag.severity, value=flag.value)
