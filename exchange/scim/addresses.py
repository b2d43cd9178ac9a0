"""Where SCIM 2.0 (RFC 7644) is served.

What answers is loaded when a directory first asks: SCIM's models take seconds to build, which every command and every
process would pay.
"""

from collections.abc import Callable
from importlib import import_module

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

ROOT = "/scim/v2"


def view_named(name: str) -> Callable[..., HttpResponse]:
    """The view of ``exchange.scim.views`` that bears the name, which knows a directory by its token alone."""

    @login_not_required
    @csrf_exempt
    def answered(request: HttpRequest, **named: str) -> HttpResponse:
        response: HttpResponse = getattr(import_module("exchange.scim.views"), name)(request, **named)
        return response

    return answered


ADDRESSES: list[URLPattern] = [
    path("scim/v2/ServiceProviderConfig", view_named("config"), name="scim_config"),
    path("scim/v2/ResourceTypes", view_named("resource_types"), name="scim_resource_types"),
    path("scim/v2/ResourceTypes/<str:pk>", view_named("resource_types"), name="scim_resource_type"),
    path("scim/v2/Schemas", view_named("schemas"), name="scim_schemas"),
    path("scim/v2/Schemas/<str:pk>", view_named("schemas"), name="scim_schema"),
    path("scim/v2/Users", view_named("users"), name="scim_users"),
    path("scim/v2/Users/.search", view_named("search"), name="scim_users_search"),
    path("scim/v2/Users/<str:pk>", view_named("user"), name="scim_user"),
    path("scim/v2/.search", view_named("search"), name="scim_search"),
    path("scim/v2/<path:rest>", view_named("nowhere"), name="scim_nowhere"),
]
