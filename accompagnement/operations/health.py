"""What a proxy or a supervisor asks: is the process alive, may it be given people."""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

TEXT = "text/plain; charset=utf-8"


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers: whatever else is down, starting it again would not help."""
    return HttpResponse("ok", content_type=TEXT)


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration that this code knows; else 503.

    A newer schema is fine: it is how a new version comes in while the former one serves. Neither the cache nor the
    broker counts: pages do without. One query.
    """
    missing = wanted() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        return HttpResponse(f"{len(missing)} migrations to apply", status=503, content_type=TEXT)
    return HttpResponse("ok", content_type=TEXT)


@cache
def wanted() -> frozenset[tuple[str, str]]:
    """Application and name of every migration of this code."""
    return frozenset(MigrationLoader(None).disk_migrations or ())
