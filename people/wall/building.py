"""The wall in PostgreSQL: written from the models after each ``migrate``, so that no table waits for a migration."""

from typing import Any

from django.apps import apps as installed
from django.core.management.base import CommandError
from django.db import connections, transaction
from django.db.utils import ProgrammingError

from people.wall import paths, state

POLICY = "wall"
STANDING = """
    SELECT c.relname, CASE WHEN c.relrowsecurity THEN obj_description(p.oid, 'pg_policy') END
    FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = %s
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
"""
MISSING = (
    "PostgreSQL has no role {role}, or may not lend it to this account. Once, as its administrator:\n"
    "  CREATE ROLE {role} NOLOGIN;\n"
    "  GRANT {role} TO {account};\n"
    "then migrate again. DATABASE_WALL_ROLE= (empty) goes without this second wall."
)


def build_after_migrate(sender: Any, using: str, **said: Any) -> None:
    """Once everything is migrated; never after a mere flush, which changes no table."""
    last = [app for app in installed.get_app_configs() if app.models_module is not None][-1]
    if sender.label == last.label and "plan" in said and connections[using].vendor == "postgresql" and state.role():
        build(using, said["apps"])


def build(using: str, apps: Any) -> None:
    """Make the role if the account may, lend it what pages do, and write the policies that are not as they should be.

    A table is locked for the moment when its own policy is written, and only then.
    """
    connection = connections[using]
    wanted = paths.policies(apps.get_models(include_auto_created=True))
    with connection.cursor() as cursor:
        _lend(cursor)
        cursor.execute(STANDING, [POLICY])
        found = dict(cursor.fetchall())
        for table, condition in found.items():
            if condition == wanted.get(table):
                continue
            with transaction.atomic(using=using):
                cursor.execute(f'DROP POLICY IF EXISTS {POLICY} ON "{table}"')
                if table not in wanted:
                    cursor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
                    continue
                cursor.execute(f'CREATE POLICY {POLICY} ON "{table}" USING ({wanted[table]})')
                cursor.execute(f'COMMENT ON POLICY {POLICY} ON "{table}" IS %s', [wanted[table]])
                cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')


def differences(using: str, apps: Any) -> list[str]:
    """The tables whose policy is not what the models ask for."""
    wanted = paths.policies(apps.get_models(include_auto_created=True))
    with connections[using].cursor() as cursor:
        cursor.execute(STANDING, [POLICY])
        return sorted(table for table, condition in cursor.fetchall() if condition != wanted.get(table))


def _lend(cursor: Any) -> None:
    role = state.role()
    quoted = f'"{role}"'
    try:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            # Two databases of one server may be migrated at once.
            cursor.execute(
                f"DO $$ BEGIN CREATE ROLE {quoted} NOLOGIN;"
                " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            )
        cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [role])
        if not cursor.fetchone()[0]:
            cursor.execute(f"GRANT {quoted} TO CURRENT_USER")
    except ProgrammingError as error:
        cursor.execute("SELECT current_user")
        raise CommandError(MISSING.format(role=role, account=cursor.fetchone()[0])) from error
    cursor.execute("SELECT quote_ident(current_schema())")
    schema = cursor.fetchone()[0]
    cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {quoted}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}")
