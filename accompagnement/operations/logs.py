"""Lines that a machine reads: ids, addresses as patterns, never a name nor what an error quotes."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from celery import current_task
from django.http import HttpRequest

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
OF_JOBS, OF_SERVER = "celery.app.trace", "gunicorn.error"
QUOTED = re.compile(r":?\s*%\((?:exc|return_value)\)s")
"""What Celery's lines quote of a job: the words of its error, and what it gave."""
ASKED = re.compile(r"^(Error handling request|Invalid request)\b.*", re.DOTALL)
"""What gunicorn's lines quote of a request: its address, or all of its first line."""


def route_of(request: HttpRequest) -> str:
    """The pattern of its address: an address itself may hold a link's secret."""
    matched = getattr(request, "resolver_match", None)
    return f"/{matched.route}" if matched else "?"


class JsonFormatter(logging.Formatter):
    """One object a line. Of an error: its class and where it passed, not its words, which quote what was stored."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.words(record),
            "request": REQUEST_ID.get() or None,
            "task": current_task.request.id if current_task else None,
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _error, trace = record.exc_info
            said |= {"error": kind.__qualname__, "trace": "".join(traceback.format_tb(trace)).splitlines()}
        return json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=False)

    def words(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            return f"{getattr(record, 'status_code', '')} {request.method} {route_of(request)}"
        if record.name == OF_JOBS and isinstance(record.args, dict):
            return QUOTED.sub("", str(record.msg)) % record.args
        return ASKED.sub(r"\1", record.getMessage()) if record.name == OF_SERVER else record.getMessage()
