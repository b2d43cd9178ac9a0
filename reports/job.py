"""Preparing one report: claimed, written beside, kept whole or not at all."""

import logging
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any
from zoneinfo import ZoneInfo

from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from people import audit, wall
from people.pdf import CannotWrite
from people.retention import REPORT_FILE_KEPT
from reports.audit_verbs import REPORT_PREPARED
from reports.models import Report
from reports.models.prepared import grants_of, silent_before
from reports.parts import store
from reports.refusals import Order, Refused, ready
from reports.telling import tell_ready

log = logging.getLogger(__name__)
State = Report.State
BEATS_SECONDS = 1.0
MOST_ATTEMPTS = 3
"""A report during which so many workers died is not tried again."""


class Stopped(Exception):
    """The report is no longer this worker's: it was cancelled, removed, or taken over."""


def make(report_id: int, *, now: datetime) -> None:
    """Prepare a report that waits; asked for twice, it is prepared once.

    1. Claim it: the UPDATE is the lock. One that another worker is at is left, unless that worker fell silent.
    2. Hold what was asked against the rights of today; write the file beside, saying how far at most each second.
    3. In one transaction, where the claim still holds: keep the file in parts, the journal's entry and the state.

    Whatever goes wrong leaves a sentence on the row, and no part of a file.
    """
    claim = uuid.uuid4()
    if not _claimed(report_id, claim, now):
        return
    rows = Report.objects.select_related("board", "person__board", "school", "program__school", "schedule")
    report = rows.get(pk=report_id)
    pulse = Pulse(partial(_beat, report, claim))
    board = wall.of_board(report.board_id)
    with board, translation.override(report.language), timezone.override(ZoneInfo(report.board.time_zone)):
        try:
            if report.attempts > MOST_ATTEMPTS:
                raise Refused(_("La préparation s’est interrompue trois fois\u00a0: demandez une période plus courte."))
            with TemporaryFile() as file:
                with connection.execute_wrapper(pulse.at_query):
                    made = _written(report, file, pulse, now)
                _keep(report, claim, file, made, pulse.done)
        except Stopped:
            return
        except (Refused, CannotWrite) as refused:
            _fail(report, claim, str(refused))
        except Exception as error:
            log.exception("report %s", report.pk)
            full = _("L’espace manque sur le serveur\u00a0: réessayez plus tard, ou demandez une période plus courte.")
            other = _("Une erreur a interrompu la préparation\u00a0: réessayez. Si elle revient, signalez-la.")
            _fail(report, claim, full if isinstance(error, OSError) else other)


def _claimed(report_id: int, claim: uuid.UUID, now: datetime) -> bool:
    rows = Report.objects.filter(pk=report_id)
    taken = {"state": State.WORKING, "claim": claim, "beat_at": now, "done": 0, "total": None}
    waiting = rows.filter(state=State.QUEUED)
    silent = rows.filter(state=State.WORKING, beat_at__lt=silent_before(now))
    return any(some.update(**taken, attempts=F("attempts") + 1) for some in (waiting, silent))


@dataclass
class Pulse:
    """Says that the worker is at work and how far, at most each second; hears in the same breath that it must stop.

    Called by the format, with how many rows are written; and at each query, since some tables take long to build.
    """

    say: Callable[[int, int | None], None]
    total: int | None = None
    done: int = 0
    due: float = 0.0
    is_saying: bool = False

    def __call__(self, done: int) -> None:
        self.done = done
        self.beat()

    def beat(self) -> None:
        if self.is_saying or (at := time.monotonic()) < self.due:
            return
        self.due, self.is_saying = at + BEATS_SECONDS, True
        try:
            self.say(self.done, self.total)
        finally:
            self.is_saying = False

    def at_query(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.beat()
        return execute(sql, params, many, context)


def _beat(report: Report, claim: uuid.UUID, done: int, total: int | None) -> None:
    held = Report.objects.filter(pk=report.pk, claim=claim, state=State.WORKING)
    # SQLite refuses to write while another process wrote since this one began to read: the next beat says it.
    with wall.of_board(report.board_id), suppress(*([OperationalError] if connection.vendor == "sqlite" else [])):
        if not held.update(done=done, total=total, beat_at=timezone.now()):
            raise Stopped


def _written(report: Report, file: IO[bytes], pulse: Pulse, now: datetime) -> Order:
    order = ready(report, on=report.board.day_of(now), read_at=now)
    document = order.edition.build(order.ask)
    pulse.total = document.total
    order.format.write(document, file, pulse)
    return order


@transaction.atomic
def _keep(report: Report, claim: uuid.UUID, file: IO[bytes], order: Order, rows: int) -> None:
    held = Report.objects.select_for_update(of=("self",)).filter(pk=report.pk, claim=claim, state=State.WORKING).first()
    if held is None:
        raise Stopped
    ask, at = order.ask, timezone.now()
    store(held, file)
    held.state, held.error, held.done, held.read_at, held.finished_at = State.DONE, "", rows, ask.read_at, at
    held.expires_at, held.grants = at + REPORT_FILE_KEPT, grants_of(ask.user.access)
    days = f"{ask.period.since.isoformat()}-{ask.period.last_day.isoformat()}"
    held.file_name = f"{order.kind.file_name}-{days}{order.format.ending}"
    held.content_type = order.format.content_type
    held.save()
    tell_ready(held)
    audit.record(board=report.board, person=report.person, verb=REPORT_PREPARED, subject=report, reason=report.reason)


def _fail(report: Report, claim: uuid.UUID, sentence: str) -> None:
    held = Report.objects.filter(pk=report.pk, claim=claim, state=State.WORKING)
    held.update(state=State.FAILED, error=sentence, finished_at=timezone.now())
