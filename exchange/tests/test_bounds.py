"""What comes in is bounded before it is cut into cells, and a large file takes no more memory than a small one."""

import gc
import io
import tracemalloc
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files import uploadhandler
from django.core.management import CommandError, call_command
from django.http.multipartparser import MultiPartParser
from django.test import Client, RequestFactory
from pytest_django import Settings

from exchange import lines
from exchange.bundle.importing import import_bundle
from exchange.imports.sheets import LARGEST
from exchange.models import ImportRun
from exchange.reading import Refused, open_zip_members
from exchange.scratch import Scratch
from exchange.tests.bundles import EVERYTHING, write
from exchange.tests.roster_files import ONEROSTER_11, archive, kinds, run, with_rows
from mentoring.models import Dyad, DyadMeeting
from people.models import Student, User
from programs.models import Attendance
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.once]

USERS = ONEROSTER_11["users.csv"]
MEETINGS = "key,dyad,on,status,note\n"


def zipped(folder: Path, name: str, content: str) -> Path:
    """Compressed, as whoever wants to harm would send it."""
    path = folder / "dense.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for other, text in (EVERYTHING | {name: content}).items():
            made.writestr(other, text)
    return path


def refused_roster(folder: Path, users: str) -> list[tuple[str, int | None, str, str]]:
    told = run(archive(folder, {**ONEROSTER_11, "users.csv": users}))
    assert not User.objects.exists()
    return [(error["file"], error["row"], error["column"], error["message"]) for error in told["errors"]]


def refused_bundle(folder: Path, name: str, content: str) -> list[tuple[str, int, str, str]]:
    with pytest.raises(Refused) as refused:
        import_bundle(path=zipped(folder, name, content))
    assert not Student.objects.exists()
    return [(p.file, p.row, p.column, p.sentence) for p in refused.value.problems]


COLUMNS = ",".join(f"colonne{number}" for number in range(200_000))


@pytest.mark.parametrize("header", [COLUMNS, COLUMNS[:60_000]], ids=["beyond a row", "within a row"])
def test_a_table_of_200000_columns_is_not_cut_into_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    rows: list[int] = []
    seen = lines.Lines.end_row
    monkeypatch.setattr(lines.Lines, "end_row", lambda self, cells: (rows.append(len(cells)), seen(self, cells))[1])
    row = "x," * (header.count(",")) + "x\n"
    wide = ("users.csv", 1, "", "l’en-tête a plus de 256 colonnes.")
    assert refused_roster(tmp_path, f"{header}\n{row * 5}") == [wide]
    assert rows.count(header.count(",") + 1) <= 1, "no row after the header was read"
    [found] = refused_bundle(tmp_path, "attendance.csv", f"{header}\n{row * 5}")
    assert found == ("attendance.csv", *wide[1:])


def test_a_cell_beyond_its_bound_is_refused_by_its_place_and_a_long_note_is_not(tmp_path: Path) -> None:
    at = USERS.replace("Tanguay,,,zoe", "T" * 20_000 + ",,,zoe")
    assert refused_roster(tmp_path, at) == [("users.csv", 3, "familyName", "la cellule dépasse 16384 caractères.")]
    row = "R1,D1,2026-09-15,held,"
    note = f"{MEETINGS}R0,D1,2026-09-15,held,court\n{row}{'n' * 70_000}\n"
    assert refused_bundle(tmp_path, "dyad_meetings.csv", note) == [
        ("dyad_meetings.csv", 3, "note", "la cellule dépasse 65536 caractères.")
    ]
    import_bundle(path=zipped(tmp_path, "dyad_meetings.csv", f"{MEETINGS}{row}{'n' * 10_000}\n"))
    assert len(DyadMeeting.objects.get().note) == 10_000


class Counted(io.BytesIO):
    """Tells how far it was read."""

    furthest = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        Counted.furthest = max(Counted.furthest, self.tell())
        return data

    read1 = read


