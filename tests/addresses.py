"""Every address of the product, and the methods that each takes."""

from collections.abc import Callable, Iterator

from django.http import HttpResponseBase
from django.test import RequestFactory
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

OF_PROGRAMS = "api_v1_"
"""What only a token opens, never a session: ``test_api_rights``."""


def patterns() -> Iterator[URLPattern]:
    def walk(resolver: URLResolver) -> Iterator[URLPattern]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry)
            elif isinstance(entry, URLPattern):
                yield entry

    return (entry for entry in walk(get_resolver()) if not str(entry.name).startswith(OF_PROGRAMS))


def addresses() -> Iterator[str]:
    return (str(pattern.name) for pattern in patterns())


def named(path: str) -> str:
    """The name of the address that a path is of; empty for none of ours."""
    try:
        return str(resolve(path.partition("?")[0].partition("#")[0]).view_name)
    except Resolver404:
        return ""


def takes(view: Callable[..., HttpResponseBase], method: str) -> bool:
    try:
        return view(RequestFactory().generic(method, "/")).status_code != 405
    except (AttributeError, TypeError, RuntimeError):  # it went on, without a person, a row, a database
        return True
