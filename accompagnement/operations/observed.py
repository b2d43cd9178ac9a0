"""What is noted of every request: an id that its lines share, how it ended, how long it took."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Histogram

from accompagnement.operations.logs import REQUEST_ID, route_of

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
REQUESTS = Histogram(
    "accompagnement_request_seconds",
    "Time that requests took, by method and class of status.",
    ("method", "status"),
    buckets=(0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 10),
)
"""Kept by each process; several share ``PROMETHEUS_MULTIPROC_DIR``."""

log = logging.getLogger("accompagnement.requests")


class ObservedMiddleware:
    """Give each request an id (the proxy's, where it sent a fit one), a line in the log and a place in the metrics."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said, started = request.headers.get(HEADER, ""), time.perf_counter()
        key = said if WELL_FORMED.fullmatch(said) else str(uuid.uuid4())
        kept = REQUEST_ID.set(key)
        try:
            response = self.get_response(request)
            self.note(request, response, time.perf_counter() - started)
        finally:
            REQUEST_ID.reset(kept)
        response[HEADER] = key
        return response

    def note(self, request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method, f"{response.status_code // 100}xx").observe(seconds)
        # Only if somebody looked: asking who it is costs a query.
        person = getattr(vars(request).get("_cached_user"), "pk", None)
        facts = {"method": method, "route": route_of(request), "status": response.status_code}
        log.info("request", extra={"facts": {**facts, "ms": round(seconds * 1000), "person": person}})
