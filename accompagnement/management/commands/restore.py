from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from accompagnement.operations import archives, fingerprints
from accompagnement.operations.dumps import Failed, load
from people.models import SchoolBoard, User


class Command(BaseCommand):
    help = "Puts a backup in the place of the database, and compares every table with what was saved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, help="the file of the age key that the backup was made for")
        parser.add_argument("--overwrite", action="store_true", help="also where the database holds something")

    def handle(self, *args: object, **options: Any) -> None:
        if holds_something() and not options["overwrite"]:
            raise CommandError("The database is not empty: say --overwrite to put the backup in its place.")
        try:
            with archives.opened(options["file"], identities=options["identity"]) as (manifest, dump):
                if manifest["database"] != connection.vendor:
                    raise CommandError(f"The backup is of {manifest['database']}: DATABASE_URL names another kind.")
                wrong = fingerprints.differences(manifest["tables"], load(dump))
        except Failed as error:
            raise CommandError(str(error)) from error
        if wrong:
            raise CommandError("Not as it was saved:\n" + "\n".join(wrong))
        rows = sum(count for count, _sum in manifest["tables"].values())
        self.stdout.write(
            f"{rows} rows of {len(manifest['tables'])} tables, as they were on {manifest['made_at']}: counts and sums "
            "are the same. If this version is newer than the backup, run manage.py migrate."
        )


def holds_something() -> bool:
    tables = set(connection.introspection.table_names())
    return any(model._meta.db_table in tables and model._base_manager.exists() for model in (SchoolBoard, User))
