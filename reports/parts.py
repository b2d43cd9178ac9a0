"""A report's file as rows of the database, written and read a megabyte at a time."""

import hashlib
from collections.abc import Iterator
from typing import IO

from reports.models import Report, ReportPart

PART = 1024 * 1024
"""Bytes."""


class Gone(Exception):
    """The file was destroyed while it was read: what has left of it is not whole."""


def store(report: Report, file: IO[bytes]) -> None:
    """Keep the file in place of what there was, and its size and checksum on the row, which the caller saves.

    A query a megabyte. Inside a transaction: all of it is kept, or nothing.
    """
    report.parts.all().delete()
    digest, number = hashlib.sha256(), 0
    file.seek(0)
    while content := file.read(PART):
        digest.update(content)
        ReportPart.objects.create(report=report, number=number, content=content)
        number += 1
    report.size, report.checksum = file.tell(), digest.hexdigest()


def read(report: Report) -> Iterator[bytes]:
    """The file, a part at a time, each when its turn comes. A query a megabyte; raises ``Gone``."""
    sent, number = 0, 0
    while sent < report.size:
        content = report.parts.filter(number=number).values_list("content", flat=True).first()
        if content is None:
            raise Gone(report.pk)
        yield bytes(content)
        sent, number = sent + len(content), number + 1
