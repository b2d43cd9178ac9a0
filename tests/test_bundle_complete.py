"""A bundle is complete: each thing that is stored has a column or a reason, and whole boards come back the same."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from frictionless import Package

from accompagnement.demo.cast import make_cast
from accompagnement.synthetic.generate import generate
from accompagnement.synthetic.shape import Size
from exchange.bundle.datapackage import data_package
from exchange.bundle.files import FILES, NAMES
from exchange.bundle.importing import import_bundle
from exchange.bundle.once_rules import OnceRules
from exchange.bundle.outside import FIELDS, why_without_column, why_without_file
from exchange.bundle.rules import RULES
from exchange.bundle.writer import header_of
from exchange.tests.bundles import EVERYTHING, read, write
from exchange.tests.test_bundle_export import export, taken_back
from guidelines.decisions import Decision, decide
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, FlagEvent
from people.models import SchoolBoard, User

OURS = ("people", "programs", "mentoring", "guidelines", "reports", "exchange")
STORED = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OURS]
TINY = Size(1, 1, 20, 2, 20, 20)
NEVER_GIVEN = {("timetable", "on"), ("entry_uuid",)}
"""What a file can't break: it gives none of it."""


def test_every_model_has_a_file_or_a_reason() -> None:
    carried = {file.model for file in FILES}
    undecided = [m._meta.label for m in STORED if (m in carried) == bool(why_without_file(m._meta.label))]
    assert not undecided, "give it a file in exchange/bundle/files, or say why in exchange/bundle/outside.py"


def test_every_attribute_of_a_carried_model_has_a_column_or_a_reason() -> None:
    for model in {file.model for file in FILES}:
        files = [file for file in FILES if file.model is model]
        said = {column.attribute for file in files for column in file.columns}
        said |= {name for file in files for name in (*file.identity, *(name for name, _compute in file.derived))}
        stored = {field.attname for field in model._meta.concrete_fields if not field.primary_key}
        label = model._meta.label
        assert stored - said == {name for name in stored if why_without_column(label, name)} - {"board_id"}, label


def test_no_reason_outlives_its_attribute() -> None:
    stored = {file.model._meta.label: {field.attname for field in file.model._meta.fields} for file in FILES}
    for place in FIELDS:
        label, _point, name = place.rpartition(".")
        assert any(name in names for of, names in stored.items() if of == label or not label), place


def test_what_the_database_keeps_once_is_refused_by_its_place() -> None:
    """Else two rows of a file end in a sentence that names neither."""
    for file in (file for file in FILES if "id" not in file.identity):  # the others make no row
        rule = RULES[file.rules]
        asked = set(rule.names) if issubclass(rule, OnceRules) else set()
        for names in uniques(file.model):
            told = {file.model._meta.get_field(name).attname for name in names}  # type: ignore[union-attr]
            assert names in NEVER_GIVEN or told <= {*file.identity} or told <= asked, (file.name, names)


def uniques(model: type[models.Model]) -> list[tuple[str, ...]]:
    """What no two rows share; an e-mail is the affair of its own rules."""
    constraints = [c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint) and c.fields]
    alone = [(field.name,) for field in model._meta.fields if field.unique and not field.primary_key]
    return [tuple(c.fields) for c in constraints] + [names for names in alone if names != ("email",)]


def test_the_complete_bundle_fills_every_column_of_every_file(tmp_path: Path) -> None:
    rows = read(write(tmp_path / "all.zip", EVERYTHING))
    for name in NAMES:
        columns = header_of([file for file in FILES if file.name == name])
        assert not [column for column in columns if not any(row[column] for row in rows[name])], name


def everything(folder: Path) -> str:
    import_bundle(path=write(folder / "all.zip", EVERYTHING))
    return "css-a"


def the_cast(_folder: Path) -> str:
    make_cast(date(2026, 11, 23))
    return "css-hauts-vents"


def a_school(_folder: Path) -> str:
    """A generated one, evaluated, with a decision on some of its findings."""
    generate(TINY, on=date(2026, 11, 22), years=1)
    board = SchoolBoard.objects.get()
    evaluate_board(board, on=date(2026, 11, 22))
    person = User.objects.get_queryset().filter(board=board).first()
    assert person is not None
    of_each_rule = Flag.objects.live().order_by("guideline").values("guideline").annotate(first=models.Min("pk"))
    decision = Decision(FlagEvent.Kind.DISMISSED, reason="Vu, «\u00a0à suivre\u00a0»;", reason_code="known")
    decide(of_each_rule.values_list("first", flat=True), decision, person=person, on=date(2026, 11, 22))
    return board.key


@pytest.mark.django_db
@pytest.mark.usefixtures("today", "cheap_passwords")
@pytest.mark.parametrize("made", [everything, the_cast, a_school])
def test_a_whole_board_is_valid_for_others_and_comes_back_the_same(tmp_path: Path, made: Callable[[Path], str]) -> None:
    """« For others »: by the Frictionless tool, which knows nothing of us."""
    with taken_back():
        board = made(tmp_path)
        first = export(tmp_path / "first.zip", board)
        found = findings(board)
    import_bundle(path=tmp_path / "first.zip")
    assert export(tmp_path / "second.zip", board) == first
    assert findings(board) == found
    evaluate_board(SchoolBoard.objects.get(key=board), on=date(2026, 11, 23))
    assert not frictionless_errors(tmp_path / "first.zip")


def findings(board: str) -> list[str]:
    told = StringIO()
    call_command("evaluate", board=board, on="2026-11-23", dry_run=True, json=True, stdout=told, skip_checks=True)
    return told.getvalue().splitlines()


def frictionless_errors(path: Path) -> list[tuple[str, str]]:
    """What the tool says of a bundle's tables that have rows: opening each of the others costs it as much."""
    folder = path.parent / path.stem
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    package = json.loads((folder / "datapackage.json").read_text())
    filled = {name.removesuffix(".csv") for name, rows in read(path).items() if rows}
    package["resources"] = [r for r in package["resources"] if r["name"] in filled]
    for resource in package["resources"]:
        keys = resource["schema"].get("foreignKeys", [])
        resource["schema"]["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in filled]
    (folder / "datapackage.json").write_text(json.dumps(package))
    report = Package(str(folder / "datapackage.json")).validate()
    return [(task.name, error.message) for task in report.tasks for error in task.errors] + [
        ("", error.message) for error in report.errors
    ]


def test_the_tool_sees_what_is_wrong(tmp_path: Path) -> None:
    """Else its silence on the boards above would say nothing."""
    terms = [file for file in FILES if file.name == "terms.csv"]
    with zipfile.ZipFile(tmp_path / "wrong.zip", "w") as archive:
        archive.writestr("datapackage.json", data_package({"terms.csv": (header_of(terms), terms)}))
        archive.writestr("terms.csv", "school_year,name,starts_on,ends_on\nA26,Étape 1,28 août,2026-11-14\n")
    assert [name for name, _words in frictionless_errors(tmp_path / "wrong.zip")] == ["terms"]
