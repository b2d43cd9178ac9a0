"""System checks: every table has a way to its board or a reason; the database holds what the models ask for."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from people.wall import building, paths, state

ROLE = """
    SELECT NOT r.rolsuper AND NOT r.rolbypassrls, pg_has_role(current_user, r.oid, 'MEMBER'),
           EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
                   AND c.relrowsecurity AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
    FROM pg_roles r WHERE r.rolname = %s
"""


@register()
def tables_are_behind_the_wall(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Refuse a table that leads to no board, of which nothing says why it needs none."""
    hint = "Give it a key that leads to its board, or write why in OUTSIDE of people/wall/paths.py."
    return [
        Error(f"{model._meta.label} leads to no board.", hint=hint, id="people.E003")
        for model in apps.get_models(include_auto_created=True)
        if not paths.condition_of(model) and model._meta.label not in paths.OUTSIDE
    ]


@register(Tags.security, deploy=True)
def the_wall_stands(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Say what keeps the second wall from holding, in production as an error."""
    kind = Error if settings.PRODUCTION else Warning
    return [kind(fault, hint="See docs/decisions/0055.", id="people.E004") for fault in faults(DEFAULT_DB_ALIAS)]


def faults(using: str) -> Iterator[str]:
    """What is wrong with the role and with the policies; nothing on SQLite, nor of a database that does not answer."""
    connection, role = connections[using], state.role()
    if connection.vendor != "postgresql":
        return
    if not role:
        yield "DATABASE_WALL_ROLE is empty: nothing but the code keeps the boards apart."
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(ROLE, [role])
            found = cursor.fetchone()
        differences = building.differences(using, apps)
    except DatabaseError:
        return
    if found is None:
        yield f"PostgreSQL has no role {role}."
        return
    for is_well, fault in (
        (found[0], f"{role} is a superuser or has BYPASSRLS: it sees every board."),
        (found[1], f"The account of DATABASE_URL may not take the role {role}."),
        (not found[2], f"{role} owns the tables, or is a member of who does: it sees every board."),
        (not differences, f"Migrate: the wall is not as the models ask in {', '.join(differences)}."),
    ):
        if not is_well:
            yield fault
