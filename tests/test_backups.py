"""Backups: the drill on a real PostgreSQL, what is refused, what stays of the old ones; and SQLite's own."""

import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accompagnement.demo.cast import Cast
from accompagnement.models import Pulse
from accompagnement.operations import archives, dumps, pruning
from people.models import Mailing, SchoolBoard, User
from tests.own_server import move_to, moved
from tests.own_server import run as run_on
from tests.patience import until
from tools.postgres import Server

Said = Callable[..., str]


def said(name: str, *words: object, **options: object) -> str:
    out = StringIO()
    call_command(name, *map(str, words), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def key(tmp_path: Path, settings: Settings) -> Path:
    """The file of the key that the machine itself would not hold."""
    identity = pyrage.x25519.Identity.generate()
    settings.BACKUP_RECIPIENTS = [str(identity.to_public())]
    file = tmp_path / "key"
    file.write_text(f"# made for the test\n{identity}\n")
    return file


@pytest.fixture
def writer() -> Iterator[Callable[[User], list[int]]]:
    """Somebody who keeps writing: what was acknowledged, by number."""
    acknowledged: list[int] = []
    over = threading.Event()

    def write(person: User) -> None:
        number = 0
        while not over.is_set():
            Mailing.objects.create(board_id=person.board_id, kind="essai", on=date(2000, 1, 1) + timedelta(number))
            acknowledged.append(number)
            number += 1
        connection.close()

    threads = []

    def begin(person: User) -> list[int]:
        threads.append(threading.Thread(target=write, args=[person]))
        threads[0].start()
        return acknowledged

    yield begin
    over.set()
    threads[0].join()


@pytest.mark.on_postgresql
def test_the_drill_gives_every_table_back_to_the_last_acknowledged_write(
    own_server: Server, cast: Cast, tmp_path: Path, key: Path, settings: Settings
) -> None:
    sent = tmp_path / "elsewhere"
    sent.mkdir()
    settings.BACKUP_SEND = f"cp {{file}} {sent}"
    SchoolBoard.objects.create(key="last", name="La dernière écriture")
    folder = tmp_path / "backups"
    folder.mkdir()
    assert ", sent; 0 older ones deleted" in said("backup", folder)
    (file,) = folder.iterdir()
    assert (file.stat().st_mode & 0o777, file.read_bytes()) == (0o600, (sent / file.name).read_bytes())
    assert b"vesque" not in file.read_bytes()
    assert timezone.now() - Pulse.objects.get(of="backup").at < timedelta(minutes=10)
    SchoolBoard.objects.create(key="after", name="Après la sauvegarde")

    run_on(own_server, "createdb", "elsewhere")
    with move_to(own_server, "elsewhere"):
        with pytest.raises(CommandError, match="--identity"):
            said("restore", file)
        assert "counts and sums are the same" in said("restore", file, "--identity", key)
        assert set(SchoolBoard.objects.values_list("key", flat=True)) >= {"last", cast.board.key}
        assert not SchoolBoard.objects.filter(key="after").exists()
        with pytest.raises(CommandError, match="not empty"):
            said("restore", file, "--identity", key)
        SchoolBoard.objects.all().filter(key="last").delete()
        said("restore", file, "--identity", key, "--overwrite")
        assert SchoolBoard.objects.filter(key="last").exists()


@pytest.mark.on_postgresql
def test_a_backup_that_can_not_be_put_back_leaves_what_was_there(
    own_server: Server, cast: Cast, tmp_path: Path
) -> None:
    own_server.obey("CREATE ROLE passing")
    with connection.cursor() as cursor:
        cursor.execute("CREATE POLICY passing ON people_schoolboard TO passing")
        said("backup", tmp_path / "file")
        cursor.execute("DROP POLICY passing ON people_schoolboard")
    own_server.obey("DROP ROLE passing")
    with pytest.raises(CommandError, match='role "passing" does not exist'):
        said("restore", tmp_path / "file", "--overwrite")
    assert SchoolBoard.objects.filter(key=cast.board.key).exists()


@pytest.mark.on_postgresql
def test_one_moment_is_saved_while_people_write(
    own_server: Server, cast: Cast, tmp_path: Path, key: Path, writer: Callable[[User], list[int]]
) -> None:
    acknowledged = writer(cast.nadia)
    until(lambda: len(acknowledged) > 20, said="they write")
    before = len(acknowledged)
    said("backup", tmp_path / "one.backup")
    after = len(acknowledged)
    run_on(own_server, "createdb", "meanwhile")
    with move_to(own_server, "meanwhile"):
        said("restore", tmp_path / "one.backup", "--identity", key)
        assert before <= Mailing.objects.filter(kind="essai").count() <= after


@pytest.mark.once
def test_sqlite_is_saved_and_put_back_by_the_same_commands(transactional_db: None, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite is not the database of this run")
    SchoolBoard.objects.create(key="css-neuf", name="Neuf")
    said("backup", tmp_path / "file")
    with moved(NAME=str(tmp_path / "other")):
        assert "counts and sums are the same" in said("restore", tmp_path / "file")
        assert SchoolBoard.objects.get().key == "css-neuf"
        with pytest.raises(CommandError, match="--overwrite"):
            said("restore", tmp_path / "file")


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_what_is_damaged_or_not_ours_changes_nothing(tmp_path: Path, key: Path, settings: Settings) -> None:
    file = tmp_path / "file"
    archives.write(file, recipients=settings.BACKUP_RECIPIENTS, at=timezone.now())
    whole = file.read_bytes()
    other = tmp_path / "other"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    file.write_bytes(whole[:-2000] + bytes(1000) + whole[-1000:])
    for words in ([file, "--identity", key], [tmp_path / "none"], [key], [file, "--identity", other]):
        with pytest.raises(CommandError):
            said("restore", *words)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_what_can_not_be_kept_is_said_and_is_no_sign_of_life(tmp_path: Path, settings: Settings, key: Path) -> None:
    settings.BACKUP_SEND = "false"
    with pytest.raises(CommandError, match="not sent"):
        said("backup", tmp_path / "file")
    with pytest.raises(CommandError, match="no folder"):
        said("backup", tmp_path / "nowhere/file")
    settings.BACKUP_RECIPIENTS, settings.PRODUCTION = [], True
    with pytest.raises(CommandError, match="BACKUP_RECIPIENTS"):
        said("backup", tmp_path / "file")
    assert not Pulse.objects.filter(of="backup").exists()


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_and_a_key_typed_wrong_are_said_as_they_are(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said("backup", tmp_path / "file")
    typed = tmp_path / "typed"
    typed.write_text(key.read_text().replace("AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1Q"))
    with pytest.raises(CommandError, match="typed is no key of age"):
        said("restore", tmp_path / "file", "--identity", typed, "--overwrite")
    encrypt, decrypt = pyrage.encrypt_file, pyrage.decrypt_file
    monkeypatch.setattr(pyrage, "encrypt_file", lambda plain, part, keys: encrypt(plain, "/dev/full", keys))
    monkeypatch.setattr(pyrage, "decrypt_file", lambda file, plain, keys: decrypt(file, "/dev/full", keys))
    for words in (["backup", tmp_path / "again"], ["restore", tmp_path / "file", "--identity", key, "--overwrite"]):
        with pytest.raises(CommandError, match=r"can't be (written|unpacked).*: No space left on device"):
            said(*map(str, words))


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_what_a_backup_that_was_killed_left_in_clear_goes_with_the_next(tmp_path: Path, key: Path) -> None:
    left = tmp_path / ".backup-killed"
    left.mkdir()
    (left / "plain").write_text("Thomas Lévesque")
    (tmp_path / ".accompagnement-20260101T000000Z.backup.part").write_text("cut")
    now = tmp_path / ".backup-at-work"
    now.mkdir()
    day_before = (timezone.now() - timedelta(days=1, hours=1)).timestamp()
    for one in tmp_path.iterdir():
        if one not in (now, key):
            os.utime(one, (day_before, day_before))
    said("backup", tmp_path)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == [now.name]


@pytest.mark.once
def test_the_programs_reach_the_server_that_django_reaches() -> None:
    with moved(OPTIONS={"target_session_attrs": "read-write", "sslcert": "/etc/a.pem", "connect_timeout": 5}):
        said = dumps.environment()
    assert (said["PGTARGETSESSIONATTRS"], said["PGSSLCERT"]) == ("read-write", "/etc/a.pem")


@pytest.mark.once
def test_days_weeks_and_months_keep_their_last(tmp_path: Path) -> None:
    night = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)
    for days in range(420):
        (tmp_path / (night - timedelta(days)).strftime(pruning.NAME)).touch()
    (tmp_path / "accompagnement-mine.backup").touch()
    pruning.prune(tmp_path)
    stay = sorted((file.name[15:23] for file in tmp_path.glob("*Z.backup")), reverse=True)
    assert stay[:14] == [(night - timedelta(days)).strftime("%Y%m%d") for days in range(14)]
    assert stay[14:] == ["20261115", "20261108", "20261101", "20261031", "20261025", "20261018",
                         "20260930", "20260831", "20260731", "20260630", "20260531", "20260430", "20260331",
                         "20260228", "20260131", "20251231"]  # fmt: skip
    assert (tmp_path / "accompagnement-mine.backup").exists()
    pruning.prune(tmp_path)
    assert len(list(tmp_path.iterdir())) == len(stay) + 1
