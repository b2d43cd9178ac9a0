"""Whom the token speaks for, and what it may do."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from ninja import Router

from exchange.api.declaration import Told, schema_of
from exchange.api.views.reading import READING, conditional
from exchange.models import ApiToken
from people.access import Role

ME = (
    Told("id", _("numéro"), int, nullable=False),
    Told("name", _("nom"), str, nullable=False),
    Told("board", _("organisme"), str, nullable=False),
    Told("roles", _("rôles"), list, nullable=False, labels=dict(Role.choices)),
    Told("scope", _("portée du jeton"), str, values=ApiToken.Scope.values[:2], nullable=False),
    Told("expires_at", _("expiration du jeton"), datetime),
)


def add_me(router: Router) -> None:
    """« /me »."""
    said: dict[str, Any] = {"operation_id": "me", "tags": ["me"], "summary": _("À qui est ce jeton")}

    def me(request: HttpRequest) -> HttpResponseBase:
        token: ApiToken = request.auth  # type: ignore[attr-defined]
        person = token.person
        roles = sorted({grant.role.value for grant in person.access.grants})
        said = {"id": person.pk, "name": str(person), "board": str(person.board), "roles": roles}
        return conditional(request, said | {"scope": token.scope, "expires_at": token.expires_at})

    router.get("/me", auth=READING, response=schema_of("Me", ME), url_name="api_v1_me", **said)(me)