@pytest.mark.parametrize("text", ["x" * 9_000_000, '"' + "a\n" * 4_500_000, '"' + 'a\n","' * 1_500_000])
def test_a_row_without_end_is_read_no_further_than_a_row_may_be_long(text: str) -> None:
    Counted.furthest = 0
    bounds = lines.Bounds()
    given = lines.Lines("a.csv", io.TextIOWrapper(Counted(text.encode()), "utf-8", newline=""), bounds)
    with pytest.raises(Refused, match="la ligne dépasse 262144 caractères"):
        list(lines.table_rows(given, strict=True))
    assert Counted.furthest < 2 * bounds.row


class Endless:
    """A body whose only file is ten times as large as one may be."""

    def __init__(self) -> None:
        self.head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="liste.csv"\r\n\r\n'
        self.left = self.length = 10 * LARGEST

    def read(self, size: int) -> bytes:
        given, self.head = self.head, b""
        size = min(size - len(given), self.left)
        self.left -= size
        return given + b"x" * size


def test_a_file_without_end_is_dropped_while_it_comes_in(tmp_path: Path, settings: Settings) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    sent, told = Endless(), {"CONTENT_TYPE": "multipart/form-data; boundary=b"}
    handlers = [uploadhandler.load_handler(one, RequestFactory().get("/")) for one in settings.FILE_UPLOAD_HANDLERS]
    kept: list[object] = []

    def parse() -> None:
        parser = MultiPartParser({**told, "CONTENT_LENGTH": str(sent.length)}, sent, handlers)
        kept.extend(parser.parse()[1].items())

    assert peak(parse) < LARGEST / 2, "bytes"
    assert (kept, sent.left) == ([], 0)
    gc.collect()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["../../etc/liste.csv", "..\\..\\liste.csv", "/etc/liste.csv"])
def test_a_file_is_kept_by_its_last_name(cast: Cast, client_of: Callable[[User], Client], name: str) -> None:
    head = f'--b\r\nContent-Disposition: form-data; name="entry_uuid"\r\n\r\n{uuid.uuid4()}\r\n--b\r\n'
    head += f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\nFiche;Nom\r\n9005;Roy\r\n--b--\r\n'
    sent = client_of(cast.alain).post("/importer/", head.encode(), content_type="multipart/form-data; boundary=b")
    assert sent.status_code == 302
    assert ImportRun.objects.get().file_name == "liste.csv"


def test_a_row_of_many_lines_stays_within_its_bound_in_both_formats(tmp_path: Path) -> None:
    # Random enough to pass for an honest archive.
    long = "".join(f"{number:x}" for number in range(120_000))
    [(file, row, _column, sentence)] = refused_roster(tmp_path, f"{USERS}\n{long}")
    assert (file, row) == ("users.csv", 5)
    assert "65536 caractères" in sentence
    [(file, row, _column, sentence)] = refused_bundle(tmp_path, "dyad_meetings.csv", f"{MEETINGS}{long}\n")
    assert (file, row) == ("dyad_meetings.csv", 2)
    assert "262144 caractères" in sentence


def test_a_file_of_too_many_rows_stops_at_the_first_of_them(tmp_path: Path) -> None:
    orgs = [f"ec-{number},,,École,school,,css" for number in range(10, 10_011)]
    told = run(archive(tmp_path, with_rows(ONEROSTER_11, "orgs.csv", *orgs)))
    assert [(e["file"], e["row"], e["message"]) for e in told["errors"]] == [
        ("orgs.csv", 10_001, "le fichier dépasse 10000 lignes.")
    ]


def test_one_person_does_not_have_ten_thousand_roles(tmp_path: Path) -> None:
    roles = "sourcedId,userSourcedId,roleType,role,orgSourcedId\n" + "".join(
        f"r-{number},p-1,secondary,teacher,ec-1\n" for number in range(10_000)
    )
    told = run(archive(tmp_path, {**ONEROSTER_11, "roles.csv": roles}))
    assert [(e["file"], e["message"]) for e in told["errors"]] == [
        ("roles.csv", "«\u00a0p-1\u00a0» y a plus de 200 rôles.")
    ]


