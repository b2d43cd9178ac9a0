"""Real services for the tests that want them: a Redis, a Celery worker."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import kombu.pools
import pytest
from celery import Celery
from django.conf import settings
from django.db import connection

from tests.patience import PATIENCE_SECONDS
from tools.redis import private_redis
from tools.system import redis_server

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def redis_process() -> Iterator[str]:
    if redis_server() is None:
        pytest.skip("redis-server is not on this machine")
    with private_redis() as url:
        yield url


@pytest.fixture
def redis_url(redis_process: str) -> str:
    """An empty Redis."""
    import redis

    with redis.from_url(redis_process) as client:
        client.flushall()
    return redis_process


def database_url() -> str:
    """The URL of the test database, for another process."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{base}/{database['NAME']}"


def point_to(app: Celery, broker_url: str) -> None:
    """Let the application send to another broker: forget the connections that it keeps."""
    app.conf.broker_url = broker_url
    kombu.pools.reset()
    app._pool = None
    app.amqp._producer_pool = None


@pytest.fixture
def celery_worker_process(redis_url: str, transactional_db: None) -> Iterator["subprocess.Popen[bytes]"]:
    """A Celery worker in a process of its own, on Redis and the test database; tasks sent here reach it."""
    from accompagnement.celery import app

    before = app.conf.broker_url
    point_to(app, redis_url)
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": redis_url,
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
    }
    command = [sys.executable, "-m", "celery", "--app", "accompagnement", "worker", "--concurrency", "1"]
    worker = subprocess.Popen(
        [*command, "--loglevel", "warning", "--without-gossip", "--without-mingle"], cwd=ROOT, env=environment
    )
    try:
        yield worker
    finally:
        worker.terminate()
        try:
            worker.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
        point_to(app, before)
