"""Evaluation: what breaches a guideline on a day, and the difference that it makes to the flags."""

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from guidelines.catalogue import CATALOGUE, CATALOGUE_VERSION, ENTRIES, Guideline, Threshold
from guidelines.endings import keep_closed
from guidelines.future import check_has_come, silenced_by
from guidelines.measures import MEASURES, Scope
from guidelines.models import Evaluation, Flag, FlagEvent, Severity, Subject
from guidelines.notify import tell
from guidelines.numbers import Numbers
from mentoring.models import Mentor
from people.bulk import Values, new_keys, overwrite, store
from people.models import SchoolBoard
from people.sql import Row

EVALUATION_LOCK = 0x4143  # the lock's name space: one evaluation of a board at a time
SAID = ("severity", "value", "threshold", "confidence", "catalogue_version", "cause")
"""What an evaluation says of a finding."""
SET_ASIDE = (Flag.State.DISMISSED, Flag.State.SNOOZED)
DECISIONS = {
    Flag.State.TAKEN: FlagEvent.Kind.TAKEN,
    Flag.State.SNOOZED: FlagEvent.Kind.SNOOZED,
    Flag.State.DISMISSED: FlagEvent.Kind.DISMISSED,
}
WRITTEN = ["id", *SAID, "state", "cleared_on", "until", "taken_by_id", "raised_on"]
COLUMNS = [field.attname for field in Flag._meta.concrete_fields]
OF_A_BATCH = ("batch", "before")
EVENT_COLUMNS = [field.attname for field in FlagEvent._meta.concrete_fields if field.attname not in OF_A_BATCH]
FLAG_OF_EVENT = FlagEvent._meta.get_field("flag")

FlagKey = tuple[str, str, int]
"""Guideline, kind of subject, id of the subject."""
DecisionKey = tuple[str, int, str]
"""Kind of subject, id of the subject, what is decided at once."""


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


@dataclass(frozen=True)
class Lack:
    """A guideline that can't be assessed for a subject on the day."""

    guideline: str
    subject: str
    subject_id: int


@dataclass
class Run:
    """What an evaluation found, and what it wrote.

    ``silenced_by``: the day to come of an evaluation of the board, which kept this one from being written.
    """

    findings: list[Finding]
    written: bool = False
    silenced_by: date | None = None
    raised: int = 0
    changed: int = 0
    cleared: int = 0
    events: list[FlagEvent] = field(default_factory=list)


def evaluate_board(
    board: SchoolBoard,
    *,
    on: date,
    write: bool = True,
    codes: frozenset[str] | None = None,
    backfilled: bool = False,
) -> Run:
    """Evaluate every guideline for a board as it stands on a day, and bring its flags in line, in one transaction.

    Run twice, it changes no ``Flag`` and no ``FlagEvent``. A day before the board's last evaluated one is computed and
    returned, and nothing is written; a day after the board's today is refused (``NotYet``) unless ``write`` is False. A
    constant number of queries to compute, whatever the board's size. ``codes`` narrows it to some guidelines, leaves
    the flags of the others alone, and does not count as the day's evaluation. ``backfilled`` says that the day was
    looked at long after.
    """
    started = time.monotonic()
    if write:
        check_has_come(board, on)
    with transaction.atomic():
        lock(board)
        run = _evaluate(Scope(board, on, codes=codes), write=write, backfilled=backfilled)
        if run.written and codes is None:
            Evaluation.objects.create(
                board=board,
                on=on,
                raised=run.raised,
                changed=run.changed,
                cleared=run.cleared,
                milliseconds=round((time.monotonic() - started) * 1000),
                catalogue_version=CATALOGUE_VERSION,
                backfilled=backfilled,
            )
    return run


def reevaluate(*subjects: Subject, on: date, codes: Collection[str] | None = None) -> Run:
    """The same for a dyad, mentor, group, teacher or programme, in the transaction of what changed it.

    Several at once cost little more than one; they are of the first one's board. Where it is already tomorrow for the
    person, it is still today for the board: what they saved is kept, and looked at as of then.
    """
    board = subjects[0].person.board if isinstance(subjects[0], Mentor) else subjects[0].board
    if board is None:
        return Run([])
    on = board.until_today(on)
    with transaction.atomic(savepoint=False):
        lock(board)
        first = Scope(board, on, subjects[0], codes=codes)
        return _evaluate(first, *(Scope(board, on, other, first.numbers, codes) for other in subjects[1:]))


