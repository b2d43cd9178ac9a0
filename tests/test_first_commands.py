"""``createboard`` and ``createuser``: an empty product opens from a terminal, and nothing is doubled."""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from people.models import Membership, School, SchoolBoard, User
from programs.models import SchoolDay
from tools.sources import ROOT

YEAR = ("--year", "2026-2027", "--from", "2026-08-27", "--to", "2027-06-23")
BOARD = ("css-neuf", "--name", "Centre neuf", "--school", "neuve", "--school-name", "École Neuve", *YEAR)
ADA = ("ada@neuve.example", "--board", "css-neuf", "--given-name", "Ada", "--family-name", "Roy")
MANAGER = (*ADA, "--role", "school_manager", "--role", "board_admin")


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_board_and_its_first_person_enter_by_the_link(settings: Settings, today: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    for _ in range(2):
        said("createboard", *BOARD)
    assert (SchoolBoard.objects.count(), School.objects.count()) == (1, 1)
    assert SchoolDay.objects.filter(kind="class").count() > 180
    same, link = (re.findall(r"http\S+(/invitation/\S+/)", said("createuser", *MANAGER))[0] for _ in range(2))
    ada = User.objects.get()
    assert [(row.role, row.school_id) for row in Membership.objects.all()] == [
        ("school_manager", ada.school_id), ("board_admin", None),
    ]  # fmt: skip
    visitor = Client()
    assert same == link, "run again at once, it is the same link"
    assert (
        visitor.post(link, dict.fromkeys(["new_password1", "new_password2"], "une phrase assez longue")).status_code
        == 302
    )
    assert visitor.get("/personnes/").status_code == 200
    assert "/invitation/" not in said("createuser", *MANAGER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("createboard", "x"), "--name"),
        (("createboard", "x", "--name", "X", "--kind", "roi"), "css, commission_scolaire, private"),
        (("createboard", "x", "--name", "X", "--time-zone", "Ici"), "America/Toronto"),
        (("createboard", "x", "--name", "X", *YEAR), "--school"),
        (("createboard", "x", "--name", "X", "--year", "2026-2027"), "--from"),
        (
            ("createboard", "css-neuf", "--year", "2026-2027", "--from", "2027-06-23", "--to", "2026-08-27"),
            "dernier jour",
        ),
        (("createuser", *ADA), "--role"),
        (("createuser", *ADA, "--role", "roi"), "school_manager"),
        (("createuser", *MANAGER, "--school", "ailleurs"), "ailleurs"),
        (("createuser", "ada", "--board", "css-neuf", "--role", "mentor"), "courriel"),
        (("createuser", "a@b.example", "--board", "nulle", "--role", "mentor"), "createboard"),
        (("createuser", "a@b.example", "--board", "css-neuf", "--role", "mentor"), "--given-name"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(words: tuple[str, ...], sentence: str) -> None:
    said("createboard", *BOARD)
    with pytest.raises(CommandError, match=sentence):
        said(*words)
    assert not User.objects.exists()
    assert list(SchoolBoard.objects.values_list("key", flat=True)) == ["css-neuf"]


@pytest.mark.django_db
def test_a_known_person_gets_a_link_again_without_a_role(settings: Settings, today: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    said("createboard", *BOARD)
    said("createuser", *MANAGER)
    assert "/invitation/" in said("createuser", "ADA@neuve.example", "--board", "css-neuf")
    assert Membership.objects.count() == 2


@pytest.mark.parametrize("words", [("createboard", *BOARD), ("createuser", *MANAGER)])
def test_a_database_without_its_tables_is_said_in_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr
