"""Tries at the door are counted for all web processes together, by account more than by address."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from accompagnement.demo.cast import Cast
from tests.services import ROOT, database_url

KNOCKS = """
import django, json, sys
django.setup()
from django.test import Client
said = json.loads(sys.argv[1])
def knocks(path, values, times):
    answers = [Client().post(path, values) for _time in range(times)]
    return [answer.status_code if "Trop d" not in answer.content.decode() else 429 for answer in answers]
print(json.dumps([knocks(*one) for one in said]))
"""
SIGN_IN, RESET = "/comptes/login/", "/comptes/password/reset/"


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together(cast: Cast, redis_url: str) -> None:
    environment = {
        **os.environ, "DATABASE_URL": database_url(), "CACHE_URL": redis_url.replace("redis://", "rediscache://"),
        "DJANGO_SETTINGS_MODULE": "accompagnement.settings", "EMAIL_URL": "dummymail://",
    }  # fmt: skip

    def process(*knocks: tuple[str, dict[str, Any], int]) -> list[list[int]]:
        command = [sys.executable, "-c", KNOCKS, json.dumps(knocks)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        found: list[list[int]] = json.loads(done.stdout)
        return found

    wrong = {"login": cast.nadia.email, "password": "autre chose"}
    other = {"login": cast.marc.email, "password": "autre chose"}
    reset = {"email": cast.nadia.email}
    assert process((SIGN_IN, wrong, 4), (RESET, reset, 3)) == [[422] * 4, [302] * 3]
    assert process((SIGN_IN, wrong, 3), (RESET, reset, 3), (SIGN_IN, other, 1)) == [
        [422, 429, 429], [302, 302, 429], [422],
    ]  # fmt: skip