def look_again(board: SchoolBoard, *, on: date) -> None:
    """Give the live flags back what a day already evaluated said of them, when their severity is still that day's.

    A value, bound or confidence that changes is no event: only the day itself can tell it again.
    """
    scope = Scope(board, on)
    found = {_key(finding): finding for finding in findings(scope)}
    same = [(flag, finding) for flag in _live(scope) if (finding := found.get(_identity(flag)))]
    told = [(flag, finding) for flag, finding in same if flag.severity == finding.severity]
    for flag, finding in told:
        _take_over(flag, finding)
    overwrite(Flag, [_values(flag, ["id", *SAID]) for flag, _finding in told])


def findings(scope: Scope, codes: Collection[str] | None = None) -> list[Finding]:
    """What breaches within a scope, for the guidelines named (all by default): one statement per measure."""
    scope = scope.narrowed(codes)
    return [finding for guideline, rows in measured(scope) for finding in breaches(guideline, rows, scope)]


def not_assessable(scope: Scope, codes: Collection[str] | None = None) -> list[Lack]:
    """What can't be assessed within a scope for want of data: never shown as conforming. One statement per measure."""
    asked = [entry.code for entry in ENTRIES if entry.lacking and (codes is None or entry.code in codes)]
    return [
        Lack(guideline.code, guideline.subject, row["subject_id"])
        for guideline, rows in measured(scope.narrowed(asked))
        if guideline.lacking
        for row in rows
        if row[guideline.lacking]
    ]


def measured(scope: Scope) -> Iterator[tuple[Guideline, list[Row]]]:
    """The rows of each guideline that a scope asks for. One statement per measure."""
    taken: dict[str, list[Row]] = {}
    for guideline in ENTRIES:
        if (scope.kind and guideline.subject != scope.kind) or not scope.asks(guideline.code):
            continue
        if guideline.measure not in taken:
            taken[guideline.measure] = MEASURES[guideline.measure](scope)
        yield guideline, taken[guideline.measure]


def breaches(guideline: Guideline, rows: Iterable[Row], scope: Scope) -> Iterator[Finding]:
    """What breaches among the rows of its measure, by the numbers in force."""
    of_program = guideline.code in scope.numbers.touched
    usual = [(threshold, threshold.bound) for threshold in guideline.thresholds]
    for row in rows:
        if guideline.lacking and row[guideline.lacking]:
            continue
        bounds = _in_force(guideline, scope.numbers, row.get("program_id")) if of_program else usual
        for threshold, bound in bounds:
            if threshold.breach.by(row[threshold.column], bound):
                value = row[guideline.column] if guideline.column else None
                unlogged = row[guideline.unlogged] if guideline.unlogged else 0
                yield Finding(
                    scope.board.pk,
                    guideline.code,
                    guideline.subject,
                    row["subject_id"],
                    threshold.severity_of(row),
                    None if value is None else int(value),
                    bound,
                    Flag.Confidence.PARTIAL if unlogged else Flag.Confidence.COMPLETE,
                )
                break


def _in_force(guideline: Guideline, numbers: Numbers, program_id: int | None) -> list[tuple[Threshold, int | None]]:
    return [
        (t, None if t.bound is None else numbers.value(guideline.code, t.key, program_id)) for t in guideline.thresholds
    ]


