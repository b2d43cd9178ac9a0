"""Each list and each operation of the API, for everyone of two boards, against the rights table (``reach``).

What a list gives is what the rights say, no more and no less; what it does not give is 404 to read, to correct and to
log under, of another board as of another school.
"""

import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.test import Client
from pytest_django import Settings

from accompagnement.api import API
from accompagnement.demo.cast import Cast
from exchange.api.declaration import RESOURCES
from exchange.api.entries import WRITABLE
from exchange.tests.api import ROOT, every_row, program_of, send
from people.models import User
from programs.models import Attendance, LoggedRecord
from tests.furnished import lead_of_both_schools
from tests.reach import Reach, Rows
from tests.test_access_matrix import ROLES

pytestmark = pytest.mark.once
assert API, "declares the lists"
FOREIGN = 1
"""How many rows out of reach are asked for, of each list."""


@pytest.fixture(autouse=True)
def unhurried(settings: Settings) -> None:
    cache.clear()
    settings.API_REQUESTS_PER_MINUTE = 100_000


def of_each_role(cast: Cast) -> list[User]:
    """One of each; ``test_visible_rows`` proves the querysets for everyone."""
    return [getattr(cast, name) for name in ROLES.values() if name]


def model_of(name: str, person: User) -> type[Model]:
    model: type[Model] = RESOURCES[name].rows(person).model
    return model


def in_reach(reach: Reach, rows: Rows, row: Any) -> bool:
    """A presence is of a member of that day, at a meeting that one sees."""
    if isinstance(row, Attendance):
        return (
            bool(reach.sees(rows.parent(row, "meeting"))) and Attendance.objects.of_members().filter(pk=row.pk).exists()
        )
    return bool(reach.sees(row))


def apart(owners: list[Any], reach: Reach) -> list[Any]:
    """One of the person's, one of each board that is not."""
    foreign = [row for row in owners if not reach.sees(row)]
    some = {row.board_id: row for row in foreign}
    return [*[row for row in owners if reach.sees(row)][:1], *some.values()]


def valid(slug: str, cast: Cast) -> dict[str, Any]:
    said = {"on": str(cast.on), "status": "held", "channel": "phone", "minutes": 10}
    if slug == "rencontre-groupe":
        return {"on": said["on"], "status": "held", "minutes": 10}
    student = {"student_id": cast.tremplin.members.all()[0].student_id, "on": said["on"], "channel": "phone"}
    return {"contact": student, "famille": student | {"outcome": "reached"}}.get(slug, said)


def test_everyone_reads_what_the_rights_say_and_nothing_else(numbered_cast: Cast) -> None:
    cast, rows, wrong, seen = numbered_cast, Rows(), list[str](), set[str]()
    for person in [*of_each_role(cast), lead_of_both_schools(cast)]:
        reach, client = Reach(person, cast.on, rows), program_of(person)
        for name in RESOURCES:
            model = model_of(name, person)
            expected = {row.pk for row in rows.all(model) if in_reach(reach, rows, row)}
            found = {row["id"] for row in every_row(client, name)}
            seen |= {name} if found else set()
            for word, pks in (("also reads", found - expected), ("does not read", expected - found)):
                wrong += [f"{person} {word} {name}: {rows.get(model, pk)}" for pk in sorted(pks)[:3]]
            foreign = [row.pk for row in rows.all(model) if row.pk not in expected][:FOREIGN]
            got = {client.get(f"{ROOT}/{name}/{pk}").status_code for pk in foreign}
            wrong += [f"{person} opens {name}: {got}"] if got - {404} else []
    assert not wrong, "\n".join(wrong)
    assert len(RESOURCES) > 20
    assert seen == set(RESOURCES), "somebody reads each list, or nothing is proved of it"


def test_nobody_writes_what_they_do_not_see(numbered_cast: Cast) -> None:
    """404 to a stranger; 403 to who only reads; a record is written, or nothing is."""
    cast, rows, wrong, tried = numbered_cast, Rows(), list[str](), 0
    for person in of_each_role(cast):
        reach, client = Reach(person, cast.on, rows), program_of(person)
        for writable in WRITABLE:
            kind, model = writable.kind, writable.kind.model
            owners: Any = model.relation_model()
            for owner in apart(rows.all(owners), reach):
                wrong += posted(client, reach, writable, owner, cast)
            for row in [row for row in rows.all(model) if not reach.sees(row)][:FOREIGN]:
                tried += 1
                got = send(client, "put", f"/{writable.name}/{row.pk}", valid(kind.slug, cast), **{"If-Match": "*"})
                wrong += (
                    [f"{person} corrects {writable.name} {row}: {got.status_code}"] if got.status_code != 404 else []
                )
    assert not wrong, "\n".join(wrong)
    assert tried > 20


def posted(client: Client, reach: Reach, writable: Any, owner: Any, cast: Cast) -> list[str]:
    said = {"entry_uuid": str(uuid.uuid4()), **valid(writable.slug, cast), "second": True}
    said = {name: value for name, value in said.items() if (name, writable.slug) != ("status", "rencontre-groupe")}
    model: type[LoggedRecord] = writable.kind.model
    with transaction.atomic():
        before = model.objects.count()
        got = send(client, "post", f"/{writable.whose}/{owner.pk}/{writable.name}", said).status_code
        is_written = model.objects.filter(entry_uuid=said["entry_uuid"]).exists() or model.objects.count() > before
        transaction.set_rollback(True)
    if not reach.sees(owner):
        return [f"{reach.me} {writable.name} of {owner}: {got}"] if got != 404 or is_written else []
    wrote = got in {200, 201}
    return [f"{reach.me} {writable.name} of {owner}: {got}"] if got not in {201, 403, 422} or is_written > wrote else []
