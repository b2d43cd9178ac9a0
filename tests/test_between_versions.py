"""The former version's code runs on the new schema: what each new migration's statements would take from under it."""

import pytest
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

from tests.test_layers import OURS
from tools.sources import ROOT

pytestmark = pytest.mark.on_postgresql

BEFORE = {"exchange": 4, "guidelines": 6, "mentoring": 13, "people": 21, "programs": 10, "reports": 1}
"""The last of each application that was written before they were read so: nobody served yet."""


@pytest.fixture
def linter(db: None) -> MigrationLinter:
    return MigrationLinter(path=str(ROOT), no_cache=True, no_output=True)


def test_new_migrations_leave_the_former_version_at_work(linter: MigrationLinter) -> None:
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if app in OURS and int(name[:4]) > BEFORE.get(app, 0):
            linter.lint_migration(migration)
    assert linter.nb_total, "the numbers of BEFORE are those of another tree"
    assert not linter.has_errors, "write it in two versions (docs/deployment.md), or say why not: see the lines above"


def test_a_renamed_column_is_seen(linter: MigrationLinter) -> None:
    linter.lint_migration(MigrationLoader(None).disk_migrations["people", "0019_assessment_of_incidents"])
    assert linter.has_errors
