"""What a person does with an import: send it, say what its columns are, decide, apply, take it back."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from exchange.audit_verbs import IMPORT_DISCARDED, IMPORT_REVERSED, IMPORT_UPLOADED
from exchange.imports import guess, job, undoing
from exchange.imports.examining import examine
from exchange.imports.registry import KINDS
from exchange.models import ColumnMemory, ImportFile, ImportRow, ImportRun
from exchange.tasks import ring
from people import audit
from people.models import School, SchoolBoard, User

State = ImportRun.State
AT_ONCE = 2 * 1024 * 1024
"""A file of so many bytes is read while its sender waits; a larger one by a job."""


def upload(
    *,
    board: SchoolBoard,
    school: School | None,
    person: User,
    name: str,
    content: bytes,
    kind: str,
    entry_uuid: uuid.UUID,
    on: date,
) -> ImportRun:
    """Keep a file and read it; the same form sent twice is one import."""
    with transaction.atomic():
        run, new = ImportRun.objects.get_or_create(
            entry_uuid=entry_uuid,
            defaults={
                "board": board, "school": school, "person": person, "file_name": name[-200:], "size": len(content),
                "checksum": hashlib.sha256(content).hexdigest(), "kind": kind,
            },
        )  # fmt: skip
        if not new:
            return run
        ImportFile.objects.create(run=run, content=content)
        audit.record(board=board, person=person, verb=IMPORT_UPLOADED, subject=run)
    if len(content) <= AT_ONCE:
        job.read(run.pk, on=on)
        run.refresh_from_db()
    else:
        transaction.on_commit(lambda: ring(run.pk))
    return run


@transaction.atomic
def set_columns(*, run: ImportRun, kind: str, mapping: Mapping[str, int], on: date) -> ImportRun:
    """Say what the columns are, look at every line, and remember it for the next file with this header."""
    run = _open(run)
    declared = KINDS[kind]
    if missing := declared.missing(mapping):
        words = [_(" ou ").join(f"«\u00a0{label}\u00a0»" for label in choice) for choice in missing]
        raise ValidationError(_("Choisissez la colonne %(columns)s.") % {"columns": _(", et ").join(words)})
    if run.kind != kind or run.mapping != mapping:
        run.rows.update(answers={}, fixes={})
    run.kind, run.mapping, run.error = kind, dict(mapping), ""
    examine(run, on=on)
    run.state = State.REVIEWED
    run.save()
    ColumnMemory.objects.update_or_create(
        board=run.board, signature=guess.signature(run.header), defaults={"kind": kind, "mapping": dict(mapping)}
    )
    return run


@transaction.atomic
def decide(
    *, run: ImportRun, fixes: Mapping[int, Mapping[str, str]], answers: Mapping[int, Mapping[str, str]], on: date
) -> ImportRun:
    """Keep what was typed and chosen for some lines, by number, and look at all of them again."""
    run = _open(run, State.REVIEWED)
    rows = list(run.rows.filter(number__in={*fixes, *answers}))
    for row in rows:
        row.fixes |= fixes.get(row.number, {})
        row.answers |= answers.get(row.number, {})
    ImportRow.objects.bulk_update(rows, ["fixes", "answers"], batch_size=200)
    return _looked_at(run, on)


@transaction.atomic
def agree(*, run: ImportRun, names: Iterable[str]) -> ImportRun:
    """Keep to which of an archive's questions the answer is yes; it is no to all others."""
    run = _open(run, State.REVIEWED)
    asked = {f"{one['code']} {one['key']}" for one in run.summary.get("questions", ())}
    run.agreed = sorted(asked.intersection(names))
    run.save(update_fields=["agreed"])
    return run


@transaction.atomic
def decide_all(*, run: ImportRun, code: str, answer: str, on: date) -> ImportRun:
    """Give one answer to a remark on every line that waits for one; ``leave`` leaves them out."""
    run = _open(run, State.REVIEWED)
    standing = [ImportRow.Standing.ASKS, ImportRow.Standing.WRONG]
    rows = [
        row for row in run.rows.filter(standing__in=standing) if any(said[0] == code for said in row.said) or not code
    ]
    for row in rows:
        row.answers |= {"leave": "1"} if answer == "leave" else {code: answer}
    ImportRow.objects.bulk_update(rows, ["answers"], batch_size=200)
    return _looked_at(run, on)


def _looked_at(run: ImportRun, on: date) -> ImportRun:
    examine(run, on=on)
    run.save()
    return run


@transaction.atomic
def queue(*, run: ImportRun, leave_rest: bool, on: date) -> ImportRun:
    """Ask a job to apply it; what still waits for a decision is left out, or stands in the way."""
    run = _open(run, State.REVIEWED)
    if job.waits(run) and leave_rest:
        run = decide_all(run=run, code="", answer="leave", on=on)
    if job.waits(run):
        raise ValidationError(_("Des lignes restent à décider\u00a0: décidez-en, ou laissez-les de côté."))
    run.state, run.error, run.done = State.QUEUED, "", 0
    run.save()
    transaction.on_commit(lambda: ring(run.pk))
    return run


@transaction.atomic
def undo(*, run: ImportRun, person: User, on: date) -> ImportRun:
    """Take back all that an import wrote; refused, with what stands in the way, once something was built on it."""
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state == State.UNDONE:
        return run
    if run.state != State.APPLIED:
        raise ValidationError(_("Cette importation n’est pas appliquée\u00a0: il n’y a rien à annuler."))
    if obstacles := undoing.obstacles(run, on):
        raise ValidationError(obstacles)
    undoing.take_back(run, person=person, on=on)
    run.state = State.UNDONE
    run.save(update_fields=["state"])
    audit.record(board=run.board, person=person, verb=IMPORT_REVERSED, subject=run)
    return run


@transaction.atomic
def discard(*, run: ImportRun, person: User) -> None:
    """Forget a file that was not applied, with all that it holds."""
    run = _open(run, State.UPLOADED, State.READ, State.REVIEWED, State.FAILED)
    audit.record(board=run.board, person=person, verb=IMPORT_DISCARDED, subject=run)
    run.delete()


def _open(run: ImportRun, *states: str) -> ImportRun:
    """The run as it is now, held until the end of the transaction, when it is still of a state that may change."""
    held = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if held.state not in (states or (State.READ, State.REVIEWED)):
        raise ValidationError(_("Cette importation a changé entre-temps\u00a0: rouvrez sa page."))
    return held
