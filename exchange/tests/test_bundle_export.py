"""export_bundle: complete, and the same bytes after an import on an empty database."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exchange.bundle.declaration import BundleFile, Column
from exchange.bundle.files import FILES, NAMES
from exchange.bundle.importing import import_bundle
from exchange.bundle.types import Boolean, Choice, Clock, Day, Email, Items, Percent, Reference, TimeZone, Whole
from exchange.bundle.writer import export_bundle, table_text
from exchange.reading import Refused
from exchange.tests.bundles import EVERYTHING, read, write
from guidelines.catalogue import CATALOGUE
from guidelines.models import SUBJECTS, AgendaItem, GuidelineSetting
from mentoring.models import Agreement, DyadMeeting, FollowUp, Pause, Proposal
from mentoring.models.minutes import LEVELS
from people.models import SchoolBoard, User
from people.suppression import FEWEST

pytestmark = pytest.mark.django_db

Rows = dict[str, list[dict[str, str]]]


def export(path: Path, board: str = "css-a") -> bytes:
    export_bundle(board=SchoolBoard.objects.get(key=board), path=path)
    return path.read_bytes()


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_import_and_export_on_an_empty_database_give_the_same_bytes(tmp_path: Path) -> None:
    with taken_back():
        import_bundle(path=write(tmp_path / "all.zip", EVERYTHING))
        first = export(tmp_path / "first.zip")
    import_bundle(path=tmp_path / "first.zip")
    assert export(tmp_path / "second.zip") == first
    assert all(not c.created and not c.updated for c in import_bundle(path=tmp_path / "first.zip").values())


def test_the_bytes_are_the_same_however_few_rows_are_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_bundle(path=write(tmp_path / "all.zip", EVERYTHING))
    first = export(tmp_path / "first.zip")
    monkeypatch.setattr("exchange.bundle.writer.IN_MEMORY", 2)
    monkeypatch.setattr("exchange.bundle.writer.AT_ONCE", 1)
    assert export(tmp_path / "second.zip") == first


def test_every_cell_comes_out_as_it_went_in(tmp_path: Path) -> None:
    import_bundle(path=write(tmp_path / "all.zip", EVERYTHING))
    export(tmp_path / "a.zip")
    export(tmp_path / "b.zip", "css-b")
    given_rows, one, other = read(tmp_path / "all.zip"), read(tmp_path / "a.zip"), read(tmp_path / "b.zip")
    assert list(one) == list(NAMES)
    for name in NAMES:
        came = sorted(tuple(row.items()) for row in one[name] + other[name])
        went = sorted(tuple(row.items()) for row in given_rows[name])
        if name == "memberships.csv":  # the board of a scope is written even where it was derived
            went = sorted(tuple({**dict(row), "board": "css-a"}.items()) for row in went)
        assert came == went, name


def test_a_board_s_file_says_nothing_of_another(tmp_path: Path) -> None:
    import_bundle(path=write(tmp_path / "all.zip", EVERYTHING))
    export(tmp_path / "b.zip", "css-b")
    rows = read(tmp_path / "b.zip")
    assert [row["key"] for row in rows["students.csv"]] == ["T1"]
    assert rows["group_members.csv"] == []


def test_what_was_undone_stays_out(tmp_path: Path) -> None:
    import_bundle(path=write(tmp_path / "all.zip", EVERYTHING))
    meeting = DyadMeeting.objects.get(key="R1")
    meeting.deleted_at = timezone.now()
    meeting.save()
    FollowUp.objects.update(deleted_at=timezone.now())
    export(tmp_path / "a.zip")
    rows = read(tmp_path / "a.zip")
    assert "R1" not in [row["key"] for row in rows["dyad_meetings.csv"]]
    assert rows["followups.csv"] == []


def test_of_two_settings_from_one_day_on_the_one_in_force_comes_back(tmp_path: Path) -> None:
    import_bundle(path=write(tmp_path / "all.zip", EVERYTHING))
    first = GuidelineSetting.objects.get(key="GS1")
    first.pk, first.key, first.value = None, "GS0", 13  # typed later the same day, and sorted before the other
    first.save()
    export(tmp_path / "a.zip")
    assert [row["key"] for row in read(tmp_path / "a.zip")["guideline_settings.csv"]] == ["GS0", "GS2"]


def test_the_schema_describes_each_file(tmp_path: Path) -> None:
    import_bundle(path=write(tmp_path / "all.zip", EVERYTHING))
    export(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        package = json.loads(archive.read("datapackage.json"))
        for resource in package["resources"]:
            header = archive.read(resource["path"]).decode().splitlines()[0].split(",")
            assert [field["name"] for field in resource["schema"]["fields"]] == header
    dyads = next(r["schema"] for r in package["resources"] if r["name"] == "dyads")
    assert dyads["primaryKey"] == ["key"]
    assert {"fields": "mentor", "reference": {"resource": "mentors", "fields": "person"}} in dyads["foreignKeys"]


def test_what_was_typed_elsewhere_comes_back_with_the_same_bytes(tmp_path: Path) -> None:
    with taken_back():
        import_bundle(path=write(tmp_path / "all.zip", EVERYTHING))
        Agreement.objects.update(objectives=["lire | écrire", " parler ", "", "|"])
        User.objects.filter(key="P1").update(email="Nadia@A.example")
        first = export(tmp_path / "first.zip")
    import_bundle(path=tmp_path / "first.zip")
    assert export(tmp_path / "second.zip") == first
    assert Agreement.objects.signed().get().objectives == ["lire / écrire", "parler", "/"]


def test_a_record_that_the_bundle_can_not_tell_from_another_is_named(tmp_path: Path) -> None:
    import_bundle(path=write(tmp_path / "all.zip", EVERYTHING))
    first = Pause.objects.get(dyad__key="D2")
    Pause.objects.create(dyad=first.dyad, starts_on=first.starts_on, ends_on=date(2026, 12, 1))
    _counts, doubles = export_bundle(board=SchoolBoard.objects.get(key="css-a"), path=tmp_path / "a.zip")
    assert [double.file for double in doubles] == ["pauses.csv"]
    import_bundle(path=tmp_path / "a.zip")


def test_a_target_that_can_not_be_written_has_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    import_bundle(path=write(tmp_path / "all.zip", EVERYTHING))
    (tmp_path / "folder").mkdir()
    for target in (tmp_path / "nowhere" / "a.zip", tmp_path / "folder"):
        with pytest.raises(CommandError, match="ne peut pas être écrit"):
            call_command("export_bundle", str(target), board="css-a", skip_checks=True)
    with pytest.raises(CommandError, match="Clés connues\u00a0: css-a, css-b"):
        call_command("export_bundle", str(tmp_path / "a.zip"), board="rien", skip_checks=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.zip", "folder"]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def cell(column: Column, keys: dict[str, list[str]]) -> st.SearchStrategy[str]:
    """Any text that the column accepts, by its type."""
    match column.type:
        case Reference(file=file):
            return st.sampled_from(keys[file]) if keys.get(file) else st.just("")
        case Choice(values=values):
            return st.sampled_from(values)
        case Items(values=values):
            items = st.sampled_from(values) if values else TEXT.map(lambda s: s.replace("|", "").strip()).filter(bool)
            return st.lists(items, max_size=3, unique=True).map("|".join)
        case TimeZone():
            return st.sampled_from(["America/Toronto", "America/Halifax"])
        case Email():
            return st.uuids().map(lambda u: f"{u.hex[:10]}@exemple.example")
        case Whole(minimum=low, maximum=high):
            return st.integers(low, high).map(str)
        case Percent():
            return st.decimals(Decimal(0), Decimal(100), places=2).map(lambda d: f"{d.normalize():f}")
        case Boolean():
            return st.sampled_from(["true", "false"])
        case Day():
            return DAYS.map(date.isoformat)
        case Clock():
            return st.times(time(0), time(23, 59)).map(lambda t: t.isoformat("minutes"))
        case _:
            return TEXT


@st.composite
def rows_of(draw: st.DrawFn, file: BundleFile, keys: dict[str, list[str]]) -> list[dict[str, str]]:
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for number in range(draw(st.integers(1 if file.handle else 0, 3))):
        row = {}
        for column in file.columns:
            optional = not column.required and column.name != file.given
            row[column.name] = "" if optional and draw(st.booleans()) else draw(cell(column, keys))
        if file.handle == "key":
            row["key"] = f"{row['key']}{number}"
        if any(column.required and not row[column.name] for column in file.columns):
            continue
        names = {c.attribute: c.name for c in file.columns}
        for start, end in file.ranges:
            if row[names[end]] and row[names[end]] < row[names[start]]:
                row[names[end]] = row[names[start]]
        settle(file, row)
        if file.name == "agenda_items.csv" and not any(row[kind] for kind in AgendaItem.KINDS):
            continue
        if file.name == "finding_decisions.csv":
            subject = CATALOGUE[row["guideline"]].subject
            row |= dict.fromkeys(SUBJECTS, "") | {subject: draw(cell(column_of(file, subject), keys))}
            if not row[subject]:
                continue
        rows.setdefault(identity(file, row), row)
    return list(rows.values())


def column_of(file: BundleFile, name: str) -> Column:
    return next(column for column in file.columns if column.name == name)


def settle(file: BundleFile, row: dict[str, str]) -> None:
    """What the declarations' rules ask of one row."""
    if row.get("cadence_unit") == "cycle" and not row["cadence_days"]:
        row["cadence_days"] = "9"
    if {"given_name", "family_name"} <= row.keys() and not (row["given_name"] or row["family_name"]):
        row["family_name"] = "Najibullah"
    if file.given:
        row["weekday"], row["cycle_day"] = ("", "10") if row["cycle_day"] else ("7", "")
    if file.name == "agenda_items.csv":
        for kind in AgendaItem.KINDS[1:]:
            row[kind] = "" if row["dyad"] or (kind == "student" and row["group"]) else row[kind]
    if file.name == "minute_tallies.csv":
        for level in LEVELS:
            row[level] = "" if 0 < int(row[level] or 0) < FEWEST else row[level]
    if file.name == "memberships.csv":
        row["board"] = "B"
    if file.name == "guideline_settings.csv":
        numbers = CATALOGUE[row["guideline"]].settable
        row["name"] = next(iter(numbers), "warning")
        row["guideline"] = row["guideline"] if numbers else "dyad-gap"
        if row.get("value"):  # any other may make no sense beside the rest
            row["value"] = str(CATALOGUE[row["guideline"]].settable[row["name"]])


