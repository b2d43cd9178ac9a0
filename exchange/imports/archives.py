"""Archives of several tables: rosters of other systems and the bundle, each read by its own reader, written as one."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from exchange.bundle.files import NAMES
from exchange.bundle.importing import DATA_PACKAGE, import_bundle
from exchange.imports.examining import bearings_of
from exchange.imports.progress import say
from exchange.imports.sheets import LIMITS, nature_of, on_disk
from exchange.imports.tracing import Trace
from exchange.models import ImportRun
from exchange.reading import Problem, Refused, open_zip_members, refuse
from exchange.rosters.apply import apply_roster
from exchange.rosters.detect import read_roster
from exchange.rosters.records import Notes
from exchange.scratch import Scratch
from people.witness import watched_by

ROSTER, BUNDLE = "roster", "bundle"
SHOWN = 60
"""Tolerances that the page shows; the rest are counted."""


def is_archive(run: ImportRun) -> bool:
    return nature_of(bytes(run.file.content[:4096])) == "zip" and nature_of(bytes(run.file.content)) == "zip"


def read(run: ImportRun, *, on: date) -> None:
    """Try an archive without keeping anything: the run gets its kind and its figures. Raises ``Refused``."""
    if not bearings_of(run, on).manages_board():
        raise refuse(
            run.file_name,
            _("une archive touche tout le centre\u00a0: seule son administration l’importe. Envoyez plutôt une liste."),
        )
    run.kind = _kind(run)
    run.summary = _run(run, on=on, dry_run=True)
    run.state, run.total = ImportRun.State.REVIEWED, 0


def write(run: ImportRun, *, on: date) -> None:
    """Write it, inside the transaction of the job. Raises ``Refused``."""
    trace = Trace(run)
    with watched_by(trace):
        run.summary = _run(run, on=on, dry_run=False, settle=trace.settle)
    trace.settle()


def _kind(run: ImportRun) -> str:
    with on_disk(bytes(run.file.content), ".zip") as path:
        try:
            with open_zip_members(path, limits=LIMITS) as members:
                names = set(members)
        except Refused as refused:
            raise refuse(run.file_name, refused.problems[0].sentence) from None
    if DATA_PACKAGE in names or (names & set(NAMES) and "users.csv" not in names):
        return BUNDLE
    return ROSTER


def _run(run: ImportRun, *, on: date, dry_run: bool, settle: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """Read an archive whole, and write it; ``settle`` is called now and then, between two batches."""

    def progress(done: int, total: int) -> None:
        settle()
        say(run, done, total)

    with on_disk(bytes(run.file.content), ".zip") as path:
        if run.kind == BUNDLE:
            counts = import_bundle(path=path, dry_run=dry_run, only=run.board, progress=progress)
            return {"files": [{"name": name, **vars(count)} for name, count in counts.items()]}
        with Scratch() as scratch:
            notes = Notes(scratch, agreed=frozenset(run.agreed), person=run.person)
            roster = read_roster(path, notes, scratch)
            if not notes.errors:
                outcome = apply_roster(
                    roster=roster, board_key=run.board.key, on=on, notes=notes, dry_run=dry_run,
                    progress=progress,
                )  # fmt: skip
            if notes.errors:
                problems = [Problem(n.place.file, n.place.row or 0, n.place.column, n.message) for n in notes.errors]
                raise Refused(*problems, more=notes.more_errors)
            said = [str(note) for note, _place in zip(notes.tolerances, range(SHOWN), strict=False)]
            return {
                "format": roster.format,
                "files": [{"name": name, **asdict(count)} for name, count in outcome.counts.by_kind.items()],
                "tolerances": said,
                "more": max(0, len(notes.tolerances) - SHOWN),
                "dangling": len(notes.dangling),
                "questions": [asdict(question) for question in notes.questions],
            }
