"""Who may vouch for a person at sign-in: Microsoft and Google, as the environment names them. See decision 0052."""

from typing import Any
from urllib.parse import urlsplit

import environ

MICROSOFT, GOOGLE = "microsoft", "google"


def providers(env: environ.Env) -> list[dict[str, Any]]:
    """What allauth asks of each provider that is named; none where nothing is.

    ``MICROSOFT_URL`` and ``GOOGLE_URL`` are the addresses of another cloud of theirs, or of a provider of a test.
    """
    found = []
    tenant = env.str("MICROSOFT_TENANT", default="")
    if tenant and (client := env.str("MICROSOFT_CLIENT_ID", default="")):
        url = env.str("MICROSOFT_URL", default=f"https://login.microsoftonline.com/{tenant}/v2.0")
        secret = env.str("MICROSOFT_CLIENT_SECRET", default="")
        found.append(_provider(MICROSOFT, "Microsoft", client, secret, url, tenant=tenant))
    if client := env.str("GOOGLE_CLIENT_ID", default=""):
        url = env.str("GOOGLE_URL", default="https://accounts.google.com")
        found.append(_provider(GOOGLE, "Google", client, env.str("GOOGLE_CLIENT_SECRET", default=""), url))
    return found


def _provider(code: str, name: str, client: str, secret: str, url: str, **more: str) -> dict[str, Any]:
    said = {"server_url": url, "oauth_pkce_enabled": True, "fetch_userinfo": False, **more}
    return {"provider_id": code, "name": name, "client_id": client, "secret": secret, "settings": said}


def origins(found: list[dict[str, Any]]) -> list[str]:
    """Where the forms of the sign-in page may lead (Content-Security-Policy)."""
    parts = [urlsplit(one["settings"]["server_url"]) for one in found]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})
