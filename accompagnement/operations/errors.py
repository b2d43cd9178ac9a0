"""Errors told to a Sentry, by ``SENTRY_DSN``: where the code failed and for which request, nothing of anybody."""

from typing import Any

from django.conf import settings

from accompagnement.operations.away import is_away
from accompagnement.operations.logs import REQUEST_ID

OPTIONS: dict[str, Any] = {
    "include_local_variables": False,
    "max_request_body_size": "never",
    "max_breadcrumbs": 0,
    "traces_sample_rate": 0,
    "default_integrations": False,
    "auto_enabling_integrations": False,
}


def tell_errors() -> None:
    """Begin to tell, where an address is set; elsewhere nothing of it is loaded."""
    if settings.SENTRY_DSN:
        import sentry_sdk
        from sentry_sdk.integrations.celery import CeleryIntegration
        from sentry_sdk.integrations.django import DjangoIntegration

        told_by = [DjangoIntegration(transaction_style="url", middleware_spans=False), CeleryIntegration()]
        sentry_sdk.init(settings.SENTRY_DSN, integrations=told_by, before_send=before_send, **OPTIONS)


def before_send(event: Any, hint: Any) -> Any:
    """What leaves: classes, files and lines, the pattern of the address. A database that is away is no error of ours.

    The words of an error go too: they quote what was typed or stored.
    """
    error = (hint.get("exc_info") or (None, None, None))[1]
    if is_away(error):
        return None
    for name in ("request", "user", "extra", "logentry", "message", "breadcrumbs", "server_name"):
        event.pop(name, None)
    event["contexts"] = {"trace": event.get("contexts", {}).get("trace", {})}
    for one in event.get("exception", {}).get("values", ()):
        one.pop("value", None)
    event["tags"] = {"request_id": REQUEST_ID.get() or "none"}
    return event
