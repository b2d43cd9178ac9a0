"""What the first commands need: a database with its tables."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _


class MigratedCommand(BaseCommand):
    """A command that says in one sentence, before anything else, that the database is to be migrated."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(
                _("La base n’est pas à jour\u00a0: lancez d’abord «\u00a0python manage.py migrate\u00a0».")
            )
        return super().execute(*args, **options)