ONCE = {
    "matching_rounds.csv": ("program",),  # of which one may pend
    "finding_decisions.csv": ("guideline", *SUBJECTS),
    "group_members.csv": ("group", "student"),  # two stays in one group could overlap
    "program_roles.csv": ("program", "actor"),
    "style_assessments.csv": ("mentor", "on"),
    "mentor_approaches.csv": ("mentor", "on"),
    "minute_items.csv": ("code",),
    "minute_tallies.csv": ("program", "month", "item"),
    "retention_plans.csv": ("board",),
}


def identity(file: BundleFile, row: dict[str, str]) -> tuple[str, ...]:
    if file.name in ONCE:
        return tuple(row[name] for name in ONCE[file.name])
    return tuple(
        str(value_of(column, row[column.name])) for column in file.columns if column.attribute in file.identity
    )


def value_of(column: Column, text: str) -> Any:
    return column.type.parse(text) if text else column.empty()


def proposals(draw: st.DrawFn, tables: Rows) -> list[dict[str, str]]:
    """Some of the referrals to the programmes of the rounds, each with a mentor or none."""
    mentors = [row["person"] for row in tables["mentors.csv"]]
    columns = dict.fromkeys(("rematch_reason", "unverified_reason", "untrained_reason", "dyad"), "")
    return [
        {
            **columns,
            "round": one["key"],
            "student": referral["student"],
            "referred_on": referral["referred_on"],
            "mentor": draw(st.sampled_from(["", *mentors])),
            "choice": draw(st.sampled_from(Proposal.Choice.values)),
            "rematch_reason": draw(TEXT),
        }
        for one in tables["matching_rounds.csv"]
        for referral in tables["referrals.csv"]
        if referral["program"] == one["program"]
    ]


