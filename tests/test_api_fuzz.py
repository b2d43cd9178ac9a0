"""The API answers as it says it does, whatever its description lets a program ask: a sample of « make fuzz-api »."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as pace
from pytest_django import Settings
from schemathesis.config import SchemathesisConfig

from accompagnement.demo.cast import Cast
from accompagnement.wsgi import application
from exchange.tests.api import secret_of
from tools.fuzz_api import DESCRIBED_AT, plan

pytestmark = pytest.mark.once

OF_READING, OF_WRITING = 1, 2
"""Requests of each operation: the whole takes some eight seconds. « make fuzz-api » asks for five minutes."""


@pytest.fixture(autouse=True)
def kept_open(settings: Settings) -> Iterator[None]:
    """The test's connection outlives each request, which would close it; no request is one too many."""
    cache.clear()
    settings.API_REQUESTS_PER_MINUTE = 10**9
    settings.CONN_HEALTH_CHECKS = False
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def faults_of(operation: Any, answered: Counter[int]) -> list[str]:
    """What the checks find of one operation: an error of ours, a status or a body that the description hasn't."""
    found: list[str] = []
    each = OF_READING if operation.method == "get" else OF_WRITING

    @pace(max_examples=each, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
          suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(operation.as_strategy())
    def ask(case: Any) -> None:
        response = case.call()
        answered[response.status_code] += 1
        try:
            case.validate_response(response)
        except* AssertionError as failures:
            found.extend(f"{operation.label}: {one}" for one in failures.exceptions)

    ask()
    return found


def test_every_operation_answers_as_described(cast: Cast) -> None:
    config = SchemathesisConfig.from_dict(plan(secret_of(cast.nadia)))
    schema: Any = schemathesis.openapi.from_wsgi(DESCRIBED_AT, application, config=config)
    operations = [one.ok() for one in schema.get_all_operations()]
    assert len(operations) > 80
    answered: Counter[int] = Counter()
    assert not [fault for one in operations for fault in faults_of(one, answered)]
    assert answered[200] > len(operations) / 2, "the door refused most of it"
