"""Every list of the API, in the order in which one refers to another. A new list = one declaration here."""

from exchange.api.declaration import RESOURCES, declare
from exchange.api.resources import findings, log, organisation, relations


def declare_all() -> None:
    if not RESOURCES:
        declare(*organisation.RESOURCES, *relations.RESOURCES, *log.resources(), *findings.RESOURCES)
