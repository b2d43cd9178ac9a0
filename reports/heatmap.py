"""The table of meetings: a row per dyad, a column per class week, months above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.calendars.periods import PeriodState
from reports.relations import Relation
from reports.urgency import UrgentRow

SHOWN = 10


@dataclass(frozen=True)
class Month:
    label: str
    span: int


@dataclass(frozen=True)
class HeatRow:
    relation: Relation
    severity: str


@dataclass(frozen=True)
class HeatTable:
    """The dyads that share one beat: the same weeks, or the same cycles. Its title is its own among the tables."""

    title: str
    months: list[Month]
    starts: list[date]
    rows: list[HeatRow]


@dataclass(frozen=True)
class HeatMap:
    title: str
    tables: list[HeatTable]
    shown: int
    total: int


def heat_map(dyads: Sequence[Relation], urgent: Sequence[UrgentRow], *, everyone: bool) -> HeatMap:
    """The dyads to examine first, then the others; ten of them unless ``everyone`` is asked for."""
    severities = {row.subject.pk: row.flag.severity for row in urgent if row.kind == "dyad"}
    places = {pk: place for place, pk in enumerate(severities)}
    ordered = sorted(dyads, key=lambda row: places.get(row.pk, len(places)))
    shown = [row for row in (ordered if everyone else ordered[:SHOWN]) if row.cells]
    beats: dict[tuple[date, ...], list[Relation]] = {}
    for row in shown:
        beats.setdefault(tuple(cell.span_from for cell in row.cells), []).append(row)
    message = _message(dyads)
    tables = [
        HeatTable(
            message if len(beats) == 1 else f"{message} ({nth}/{len(beats)})",
            _months(starts),
            list(starts),
            [HeatRow(row, severities.get(row.pk, "")) for row in rows],
        )
        for nth, (starts, rows) in enumerate(beats.items(), 1)
    ]
    return HeatMap(message, tables, len(shown), len(dyads))


def _months(starts: Sequence[date]) -> list[Month]:
    runs = [list(run) for _key, run in groupby(starts, key=lambda day: (day.year, day.month))]
    return [Month(date_format(run[0], "N").capitalize(), len(run)) for run in runs]


def _message(dyads: Sequence[Relation]) -> str:
    """The figure's title says what it shows: the month that holds most of the missed weeks, if one does."""
    missed = [cell.first_on for row in dyads for cell in row.cells if cell.state == PeriodState.MISSED]
    if not missed:
        return _("Aucune semaine de classe manquée cette année")
    months = [(day.year, day.month) for day in missed]
    fullest = max(set(months), key=months.count)
    if len(missed) >= 4 and months.count(fullest) * 2 > len(missed):
        return _("Les semaines manquées se concentrent en %(month)s") % {"month": date_format(date(*fullest, 1), "F")}
    return ngettext(
        "%(count)s semaine de classe manquée depuis la rentrée",
        "%(count)s semaines de classe manquées depuis la rentrée",
        len(missed),
    ) % {"count": len(missed)}
