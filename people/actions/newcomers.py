"""Take on adults: who they are and the roles that they take up, all or none."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from people.access import Scope
from people.actions.accounts import add_adult
from people.actions.roles import give_role
from people.models import School, SchoolBoard, User
from people.several import Line, key_of


@transaction.atomic
def take_on(
    *,
    board: SchoolBoard,
    school: School | None,
    scope: Scope,
    lines: Sequence[Line],
    starts_on: date,
    last_day: date | None,
    person: User | None,
    entry_uuid: uuid.UUID,
) -> list[User]:
    """Write these people down and give each their roles in the scope; once per ``entry_uuid``, however often sent."""
    adults = []
    for line in lines:
        key = key_of(entry_uuid, line)
        names = {"given_name": line.given_name, "family_name": line.family_name, "email": line.email}
        adult = add_adult(board=board, school=school, person=person, entry_uuid=key, **names)
        for role in line.roles:
            give_role(adult=adult, role=role, scope=scope, starts_on=starts_on, last_day=last_day, person=person)
        adults.append(adult)
    return adults
