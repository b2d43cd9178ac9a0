"""A backup as one file: dump and manifest in a tar, encrypted (age) for keys that this machine does not hold."""

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pyrage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from accompagnement.operations.dumps import Failed, dump

DUMP, MANIFEST = "database.dump", "manifest.json"
AGE = b"age-encryption.org/"
OF_SYSTEM = "(os error "
"""What pyrage says of a disk rather than of a file: it gives no number."""


def write(file: Path, *, recipients: Sequence[str], at: datetime) -> dict[str, Any]:
    """Write a backup and give its manifest. It has its name only once it is whole, flushed and read back."""
    part = file.with_name(f".{file.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            plain, inside = Path(folder, "plain"), Path(folder, DUMP)
            prints = dump(inside)
            applied = MigrationRecorder(connection).applied_migrations()
            manifest = {
                "made_at": at.isoformat(timespec="seconds"),
                "database": connection.vendor,
                "sha256": checksum(inside),
                "migrations": sorted(f"{app}.{name}" for app, name in applied),
                "tables": prints,
            }
            Path(folder, MANIFEST).write_text(json.dumps(manifest, indent=1))
            with tarfile.open(plain, "w") as archive:
                for name in (MANIFEST, DUMP):
                    archive.add(Path(folder, name), name)
            inside.unlink()
            if recipients:
                keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
                pyrage.encrypt_file(str(plain), str(part), keys)
            else:
                plain.replace(part)
        part.chmod(0o600)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(file)
    except pyrage.RecipientError as error:
        raise Failed(f"A key of BACKUP_RECIPIENTS is not one of age: {error}") from error
    except (pyrage.EncryptError, OSError) as error:
        raise Failed(f"{file} can't be written: {getattr(error, 'strerror', None) or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


@contextmanager
def opened(file: Path, *, identities: Path | None) -> Iterator[tuple[dict[str, Any], Path]]:
    """The manifest and the dump of a backup, whose checksum is right; both are gone when the block ends."""
    if not file.is_file():
        raise Failed(f"There is no file {file}.")
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(tempfile.TemporaryDirectory(dir=file.parent, prefix=".restore-"))
            manifest = unpack(file, Path(folder), identities)
        except (pyrage.DecryptError, tarfile.TarError, OSError, KeyError, ValueError) as error:
            if isinstance(error, OSError) and (error.errno or OF_SYSTEM in str(error)):
                raise Failed(f"{file} can't be unpacked beside itself: {error.strerror or error}.") from error
            raise Failed(f"{file} can't be read: it is no backup, is damaged, or is for another key.") from error
        yield manifest, Path(folder, DUMP)


def unpack(file: Path, folder: Path, identities: Path | None) -> dict[str, Any]:
    plain = file
    with file.open("rb") as begun:
        if begun.read(len(AGE)) == AGE:
            plain = folder / "plain"
            pyrage.decrypt_file(str(file), str(plain), keys_of(identities))
    with tarfile.open(plain) as archive:
        for name in (MANIFEST, DUMP):
            archive.extract(name, folder, filter="data")
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    if checksum(folder / DUMP) != manifest["sha256"]:
        raise Failed(f"{file} is damaged: its dump is not the one that was written.")
    return manifest


def keys_of(file: Path | None) -> list[Any]:
    if file is None or not file.is_file():
        raise Failed("The backup is encrypted: give the file of the age key, --identity FILE.")
    lines = [line.strip() for line in file.read_text().splitlines()]
    try:
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-")]
    except pyrage.IdentityError as error:
        raise Failed(f"{file} is no key of age: a letter was lost or changed.") from error


def checksum(file: Path) -> str:
    with file.open("rb") as opened_file:
        return hashlib.file_digest(opened_file, "sha256").hexdigest()
