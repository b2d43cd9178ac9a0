"""The two things that a run waits for: to be read, and to be applied. Each can be asked for again at any moment."""

import logging
import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.audit_verbs import IMPORT_APPLIED
from exchange.imports import archives, guess
from exchange.imports.declaration import Line
from exchange.imports.examining import Progress, bearings_of, examine, lines_of
from exchange.imports.progress import hush, say
from exchange.imports.sheets import read_sheet
from exchange.imports.tracing import Trace
from exchange.models import ColumnMemory, ImportRow, ImportRun
from exchange.reading import Refused, refuse
from people import audit
from people.bulk import store
from people.retention import IMPORT_SILENT
from people.witness import watched_by

log = logging.getLogger(__name__)
State = ImportRun.State
AWAY = (OperationalError, InterfaceError)
"""The database left: the job is done again once it is back. Any other error would come back with it, for ever."""


def read(run_id: int, *, on: date) -> None:
    """Read an uploaded file: its kind, its header, its lines, then what becomes of each when the columns are known.

    Asked for twice, it is done once. What can't be read leaves the sentence with the run.
    """
    try:
        _read(run_id, on)
    except AWAY:
        raise
    except Exception:
        log.exception("import %s", run_id)
        words = _(
            "Une erreur a interrompu la lecture du fichier\u00a0: rien n’est écrit. Si elle revient, signalez-la."
        )
        ImportRun.objects.filter(pk=run_id, state=State.UPLOADED).update(state=State.FAILED, error=words)


def _read(run_id: int, on: date) -> None:
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
        if run.state != State.UPLOADED:
            return
        try:
            _refuse_shut_out(run)
            if archives.is_archive(run):
                archives.read(run, on=on)
            else:
                _read_table(run, on)
        except Refused as refused:
            run.rows.all().delete()
            run.state, run.error = State.FAILED, "\n".join(map(str, refused.problems[:20]))
        finally:
            hush(run)
        run.save()


def _read_table(run: ImportRun, on: date) -> None:
    sheet = read_sheet(run.file_name, bytes(run.file.content))
    run.header, run.header_row, run.total = sheet.header, sheet.header_row, len(sheet.rows)
    rows = [
        {"run_id": run.pk, "number": number, "cells": cells, "fixes": {}, "answers": {}, "said": [],
         "standing": ImportRow.Standing.FINE, "effect": ImportRow.Effect.NONE}
        for number, cells in sheet.rows
    ]  # fmt: skip
    store(ImportRow, rows)
    known = ColumnMemory.objects.filter(board=run.board, signature=guess.signature(sheet.header)).first()
    found = guess.kind_of(sheet.header)
    if known is not None and not run.kind:
        run.kind, run.mapping = known.kind, known.mapping
    elif run.declared is not None:
        run.mapping = guess.columns(sheet.header, run.declared)
    elif found is not None:
        run.kind, run.mapping = found[0].name, found[1]
    run.state = State.READ
    if known is not None and run.declared is not None and known.kind == run.kind:
        examine(run, on=on, progress=lambda done: say(run, done, len(sheet.rows)))
        run.state = State.REVIEWED


def apply(run_id: int, *, on: date, now: datetime) -> None:
    """Apply a queued run, all or nothing.

    1. Claim it: the UPDATE is the lock. One that another job works on is left, unless that job fell silent; one whose
       person imports no more is refused.
    2. Look at every line again, as the house is now; say how far, for the page that waits.
    3. Something new to decide: back to the person. Else write all of it, the audit and the state in one transaction,
       where the claim still holds.
    """
    claim = uuid.uuid4()
    waiting = ImportRun.objects.filter(pk=run_id, state=State.QUEUED)
    silent = ImportRun.objects.filter(pk=run_id, state=State.APPLYING, beat_at__lt=now - IMPORT_SILENT)
    if not (waiting | silent).update(state=State.APPLYING, claim=claim, beat_at=now, done=0):
        return
    run = ImportRun.objects.select_related("board", "school", "person").get(pk=run_id)
    try:
        _refuse_shut_out(run)
        if run.declared is not None and not run.declared.columns_file:
            _write_archive(run, claim, on, now)
            return
        examine(run, on=on, progress=_beat(run))
        if waits(run):
            run.error = _("Des fiches ont changé depuis l’aperçu\u00a0: revoyez ce qui reste à décider.")
            _leave(run, claim, State.REVIEWED)
            return
        _write(run, claim, on, now)
    except (Refused, IntegrityError) as error:
        said = str(error) if isinstance(error, Refused) else ""
        run.error = said or _("La base a changé pendant l’importation\u00a0: rien n’est écrit. Recommencez.")
        _leave(run, claim, State.REVIEWED)
    except AWAY:
        raise
    except Exception:
        log.exception("import %s", run.pk)
        run.error = _("Une erreur a interrompu l’importation\u00a0: rien n’est écrit. Si elle revient, signalez-la.")
        _leave(run, claim, State.REVIEWED)
    finally:
        hush(run)


def _refuse_shut_out(run: ImportRun) -> None:
    """A job acts for its person: it does no more than they still may."""
    if not (run.person.is_active and ImportRun.objects.visible_to(run.person).filter(pk=run.pk).exists()):
        words = _("la personne qui a envoyé ce fichier ne gère plus ces fiches\u00a0: rien n’est écrit.")
        raise refuse(run.file_name, words)


def waits(run: ImportRun) -> int:
    """How many lines wait for a decision, as the last look counted them."""
    counts = run.summary.get("counts", {})
    return int(counts.get(ImportRow.Standing.ASKS, 0) + counts.get(ImportRow.Standing.WRONG, 0))


def _beat(run: ImportRun) -> Progress:
    def say(done: int) -> None:
        ImportRun.objects.filter(pk=run.pk, claim=run.claim).update(done=done, beat_at=timezone.now())

    return say


def _leave(run: ImportRun, claim: uuid.UUID, state: str) -> None:
    held = ImportRun.objects.filter(pk=run.pk, claim=claim)
    held.update(state=state, error=run.error, summary=run.summary, total=run.total, done=run.done)


@transaction.atomic
def _write(run: ImportRun, claim: uuid.UUID, on: date, now: datetime) -> None:
    held = _held(run, claim)
    kind = run.declared
    if held is None or kind is None:
        return
    bearings, trace, done = bearings_of(run, on), Trace(run), 0
    for lines in lines_of(run, kind):
        say(run, done, run.total)
        kind.look(lines, bearings)
        with watched_by(trace):
            kind.write(_ready(lines), bearings, trace)
        trace.settle()
        done += len(lines)
    _applied(run, now)


def _ready(lines: Sequence[Line]) -> list[Line]:
    fine = ImportRow.Standing.FINE
    return [line for line in lines if line.standing == line.row.standing == fine]


def _write_archive(run: ImportRun, claim: uuid.UUID, on: date, now: datetime) -> None:
    with transaction.atomic():
        if _held(run, claim) is not None:
            archives.write(run, on=on)
            _applied(run, now)


def _held(run: ImportRun, claim: uuid.UUID) -> ImportRun | None:
    """The run, locked, when this job still has it."""
    held = ImportRun.objects.select_for_update(of=("self",)).filter(pk=run.pk, claim=claim, state=State.APPLYING)
    return held.first()


def _applied(run: ImportRun, now: datetime) -> None:
    run.state, run.applied_at, run.error = State.APPLIED, now, ""
    run.save(update_fields=["state", "applied_at", "error", "summary", "total", "done"])
    audit.record(board=run.board, person=run.person, verb=IMPORT_APPLIED, subject=run)
