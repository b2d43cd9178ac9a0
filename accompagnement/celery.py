"""The Celery application and its timetable."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery, Task
from celery.schedules import crontab
from celery.signals import beat_init, setup_logging, worker_init
from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, NotSupportedError, ProgrammingError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accompagnement.settings")


class Persevering(Task):
    """A job that finds no database is done once it is back: tried again after seconds, then every five minutes."""

    autoretry_for = (DatabaseError, InterfaceError)
    dont_autoretry_for = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
    retry_backoff = 2
    retry_backoff_max = 300
    max_retries = 20


app = Celery("accompagnement", task_cls=Persevering)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_unsafe(**signal: Any) -> None:
    from accompagnement.checks import stop_if_unsafe

    stop_if_unsafe()


@setup_logging.connect
def log_as_the_pages_do(**signal: Any) -> None:
    dictConfig(settings.LOGGING)


app.conf.beat_schedule = {
    # A sign of life, which the metrics read.
    "beat-worker": {
        "task": "accompagnement.tasks.beat_worker",
        "schedule": crontab(),
    },
    # Boards live in several time zones: each quarter hour, those where it is past 5:00 and the day is not yet done.
    "evaluate-boards": {
        "task": "guidelines.tasks.evaluate_due_boards",
        "schedule": crontab(minute="*/15"),
    },
    # Planned meetings are kept four weeks ahead of the timetables.
    "plan-meetings": {
        "task": "mentoring.tasks.plan_all_boards",
        "schedule": crontab(minute=20),
    },
    # What was undone more than thirty days ago is destroyed, by night.
    "forget-undone": {
        "task": "mentoring.tasks.forget_undone",
        "schedule": crontab(minute=40, hour=3),
    },
    # What has been kept long enough, and was announced a fortnight ago: at the boards that decided so.
    "destroy-by-night": {
        "task": "people.tasks.destroy_by_night",
        "schedule": crontab(minute=10, hour=4),
    },
    # The weekly digest: each quarter hour, the boards where it is past 7:00 on Monday and the round is not made.
    "weekly-digest": {
        "task": "guidelines.tasks.send_due_digests",
        "schedule": crontab(minute="*/15"),
    },
    # E-mails left queued, refused or without news: the broker may have lost a ring, the mail server may be back.
    "tend-outbox": {
        "task": "guidelines.tasks.tend_outbox",
        "schedule": crontab(minute="*/5"),
    },
    # Imports left queued, or whose worker was killed: the row is the record, this only rings again.
    "ring-imports": {
        "task": "exchange.tasks.ring_imports",
        "schedule": crontab(),
    },
    # The files of imports whose time is over are destroyed, by night.
    "forget-imports": {
        "task": "exchange.tasks.forget_imports",
        "schedule": crontab(minute=50, hour=3),
    },
    # Reports left queued, or whose worker was killed: the row is the record, this only rings again.
    "ring-reports": {
        "task": "reports.tasks.ring_reports",
        "schedule": crontab(),
    },
    # The files of reports whose time is over are destroyed, by night.
    "forget-reports": {
        "task": "reports.tasks.forget_reports",
        "schedule": crontab(minute=55, hour=3),
    },
    # Reports that prepare themselves: each hour, the boards where it is past 6:00; a period that ended is done once.
    "prepare-scheduled-reports": {
        "task": "reports.tasks.prepare_scheduled",
        "schedule": crontab(minute=10),
    },
}
