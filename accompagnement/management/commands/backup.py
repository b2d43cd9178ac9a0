import shlex
import subprocess
from datetime import UTC
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accompagnement.models import Pulse
from accompagnement.operations import archives, pruning
from accompagnement.operations.dumps import Failed


class Command(BaseCommand):
    help = "Writes the whole database to one encrypted file, reads it back, and sends it where BACKUP_SEND says."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file; or a folder: named by the hour, the old ones pruned")
        parser.add_argument("--plain", action="store_true", help="without encryption, in production too")

    def handle(self, *args: object, **options: Any) -> None:
        given: Path = options["file"]
        recipients = [] if options["plain"] else settings.BACKUP_RECIPIENTS
        if settings.PRODUCTION and not recipients and not options["plain"]:
            raise CommandError("Set BACKUP_RECIPIENTS to the public keys of age, or say --plain.")
        if not given.parent.is_dir():
            raise CommandError(f"There is no folder {given.parent}.")
        now = timezone.now()
        file = given / now.astimezone(UTC).strftime(pruning.NAME) if given.is_dir() else given
        try:
            manifest = archives.write(file, recipients=recipients, at=now)
        except Failed as error:
            raise CommandError(str(error)) from error
        if settings.BACKUP_SEND:
            send(file)
        Pulse.beat(Pulse.Of.BACKUP, at=now)
        gone = pruning.prune(given) if given.is_dir() else []
        rows = sum(count for count, _sum in manifest["tables"].values())
        said = f"{file}: {rows} rows of {len(manifest['tables'])} tables, {file.stat().st_size} bytes"
        self.stdout.write(f"{said}{', sent' if settings.BACKUP_SEND else ''}; {len(gone)} older ones deleted.")


def send(file: Path) -> None:
    """Run the command of ``BACKUP_SEND``, in which ``{file}`` is the backup's path; it is no shell's."""
    words = [word.replace("{file}", str(file)) for word in shlex.split(settings.BACKUP_SEND)]
    try:
        done = subprocess.run(words, text=True, capture_output=True, check=False)  # noqa: S603
    except OSError as error:
        raise CommandError(f"{file} is written, but not sent: {words[0]}: {error.strerror}.") from error
    if done.returncode:
        raise CommandError(f"{file} is written, but not sent: {done.stderr.strip()[-300:]}")