def lock(board: SchoolBoard) -> None:
    """Wait for any other evaluation of the board to commit; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [EVALUATION_LOCK, board.pk])


def _evaluate(scope: Scope, *others: Scope, write: bool = True, backfilled: bool = False) -> Run:
    """Scopes of one board and day. A first evaluation tells nobody: what a board brings with it is no news."""
    run = Run([finding for one in (scope, *others) for finding in findings(one)])
    last = scope.day.evaluated_on
    run.silenced_by = silenced_by(scope.board, last, scope.on) if write else None
    if write and (last is None or scope.on >= last):
        _write(run, scope, *others, later=_told_later(scope) if backfilled else frozenset())
        if last is not None and not backfilled:
            tell(run.events, on=scope.on)
    return run


def _write(run: Run, scope: Scope, *others: Scope, later: frozenset[int] = frozenset()) -> None:
    """Bring the live flags in line with the findings: insert, return, update, clear; those told of ``later`` wait."""
    live = {_identity(flag): flag for flag in _live(scope, *others)}
    flags = {key: flag for key, flag in live.items() if flag.pk not in later}
    found = [finding for finding in run.findings if _key(finding) in flags or _key(finding) not in live]
    decided = _decided(flags.values(), scope.on)
    unmet = [finding for finding in found if _key(finding) not in flags]
    past = _past(unmet, scope, *others)
    new: list[Flag] = []
    changed: list[Flag] = []
    followed: list[Flag] = []
    for finding in found:
        flag = flags.pop(_key(finding), None)
        if flag is None and (flag := past.get(_key(finding))):
            _return(flag, finding, scope.on, run)
            changed.append(flag)
            followed += _follow(flag, decided)
        elif flag is None:
            new.append(_flag_of(finding, scope.on))
            followed += _follow(new[-1], decided)
        elif _updated(flag, finding, scope.on, run):
            changed.append(flag)
    followed += keep_closed([*new, *(event.flag for event in run.events if event.kind == FlagEvent.Kind.REOPENED)])
    gone = list(flags.values())
    for flag in gone:
        flag.state, flag.cleared_on, flag.until, flag.taken_by = Flag.State.CLEARED, scope.on, None, None
    for flag, pk in zip(new, new_keys(Flag, len(new)) if new else [], strict=True):
        flag.pk = pk
    store(Flag, [_values(flag, COLUMNS) for flag in new])
    overwrite(Flag, [_values(flag, WRITTEN) for flag in changed + gone])
    run.events = [
        *(event_of(flag, FlagEvent.Kind.RAISED, scope.on) for flag in new),
        *run.events,
        *(event_of(flag, DECISIONS[Flag.State(flag.state)], scope.on) for flag in followed),
        *(event_of(flag, FlagEvent.Kind.CLEARED, scope.on) for flag in gone),
    ]
    moment = timezone.now()
    store(FlagEvent, [{**_values(event, EVENT_COLUMNS[1:]), "at": moment} for event in run.events])
    run.written, run.raised, run.changed, run.cleared = True, len(new), len(changed), len(gone)


def _values(row: Flag | FlagEvent, names: list[str]) -> Values:
    return {name: getattr(row, name) for name in names}


def _key(finding: Finding) -> FlagKey:
    return finding.guideline, finding.subject, finding.subject_id


def _identity(flag: Flag) -> FlagKey:
    kind = flag.subject_kind
    return flag.guideline, kind, getattr(flag, f"{kind}_id")


def _live(scope: Scope, *others: Scope) -> Iterator[Flag]:
    """The live flags of the scopes. Plain SQL: the ORM takes longer to write this query than a meeting to be saved."""
    where = "board_id = %s AND cleared_on IS NULL"
    subjects = [(one.kind, one.subject.pk) for one in (scope, *others) if one.subject is not None]
    if subjects:
        where += f" AND ({' OR '.join(f'{kind}_id = %s' for kind, _pk in subjects)})"
    query = f"SELECT * FROM guidelines_flag WHERE {where} ORDER BY id"  # noqa: S608 (names of our own columns)
    for flag in Flag.objects.raw(query, [scope.board.pk, *(pk for _kind, pk in subjects)]):
        if scope.asks(flag.guideline):
            yield flag


def _told_later(scope: Scope) -> frozenset[int]:
    """The live flags on which somebody decided after the day: brought with a history, they begin on their own days."""
    events = FlagEvent.objects.filter(flag__board=scope.board, flag__cleared_on=None, on__gt=scope.on)
    return frozenset(events.order_by().values_list("flag", flat=True))


def _past(unmet: list[Finding], scope: Scope, *others: Scope) -> dict[FlagKey, Flag]:
    """The last cleared flag of each finding without a live one: its life goes on, its history too. One query."""
    if not unmet:
        return {}
    flags = Flag.objects.filter(board=scope.board, guideline__in={finding.guideline for finding in unmet})
    if scope.subject is not None:
        flags = flags.filter(reduce(or_, (Q(**{one.kind: one.subject}) for one in (scope, *others))))
    cleared = flags.filter(cleared_on__isnull=False).order_by("cleared_on", "pk")
    return {_identity(flag): flag for flag in cleared}


def _return(flag: Flag, finding: Finding, on: date, run: Run) -> None:
    """Facts that had gone are back: the same flag is open again, as seen today."""
    _take_over(flag, finding)
    flag.state, flag.cleared_on, flag.raised_on = Flag.State.OPEN, None, on
    run.events.append(event_of(flag, FlagEvent.Kind.REOPENED, on))


def _decided(flags: Iterable[Flag], on: date) -> dict[DecisionKey, Flag]:
    """By subject and what is decided at once, the most severe finding with a decision, while the decision runs."""
    running = [flag for flag in flags if flag.state != Flag.State.OPEN and (flag.until is None or flag.until > on)]
    worst_last = sorted(running, key=lambda flag: -Severity(flag.severity).rank)
    return {_decision_key(flag): flag for flag in worst_last}


def _decision_key(flag: Flag) -> DecisionKey:
    kind = flag.subject_kind
    return kind, getattr(flag, f"{kind}_id"), CATALOGUE[flag.guideline].decided_with


def _follow(flag: Flag, decided: dict[DecisionKey, Flag]) -> list[Flag]:
    """One more finding of what people have decided on is no news, unless it is worse: it follows them."""
    leader = decided.get(_decision_key(flag))
    if leader is None or Severity(leader.severity).rank > Severity(flag.severity).rank:
        return []
    flag.state, flag.until, flag.taken_by_id = leader.state, leader.until, leader.taken_by_id
    return [flag]


def _flag_of(finding: Finding, on: date) -> Flag:
    given = {
        "board_id": finding.board_id,
        "guideline": finding.guideline,
        "state": Flag.State.OPEN,
        "raised_on": on,
        f"{finding.subject}_id": finding.subject_id,
    }
    # By position: a first night makes thousands, and by name each costs the ORM ten times as much.
    flag = Flag(*map(given.get, COLUMNS))
    _take_over(flag, finding)
    return flag


def _take_over(flag: Flag, finding: Finding) -> None:
    flag.severity, flag.value, flag.threshold = finding.severity, finding.value, finding.threshold
    flag.confidence, flag.catalogue_version = finding.confidence, CATALOGUE_VERSION
    flag.cause = CATALOGUE[finding.guideline].cause or finding.guideline


def _updated(flag: Flag, finding: Finding, on: date, run: Run) -> bool:
    """Take over what the finding says now; say whether anything changed.

    A worse one returns from being set aside; any decision ends on its day.
    """
    was = Severity(flag.severity)
    before = [getattr(flag, name) for name in SAID]
    _take_over(flag, finding)
    now = [getattr(flag, name) for name in SAID]
    if was != finding.severity:
        run.events.append(event_of(flag, FlagEvent.Kind.SEVERITY, on))
    worse = flag.state in SET_ASIDE and finding.severity.rank < was.rank
    expired = flag.until is not None and flag.until <= on
    if worse or expired:
        flag.state, flag.until, flag.taken_by = Flag.State.OPEN, None, None
        run.events.append(event_of(flag, FlagEvent.Kind.REOPENED, on))
        return True
    return before != now


def event_of(flag: Flag, kind: FlagEvent.Kind, on: date) -> FlagEvent:
    """An event that no person caused, with the flag's severity, value and term of the moment."""
    given = {
        "flag_id": flag.pk,
        "kind": kind,
        "on": on,
        "severity": flag.severity,
        "value": flag.value,
        "reason": "",
        "reason_code": "",
        "until": flag.until,
    }
    event = FlagEvent(*map(given.get, EVENT_COLUMNS))
    FLAG_OF_EVENT.set_cached_value(event, flag)
    return event
