"""The board's numbers by the API are those of its page: the same counts, the same ones masked."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from exchange.tests.api import ROOT, program_of
from guidelines.counts import in_words
from guidelines.evaluation import evaluate_board
from people.models import User

pytestmark = pytest.mark.on_postgresql
COLUMNS = ("relations", "to_reach", "to_watch", "groups", "groups_to_reach", "early_endings", "logged")
OF_RELATIONS, OF_GROUPS = COLUMNS[:3], COLUMNS[3:5]


def text(cell: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())


def of_page(client: Client, **asked: str) -> list[list[str]]:
    """The lines of « Par école et par programme »: the name, then the cells as they are read."""
    page = client.get(reverse("board"), asked).content.decode()
    table = page.partition('id="places"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    lines = re.findall(r"<tr.*?</tr>", table, re.S)
    return [[text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.S)] for line in lines]


def as_page(line: dict[str, Any]) -> Iterator[str]:
    """A line of the API in the words of the page, which leaves blank what a programme doesn't have."""
    yield line["name"]
    is_program = line["program_id"] is not None
    for name in COLUMNS:
        number, whole = line[name], {**dict.fromkeys(OF_RELATIONS, "relations"), **dict.fromkeys(OF_GROUPS, "groups")}
        if is_program and name in whole and line[whole[name]] == 0:
            yield ""
        elif name == "logged":
            yield f"{number} sur {line['planned']}" if line["planned"] else ""
        elif number is None:
            yield in_words(None) if name in line["masked"] else ""
        else:
            yield str(number)


def test_who_administers_nothing_is_refused(cast: Cast) -> None:
    for person in (cast.julie, cast.alain, cast.line):
        for name in ("board", "board.csv"):
            assert program_of(person, "read").get(f"{ROOT}/{name}").status_code == 403, (person, name)


@pytest.mark.parametrize("opened", [False, True])
def test_the_api_tells_what_the_page_tells(cast: Cast, client_of: Callable[[User], Client], opened: bool) -> None:
    cache.clear()
    evaluate_board(cast.board, on=cast.on)
    school = str(cast.mentoring.school_id)
    said = program_of(cast.robert, "read").get(f"{ROOT}/board", {"school": school} if opened else {}).json()
    shown = of_page(client_of(cast.robert), **({"ecole": school} if opened else {}))
    assert [list(as_page(line)) for line in said["lines"]] == shown
    assert any(line["masked"] for line in said["lines"]), "nothing is masked: the comparison proves less than it says"