def test_an_archive_of_members_without_number_or_of_another_compression_is_not_opened(tmp_path: Path) -> None:
    many = tmp_path / "many.zip"
    with zipfile.ZipFile(many, "w") as made:
        for number in range(20_000):
            made.writestr(f"{number}{'x' * 200}.csv", "")
    squeezed = tmp_path / "squeezed.zip"
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr("boards.csv", "key,name\n")
    for path, words in ((many, "plus de 500 fichiers"), (squeezed, "façon inconnue")):
        with pytest.raises(Refused, match=words):
            open_zip_members(path).__enter__()


def test_of_thousands_of_errors_a_roster_shows_the_first_and_counts_the_others(tmp_path: Path) -> None:
    path = archive(tmp_path, with_rows(ONEROSTER_11, "users.csv", *[",,,true,ec-1,aide"] * 3000))
    told = run(path)
    assert (len(told["errors"]), told["more_errors"]) == (1000, 2000)
    assert told["errors"][0]["row"] == 5
    stderr = io.StringIO()
    with pytest.raises(CommandError, match="3000 erreurs"):
        call_command("import_roster", path, board="erables", stdout=io.StringIO(), stderr=stderr)
    assert stderr.getvalue().splitlines()[-1] == "… et 2000 autres problèmes."
    assert {("users.csv", row, "ragged_row") for row in range(5, 3005)} <= kinds(told), "a tolerance is never left out"


def test_a_full_disk_has_a_sentence() -> None:
    def fill() -> None:
        with Scratch() as scratch:
            scratch._file.execute("PRAGMA max_page_count = 20")
            scratch.shelf().put((str(number), 0, "x" * 1000) for number in range(1000))

    with pytest.raises(Refused, match="le disque est plein"):
        fill()


def peak(action: Callable[[], object]) -> int:
    """The most that Python held at one time, beyond what it held before."""
    lazily = gc.get_threshold()
    gc.collect()
    gc.freeze()  # what was there does not put off the collection of what comes
    gc.set_threshold(700, 10, 10)
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.set_threshold(*lazily)
        gc.unfreeze()


def roster_of(path: Path, count: int) -> Path:
    """Adults with an address, students with a birth date, and a parent of each."""
    ids = [f"{count}-{number}" for number in range(count)]
    people = [f"p-{n},,,true,ec-1,teacher,u{n},,Rose,Lapointe,,,p{n}@erables.example,,,,," for n in ids]
    people += [f"e-{n},,,true,ec-1,student,u{n},,Zoé,Tanguay {n},,,,,,g-{n},09," for n in ids]
    people += [f"g-{n},,,true,ec-1,parent,u{n},,Luc,Tanguay,,,,,,e-{n},," for n in ids]
    births = [f"e-{n},,,2012-02-28," for n in ids]
    files = with_rows(ONEROSTER_11, "users.csv", *people)
    files["demographics.csv"] = "\n".join([ONEROSTER_11["demographics.csv"], *births])
    return archive(path.parent, files, path.name)


def test_a_roster_eight_times_as_long_takes_no_more_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("records", "files", "oneroster", "emails"):
        monkeypatch.setattr(f"exchange.rosters.{module}.CHUNK", 100)

    def load(count: int) -> None:
        path = roster_of(tmp_path / f"{count}.zip", count)
        most[count] = peak(
            lambda: call_command("import_roster", path, board="erables", json=True, stdout=io.StringIO())
        )

    most: dict[int, int] = {}
    for count in (150, 151, 1208):  # the first pays for what is made once
        load(count)
    assert Student.objects.count() == 1 + 150 + 151 + 1208
    assert most[1208] < 1.5 * most[151], f"{most[151] / 1e6:.2f} MB, then {most[1208] / 1e6:.2f} MB"


