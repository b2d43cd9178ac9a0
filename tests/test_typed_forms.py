"""Every form where one types: what was typed outlives the session, and a form sent twice is one record.

The forms are found on the pages of ``test_every_page``, filled as anybody would, and sent as the page says.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve

from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from people.models import Draft, User
from tests.answers import TYPED, answer
from tests.journeys.test_every_page import FORMS, ROLES
from tests.test_access_matrix import ROWS

BESIDE_THE_LOG = {"Draft", "Session", "AuditEntry", "Notification", "Evaluation", "FlagEvent", "Flag"}
TERMS, SPANS = ([f"{row}_{place}" for place in range(most)] for row, most in (("term", 4), ("span", 10)))
SAID_AS_WELL = {
    "group_member_add": {"confirm": "on", "reason": TYPED, "names": ""},
    "group_lead": {"reason": "left"},
    "dyad_routine": {"achievement_heard": "on"},
    "function_time_week": {"students": "600"},
    "training_session": {"lacking": ["all"]},
    "retention_plan": {"nightly_from": "", "incidents": "7", "messages": "2"},
    "import_run": {"fix_3_status": "Actif"},
    "calendar_year": {
        "annee-first_on": "2027-08-26",
        "annee-last_on": "2028-06-22",
        "annee-sure": "on",
        **{f"annee-{row}_{end}_on": "" for row in (*TERMS, *SPANS) for end in ("first", "last")},
    },
}
"""What a form asks for only now and then."""
ClientOf = Callable[[User], Client]


def filled(reply: Any, name: str, cast: Cast) -> dict[str, Any] | None:
    """What the page's form would send; None when nothing is typed on the page."""
    html, form = reply.content.decode(), (reply.context or {}).get("form")
    if "data-drafts=" not in html or form is None:
        return None
    parts = html.split("data-drafts=")[1].split("</form>")[0].split('<input type="hidden" name="')[1:]
    hidden = {part.partition('"')[0]: part.partition('value="')[2].partition('"')[0] for part in parts}
    seen = [field for field in form if field.html_name not in hidden and f'name="{field.html_name}"' in html]
    shown = {field.html_name: answer(field, cast) for field in seen}
    said = {key: value for key, value in (shown | hidden).items() if value is not None}
    said.pop("csrfmiddlewaretoken")
    return said | SAID_AS_WELL.get(name, {})


def typed_pages(cast: Cast, client_of: ClientOf) -> Iterator[tuple[User, str, dict[str, Any]]]:
    """Each page with a form that keeps what is typed, once, with what its form would send."""
    sent, seen = {name for name, method, _ in ROWS if method == "post"}, set[str]()
    for who, paths in [*ROLES, *FORMS]:
        person, client = getattr(cast, who), client_of(getattr(cast, who))
        for path in paths(cast):
            name = str(resolve(path.partition("?")[0]).url_name)
            if name in sent - seen:
                seen.add(name)
                said = filled(client.get(path), name, cast)
                if said is not None:
                    yield person, path, said


def rows() -> tuple[int, ...]:
    """How many records of each kind there are."""
    models = [model for model in apps.get_models() if not model.__name__.startswith("Historical")]
    tables = [model._meta.db_table for model in models if model.__name__ not in BESIDE_THE_LOG]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables))  # noqa: S608
        counts: tuple[int, ...] = cursor.fetchone()
    return counts


@pytest.mark.once
def test_nothing_typed_is_lost_with_the_session_nor_doubled_by_a_second_press(cast: Cast, client_of: ClientOf) -> None:
    evaluate_board(cast.board, on=cast.on)
    tried = 0
    for person, path, said in typed_pages(cast, client_of):
        author = client_of(person)
        with transaction.atomic():
            away = Client().post(path, said)
            assert "/comptes/login/" in away["Location"], path
            assert Draft.objects.filter(person=person).exists(), path
            page = author.get(path).content.decode()
            assert "Nous avons repris votre brouillon" in page, path
            assert TYPED not in said.values() or TYPED in page, path
            first = author.post(path, said)
            assert first.status_code == 302, (path, said, first.context and first.context["form"].errors)
            assert not Draft.objects.exists(), path
            after = rows()
            assert author.post(path, said).status_code in {302, 409, 422}, path
            assert rows() == after, path
            transaction.set_rollback(True)
        tried += 1
    assert tried > 30
