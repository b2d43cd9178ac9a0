"""The follow-up sheet and the half-year report of one student, from the log: what was done, never a score."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentoring.of_student import dyad_parts
from people.files import Reading
from people.text import spoken
from programs.fixed_periods import Named, Period, fixed_periods, semesters
from programs.of_student import Line, Part, group_parts
from reports.tables import Text


@dataclass(frozen=True)
class Document:
    """One of the sheets: ``has_lines`` dates each record, ``is_signed`` ends with two lines to sign."""

    name: str
    title: Text
    about: Text
    file_name: str
    has_lines: bool = False
    is_signed: bool = False


REPORT = Document(
    name="rapport",
    title=_("Rapport semestriel"),
    about=_("les totaux et les objectifs, à signer"),
    file_name="rapport-semestriel",
    is_signed=True,
)
FOLLOW_UP = Document(
    name="fiche",
    title=_("Fiche de suivi"),
    about=_("chaque contact et chaque suivi, avec sa date"),
    file_name="fiche-de-suivi",
    has_lines=True,
)
DOCUMENTS = {one.name: one for one in (REPORT, FOLLOW_UP)}


@dataclass(frozen=True)
class Sheet:
    """A document about a student in a period, up to the day it is made. Notes are the ordinary ones, if asked for."""

    document: Document
    reading: Reading
    named: Named
    with_notes: bool
    parts: Sequence[Part]

    @property
    def period(self) -> Period:
        return self.named.period.so_far(self.reading.on)

    @property
    def days(self) -> str:
        """« du 31 août 2026 au 23 novembre 2026 »."""
        first, last = spoken(self.period.since), spoken(self.period.last_day)
        return gettext("du %(first)s au %(last)s") % {"first": first, "last": last}

    @property
    def made_on(self) -> str:
        return spoken(self.reading.on)

    @property
    def notes(self) -> list[Line]:
        """The ordinary notes, by day."""
        lines = [line for part in self.parts for line in part.lines if line.note] if self.with_notes else []
        return sorted(lines, key=lambda line: line.on)

    @property
    def lines(self) -> list[Line]:
        """Every record, by day."""
        lines = [line for part in self.parts for line in part.lines] if self.document.has_lines else []
        return sorted(lines, key=lambda line: line.on)

    @property
    def sealed(self) -> int:
        """How many confidential notes there are: none is ever printed."""
        return sum(line.is_sealed for part in self.parts for line in part.lines)


def periods_of(reading: Reading) -> dict[str, Named]:
    """Semesters first, then terms, months and years. Two queries."""
    return semesters(reading.user, on=reading.on) | fixed_periods(reading.user, on=reading.on)


def sheet_of(reading: Reading, document: Document, named: Named, *, with_notes: bool) -> Sheet:
    """What the reader may take away; a constant number of queries."""
    period = named.period.so_far(reading.on)
    parts = [*group_parts(reading, period, lines=True), *dyad_parts(reading, period, lines=True)]
    return Sheet(document, reading, named, with_notes, [part for part in parts if part.is_of(period)])
