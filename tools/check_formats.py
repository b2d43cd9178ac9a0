"""Open every report of the demonstration, in every format, in the program that reads it, and compare what it says.

LibreOffice turns workbooks into CSV and CSV into workbooks; two checkers read the PDF; frictionless the packages.
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tools.migrated import sqlite_template
from tools.system import soffice

if TYPE_CHECKING:
    from reports.document import Document

AT = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
FRENCH = "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,3084,false,false"
"""Semicolons, UTF-8, Québec's French."""


@dataclass(frozen=True)
class Made:
    """A file, with a document like the one that it was written from."""

    name: str
    format: str
    path: Path
    told: "Document"


def make(folder: Path) -> Iterator[Made]:
    """Every report × edition × format, for the first of the demonstration's people who may have it."""
    from people.models import User
    from programs.fixed_periods import Named, Period
    from reports.asking import Ask
    from reports.audiences import audiences_of
    from reports.formats import FORMATS, silent
    from reports.registry import REPORTS

    people = [user for user in User.objects.select_related("board").order_by("pk") if user.board]
    period = Named("2026-2027", Period(date(2026, 7, 1), date(2026, 11, 24)))
    for kind in REPORTS.values():
        for edition in kind.editions:
            user = next((one for one in people if edition.audience in audiences_of(one)), None)
            if user is None or user.board is None:
                raise RuntimeError(f"Nobody of the demonstration may have {kind.name}, {edition.audience.name}.")
            ask = Ask(user, user.board, edition.audience, period, on=AT.date(), read_at=AT, reason="vérification")
            for one in (one for one in FORMATS.values() if not kind.formats or one.name in kind.formats):
                told = edition.build(ask)
                path = folder / f"{kind.name}-{edition.audience.name}-{one.name}{one.ending}"
                with path.open("wb") as file:
                    one.write(told, file, silent)
                yield Made(f"{kind.name}, {edition.audience.name}, {one.name}", one.name, path, edition.build(ask))


def faults_of_exchange(made: Made) -> list[str]:
    from frictionless import validate

    report = validate(str(made.path))
    return [] if report.valid else [str(report.flatten(["type", "message"])[:3])]


def faults_of_pdf(made: Made) -> list[str]:
    from tests.printed import faults_of

    return faults_of(made.path.read_bytes())


def opened(folder: Path, paths: list[Path], to: str, *options: str) -> Path:
    """What LibreOffice makes of the files, in a folder of its own."""
    out = folder / f"as-{to[:4].strip(':')}"
    out.mkdir()
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        str(soffice()),
        profile,
        "--headless",
        *options,
        "--convert-to",
        to,
        "--outdir",
        str(out),
        *map(str, paths),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return out


def faults_of_workbook(made: Made, out: Path) -> list[str]:
    """Each table as the spreadsheet shows it, against ours."""
    seen = [
        list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        for path in out.glob(f"{made.path.stem}-*.csv")
    ]
    found = [] if len(seen) >= len(made.told.sheets) + 6 else ["pages are missing"]
    for sheet in made.told.sheets:
        kinds = [str(column.kind) for column in sheet.columns]
        ours = [sheet.table.headings]
        ours += [[shown(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in sheet.table.cells]
        if not any(rows[2:] == ours for rows in seen):
            near = next((rows[2:] for rows in seen if rows[2:3] == ours[:1]), [])
            different = [
                one for pair in zip(ours, near, strict=False) for one in zip(*pair, strict=False) if one[0] != one[1]
            ]
            found.append(f"{sheet.title}: the spreadsheet shows something else: {different[:3]}")
    return found


def shown(cell: object, kind: str) -> str:
    """What a spreadsheet in English shows of a cell."""
    from reports.tables import yes_or_no

    if cell is None:
        return ""
    if isinstance(cell, bool):
        return yes_or_no(cell)
    if kind == "percent" and isinstance(cell, int | float | Decimal):
        return f"{round(float(cell), 1):g}%"
    if kind == "decimal" and isinstance(cell, int | float | Decimal):
        return f"{float(cell):g}"
    return str(cell)


def parts_of(made: Made) -> list[Path]:
    """The tables of the archive of a CSV."""
    with zipfile.ZipFile(made.path) as archive:
        inside = made.path.with_suffix("")
        archive.extractall(inside)
    renamed = []
    for sheet in made.told.sheets:
        renamed.append((inside / f"{sheet.name}.csv").rename(inside.parent / f"{made.path.stem}--{sheet.name}.csv"))
    return renamed


def faults_of_csv(made: Made, paths: list[Path], out: Path) -> list[str]:
    """Each table as a spreadsheet set to French reads it, against ours: numbers as numbers, dates as dates."""
    import python_calamine

    found = []
    for sheet, path in zip(made.told.sheets, paths, strict=True):
        book = python_calamine.CalamineWorkbook.from_path(str(out / f"{path.stem}.xlsx"))
        theirs = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        for row, ours in zip(theirs[1:], sheet.table.lines, strict=True):
            different = [(one, other) for one, other in zip(ours, row, strict=True) if not same(one, other)]
            found += [f"{sheet.title}: {one!r} is read as {other!r}" for one, other in different]
    return found[:3]


def same(ours: object, theirs: object) -> bool:
    words = "" if ours is None else str(ours)
    if isinstance(theirs, float):
        return words.replace(",", ".").replace("\u00a0", "") in (f"{theirs:g}", f"{theirs:.1f}", str(theirs))
    return " ".join(words.split()) == " ".join(str(theirs).removeprefix("'").split())


def main() -> int:
    import shutil

    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        database = folder / "demo.sqlite3"
        shutil.copy(sqlite_template(), database)
        os.environ |= {"DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "accompagnement.settings"}
        import django

        django.setup()
        from django.core.management import call_command
        from django.utils import translation

        call_command("demo", stdout=io.StringIO())
        translation.activate("fr-ca")
        made = list(make(folder))
        books = [one for one in made if one.format == "xlsx"]
        texts = {one.name: parts_of(one) for one in made if one.format == "csv"}
        as_csv = opened(folder, [one.path for one in books], ALL_SHEETS)
        as_xlsx = opened(folder, [path for paths in texts.values() for path in paths], "xlsx", FRENCH)
        checks = {
            "xlsx": lambda one: faults_of_workbook(one, as_csv),
            "csv": lambda one: faults_of_csv(one, texts[one.name], as_xlsx),
            "exchange": faults_of_exchange,
            "pdf": faults_of_pdf,
        }
        faults = [f"{one.name}: {fault}" for one in made for fault in checks[one.format](one)]
    print(f"{len(made)} files opened.", *faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