def bundle_of(path: Path, count: int) -> Path:
    """People with a role, group meetings with who came, and dyad meetings."""
    days = [f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(count)]
    header, *known = EVERYTHING["people.csv"].splitlines()
    people = [f"N{count}-{n},css-a,E1,Nadia,Ferhat,n{count}-{n}@a.example,mentor" for n in range(count)]
    rows = [(f"{count}-{n},", day) for n, day in enumerate(days)]
    return write(
        path,
        EVERYTHING,
        people="\n".join([header, *known, *people]),
        group_meetings="key,group,on,status\n" + "".join(f"M{key}GR1,{day},held\n" for key, day in rows),
        attendance="meeting,student,status\n" + "".join(f"M{key}S1,present\n" for key, _day in rows),
        dyad_meetings=MEETINGS + "".join(f"R{key}D1,{day},held,Une note\n" for key, day in rows),
    )


def test_a_bundle_eight_times_as_long_takes_no_more_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("importing.BATCH", "roles.CHUNK", "rules.CHUNK"):
        monkeypatch.setattr(f"exchange.bundle.{name}", 50)
    most: dict[int, int] = {}
    for count in (75, 76, 608):  # the first pays for what is made once
        path = bundle_of(tmp_path / f"{count}.zip", count)
        most[count] = peak(lambda path=path: import_bundle(path=path))
    assert (DyadMeeting.objects.count(), Attendance.objects.count()) == (759, 759)
    assert most[608] < 1.5 * most[76], f"{most[76] / 1e6:.2f} MB, then {most[608] / 1e6:.2f} MB"
    again = import_bundle(path=path)
    assert {name for name, count in again.items() if count.created or count.updated} == set()


def test_people_exchange_addresses_however_far_apart_their_rows_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exchange.bundle.importing.BATCH", 1)
    import_bundle(path=write(tmp_path / "a.zip", EVERYTHING))
    header = "key,board,email\n"
    turn = f"{header}P1,css-a,julie@a.example\nP4,css-a,nadia@a.example\nP2,css-a,\n"
    counts = import_bundle(path=write(tmp_path / "b.zip", {"people.csv": turn}))
    assert dict(User.objects.filter(key__in=["P1", "P2", "P4"]).values_list("key", "email")) == {
        "P1": "julie@a.example",
        "P2": None,
        "P4": "nadia@a.example",
    }
    assert (counts["people.csv"].updated, counts["people.csv"].unchanged) == (3, 0)
    with pytest.raises(Refused) as refused:
        import_bundle(path=write(tmp_path / "c.zip", {"people.csv": f"{header}P2,css-a,nadia@a.example\n"}))
    assert [(p.row, p.column) for p in refused.value.problems] == [(2, "email")]
    assert "d’une autre personne" in str(refused.value)


def test_rows_are_held_against_each_other_across_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key said twice, a row that contradicts another, stays that overlap: each is in a batch of its own."""
    monkeypatch.setattr("exchange.bundle.importing.BATCH", 1)
    files = {
        **EVERYTHING,
        "dyads.csv": EVERYTHING["dyads.csv"] + "D1,PM,P3,S1,2026-09-10,,,,,,,,\n",
        "attendance.csv": EVERYTHING["attendance.csv"] + "M1,S2,excused\nM1,S1,late\n",
        "group_members.csv": EVERYTHING["group_members.csv"] + "GR1,S2,2026-10-01,,\n",
        "program_roles.csv": EVERYTHING["program_roles.csv"] + "PR9,PG,teacher,,\n",
    }
    with pytest.raises(Refused) as refused:
        import_bundle(path=write(tmp_path / "a.zip", files))
    assert {(p.file, p.row, p.column) for p in refused.value.problems} == {
        ("dyads.csv", 5, "key"),
        ("attendance.csv", 5, "status"),
        ("group_members.csv", 5, "starts_on"),
        ("program_roles.csv", 4, "actor"),
    }
    assert not Dyad.objects.exists()
