"""The project's own files."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {"__pycache__", "htmlcov", "node_modules", "staticfiles", "var", "vendor"}


def sources(root: Path = ROOT, *, suffixes: Collection[str], outside: Collection[str] = ()) -> Iterator[Path]:
    """The files with these suffixes, sorted, but for the folders named and those that a tool fills."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in NOT_OURS and name not in outside
        )
        yield from (Path(folder, name) for name in sorted(names) if Path(name).suffix in suffixes)
