"""Lines looked at, batch by batch: what becomes of each is kept with it, and the figures of all with the run."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from exchange.imports.declaration import Bearings, ImportKind, Line
from exchange.models import ImportRow, ImportRun
from people.bulk import overwrite

CHUNK = 500
Progress = Callable[[int], None]


def bearings_of(run: ImportRun, on: date) -> Bearings:
    return Bearings(run.board, run.school, run.person, on, frozenset(run.mapping))


def lines_of(run: ImportRun, kind: ImportKind) -> Iterator[list[Line]]:
    """The lines of a run as they stand, a batch at a time."""
    last = -1
    while some := list(run.rows.filter(number__gt=last).order_by("number")[:CHUNK]):
        yield [Line(row, texts_of(row, kind, run.mapping)) for row in some]
        last = some[-1].number


def texts_of(row: ImportRow, kind: ImportKind, mapping: dict[str, int]) -> dict[str, str]:
    """What the cells of a line say by field, what was typed in their place included; the empty ones are not there."""
    texts = {
        field.name: row.fixes.get(field.name, row.cells[mapping[field.name]] if field.name in mapping else "")
        for field in kind.fields
    }
    return {name: text.strip() for name, text in texts.items() if text.strip()}


def examine(run: ImportRun, *, on: date, progress: Progress = lambda done: None) -> Bearings:
    """Look at every line of a run and keep what is to be said of each; its figures go to the run, which is not saved.

    A constant number of queries for each batch of lines.
    """
    kind = run.declared
    assert kind is not None  # noqa: S101 (a run is looked at once it has a kind)
    bearings, counts, done = bearings_of(run, on), Counter[str](), 0
    examples: dict[str, list[object]] = {}
    for lines in lines_of(run, kind):
        kind.look(lines, bearings)
        overwrite(ImportRow, [outcome for line in lines if (outcome := _outcome(line))])
        for line in lines:
            counts[line.standing] += 1
            counts.update({f"{line.standing}_{line.effect}": 1})
            for remark, column, given in line.said:
                counts[f"said_{remark.code}"] += 1
                examples.setdefault(remark.code, [line.number, column, given])
        done += len(lines)
        progress(done)
    run.total = run.done = done
    run.summary = {"counts": dict(counts), "examples": examples, **kind.finish(bearings)}
    return bearings


def _outcome(line: Line) -> dict[str, object] | None:
    """What changes in the row of a line, all of it; None when it says so already."""
    said = [[remark.code, column, given] for remark, column, given in line.said]
    row = line.row
    if (row.standing, row.effect, row.said) == (line.standing, str(line.effect), said):
        return None
    return {"id": row.pk, "standing": line.standing, "effect": str(line.effect), "said": said}
