"""A bundle's members as tables with a known header."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from exchange.bundle.declaration import BundleFile
from exchange.lines import Bounds, Lines, Row, check_utf8, read_text, separator_problem, table_rows
from exchange.reading import Member, Problem, Refused, refuse

BOUNDS = Bounds()


@dataclass(frozen=True)
class Table:
    """``rows`` can be read once, ragged ones included; where the file breaks it raises ``Refused``."""

    header: list[str]
    rows: Iterator[Row]


def open_table(name: str, member: Member, files: list[BundleFile]) -> Table:
    """The table of a member, its header checked against what is declared for its name; raises ``Refused``."""
    check_utf8(member)
    rows = table_rows(Lines(name, read_text(member, "utf-8-sig"), BOUNDS), strict=True)
    _number, header = next(rows, (0, []))
    if not header:
        raise refuse(name, _("le fichier est vide\u00a0: la première ligne donne les colonnes."))
    if wrong := separator_problem(name, header):
        raise Refused(wrong)
    if problems := list(header_problems(name, header, files)):
        raise Refused(*problems)
    return Table(header, rows)


def header_problems(name: str, header: list[str], files: list[BundleFile]) -> Iterator[Problem]:
    """Unknown, repeated and missing columns."""
    known = list(dict.fromkeys(column.name for column in chain(*(file.columns for file in files))))
    for place, column in enumerate(header):
        if column not in known:
            sentence = _("la colonne «\u00a0%(column)s\u00a0» est inconnue; ce fichier a %(known)s.")
            yield Problem(name, 1, column, sentence % {"column": column, "known": ", ".join(known)})
        elif column in header[:place]:
            yield Problem(name, 1, column, _("la colonne «\u00a0%(column)s\u00a0» est répétée.") % {"column": column})
    for column in known:
        needed = all(any(c.name == column and c.required for c in file.columns) for file in files)
        if needed and column not in header:
            sentence = _("la colonne «\u00a0%(column)s\u00a0» est obligatoire; elle manque.")
            yield Problem(name, 1, column, sentence % {"column": column})
