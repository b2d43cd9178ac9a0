"""How gunicorn serves: ``gunicorn -c deploy/gunicorn.conf.py accompagnement.wsgi``. Each value may be set outside."""

import os
from typing import Any

bind = os.environ.get("BIND", "127.0.0.1:8000")
# A page is mostly Python: one process a core, and threads for those that wait for the database or a slow client.
workers = int(os.environ.get("WEB_PROCESSES", os.cpu_count() or 1))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
# What a library may leak goes with its process; not all at once.
max_requests, max_requests_jitter = 5000, 500
timeout, graceful_timeout = 60, 30
# Longer than Caddy keeps a connection that nobody uses (two minutes): a form sent on one that has just been closed is
# lost without an answer.
keepalive = 150
# A heartbeat on a disk that is busy looks like a process that hangs.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# Longer ones are nobody's: our addresses and cookies are short.
limit_request_line, limit_request_fields, limit_request_field_size = 4094, 60, 8190
# Requests are told by the application, without their addresses.
accesslog = None
# Its own lines are written as the application's are, without the addresses that they quote.
logconfig_dict: dict[str, Any] = {
    "formatters": {"json": {"()": "accompagnement.operations.logs.JsonFormatter"}},
    "handlers": {"json": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {"gunicorn.error": {"handlers": ["json"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["json"], "level": "INFO"},
}
# Nobody drives it but systemd, and its account has no home to write in.
control_socket_disable = True


def child_exit(server: Any, worker: Any) -> None:
    """The counts of a process that ended stay; its gauges go."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
