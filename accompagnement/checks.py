"""What the project refuses to start with in production: each fault in one sentence, with what to set."""

import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

SHORTEST_SECRET = 32


@register(Tags.security)
def production_is_safe(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Errors for what would let somebody in or lose something; warnings for what several processes can't share."""
    return [*unsafe(), *unshared()] if settings.PRODUCTION else []


def unsafe() -> Iterator[CheckMessage]:
    for name, keys in (("SECRET_KEY", [settings.SECRET_KEY]), ("SECRET_KEY_FALLBACKS", settings.SECRET_KEY_FALLBACKS)):
        if settings.DEVELOPMENT_KEY in keys:
            yield Error(f"{name} is the development key.", hint=f"Set {name}.", id="accompagnement.E001")
        elif any(len(key) < SHORTEST_SECRET for key in keys):
            yield Error(f"{name} is short.", hint=f"{SHORTEST_SECRET} characters at least.", id="accompagnement.E002")
    if settings.DEBUG:
        yield Error(
            "DEBUG shows code and settings to whoever meets an error.", hint="Unset DEBUG.", id="accompagnement.E003"
        )
    if "*" in settings.ALLOWED_HOSTS or "testserver" in settings.ALLOWED_HOSTS:
        yield Error("ALLOWED_HOSTS lets any name in.", hint="Set it to the public name.", id="accompagnement.E004")
    public = urlsplit(settings.PUBLIC_URL)
    if public.scheme != "https" or public.hostname not in settings.ALLOWED_HOSTS:
        hint = "Set PUBLIC_URL to https:// and a name of ALLOWED_HOSTS."
        yield Error("The links of e-mails would not lead here.", hint=hint, id="accompagnement.E005")
    if 0 < len(settings.METRICS_TOKEN) < SHORTEST_SECRET:
        hint = f"{SHORTEST_SECRET} characters at least."
        yield Error("METRICS_TOKEN is short.", hint=hint, id="accompagnement.E006")


def unshared() -> Iterator[CheckMessage]:
    if "locmem" in settings.CACHES["default"]["BACKEND"]:
        hint = "Set CACHE_URL to a Redis: limits on sign-in are then counted for all processes together."
        yield Warning("Each process keeps its own cache.", hint=hint, id="accompagnement.W001")
    if settings.CELERY_BROKER_URL == "filesystem://":
        hint = "Set CELERY_BROKER_URL to a Redis."
        yield Warning("The broker is a folder, for one machine and one worker.", hint=hint, id="accompagnement.W002")
    if "console" in settings.EMAIL_BACKEND:
        yield Warning("E-mails go to the log.", hint="Set EMAIL_URL.", id="accompagnement.W003")


def stop_if_unsafe() -> None:
    """For what runs no system check by itself, a web server and a worker: say each fault, and leave with code 3.

    With that code gunicorn stops for good, instead of starting its worker again.
    """
    faults = list(unsafe()) if settings.PRODUCTION else []
    if faults:
        sys.stderr.write("".join(f"Refused to start: {fault.msg} {fault.hint}\n" for fault in faults))
        sys.exit(3)