@st.composite
def bundles(draw: st.DrawFn) -> dict[str, str]:
    keys = {"boards.csv": ["B"]}
    tables: Rows = {}
    headers: dict[str, list[str]] = {}
    for file in FILES:
        if file.name == "boards.csv":
            rows = [{"key": "B", "name": draw(TEXT), "kind": "css", "language": "fr", "time_zone": ""}]
        else:
            rows = draw(rows_of(file, keys))
        if file.name == "match_proposals.csv":
            rows = proposals(draw, tables)
        if file.name == "outcomes.csv":
            agree = {row["student"] for row in tables["consents.csv"] if not row["withdrawn_on"]}
            rows = [row for row in rows if row["student"] in agree]
        if file.handle:
            keys[file.name] = [row[file.handle_column] for row in rows]
        tables.setdefault(file.name, []).extend(rows)
        headers.setdefault(file.name, []).extend(c.name for c in file.columns if c.name not in headers[file.name])
    return {
        name: table_text([headers[name], *([row.get(column, "") for column in headers[name]] for row in rows)])
        for name, rows in tables.items()
    }


# Shrinking a whole bundle takes minutes, and the sentence of a refusal names its cell.
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(files=bundles())
def test_any_bundle_comes_back_the_same(tmp_path: Path, files: dict[str, str]) -> None:
    path = write(tmp_path / "any.zip", files)
    try:
        with taken_back():
            import_bundle(path=path)
            assert all(not c.created and not c.updated for c in import_bundle(path=path).values())
            first = export(tmp_path / "first.zip", "B")
        with taken_back():
            import_bundle(path=tmp_path / "first.zip")
            assert export(tmp_path / "second.zip", "B") == first
    except Refused as refused:
        pytest.fail(str(refused))
