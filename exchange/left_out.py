"""The lines that an import left out, as a file to correct and to send again."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from exchange.forms import sentences_of
from exchange.models import ImportRow, ImportRun
from people.spreadsheets import csv_lines


def left_out_file(run: ImportRun) -> StreamingHttpResponse:
    """The columns of the file as they came, with the line and the reason before them. One query."""
    lines = csv_lines([_("Ligne"), _("Raison"), *run.header], _rows(run))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="lignes-laissees-{run.pk}.csv"'
    return response


def _rows(run: ImportRun) -> Iterator[list[object]]:
    kind = run.declared
    for row in run.rows.filter(standing=ImportRow.Standing.LEFT).order_by("number"):
        said = " ".join(sentences_of(row, kind)) if kind else ""
        yield [row.number, said or _("Laissée de côté à la demande."), *row.cells]
