"""Which backups of a folder stay."""

import shutil
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

NAME = "accompagnement-%Y%m%dT%H%M%SZ.backup"
DAY_SECONDS = 24 * 3600

RULES: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (14, lambda at: at.date()),
    (8, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
)
"""How many days, weeks and months keep their last backup."""


def stay(dates: Iterable[datetime]) -> set[datetime]:
    """Of each of the last days, weeks and months that have one, the last."""
    newest = sorted(dates, reverse=True)
    kept: set[datetime] = set()
    for many, of in RULES:
        last: dict[object, datetime] = {}
        for at in newest:
            last.setdefault(of(at), at)
        kept |= set(list(last.values())[:many])
    return kept


def prune(folder: Path) -> list[Path]:
    """Delete the backups of a folder that do not stay, by the date in their names; give them."""
    found = {}
    for file in folder.glob("accompagnement-*.backup"):
        try:
            found[datetime.strptime(file.name, NAME).replace(tzinfo=UTC)] = file
        except ValueError:
            continue
    gone = [found[at] for at in sorted(set(found) - stay(found))]
    for file in gone:
        file.unlink()
    sweep(folder)
    return gone


def sweep(folder: Path) -> None:
    """Delete what a backup or a restore that was killed left a day ago: some of it is not encrypted."""
    for name in (".backup-*", ".restore-*", ".accompagnement-*.part"):
        for left in folder.glob(name):
            if time.time() - left.stat().st_mtime > DAY_SECONDS:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
