"""The formats in which a report leaves, by name: each writes any document, row by row, into a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from reports.document import Document
from reports.tables import Text

Progress = Callable[[int], None]
"""Told how many rows are written so far; it may raise to stop the writing."""
FORMATS: "dict[str, Format]" = {}
"""In the order of the page; the first is the one that is proposed."""


@dataclass(frozen=True)
class Format:
    """``write`` reads each table once, keeps no row, and gives the same bytes for the same document.

    ``ending`` is what the file's name ends with: two formats of one report have two names.
    """

    name: str
    title: Text
    about: Text
    content_type: str
    ending: str
    write: Callable[[Document, IO[bytes], Progress], None]


def add(*formats: Format) -> None:
    """Add formats, in the order of the page."""
    FORMATS.update({one.name: one for one in formats})


def silent(_rows: int) -> None:
    """Progress that nobody waits for."""
