"""A bundle's members as tables whose header is checked against what is declared for their name."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from django.utils.translation import gettext as _

from exchange.bundle.declaration import BundleFile
from exchange.lines import Bounds
from exchange.reading import Member, Problem, Tolerance
from exchange.tables import Table, open_table

BOUNDS = Bounds()
#: Nothing to say: it is how a spreadsheet marks a text as UTF-8.
UNSAID = frozenset({"bom"})


def open_declared(name: str, member: Member, files: list[BundleFile]) -> tuple[Table, list[Problem]]:
    """The table of a member under the declared names of its columns, and what is wrong with its header.

    Raises ``Refused`` when nothing of it can be read.
    """
    table = open_table(replace(member, name=name), BOUNDS)
    known = list(dict.fromkeys(column.name for column in chain(*(file.columns for file in files))))
    header = [_as_declared(cell, known) for cell in table.header]
    words = _("en-tête «\u00a0%(cell)s\u00a0» lu sans tenir compte des majuscules.")
    said = [
        Tolerance(name, table.header_row, column, words % {"cell": cell}, "header_case")
        for cell, column in zip(table.header, header, strict=True)
        if cell != column
    ]
    tolerances = [one for one in (*table.tolerances, *said) if one.kind not in UNSAID]
    problems = list(header_problems(name, table.header_row, header, known, files))
    return replace(table, header=header, tolerances=tuple(tolerances)), problems


def _as_declared(cell: str, known: list[str]) -> str:
    """The declared name of a column that differs by its capitals or by a space for an underscore."""
    like = "_".join(cell.lower().split())
    return like if like in known else cell


def header_problems(
    name: str, row: int, header: list[str], known: list[str], files: list[BundleFile]
) -> Iterator[Problem]:
    """Unknown, repeated and missing columns."""
    for place, column in enumerate(header):
        if column not in known:
            sentence = _("la colonne «\u00a0%(column)s\u00a0» est inconnue; ce fichier a %(known)s.")
            yield Problem(name, row, column, sentence % {"column": column, "known": ", ".join(known)})
        elif column in header[:place]:
            yield Problem(name, row, column, _("la colonne «\u00a0%(column)s\u00a0» est répétée.") % {"column": column})
    for column in known:
        needed = all(any(c.name == column and c.required for c in file.columns) for file in files)
        if needed and column not in header:
            sentence = _("la colonne «\u00a0%(column)s\u00a0» est obligatoire; elle manque.")
            yield Problem(name, row, column, sentence % {"column": column})
