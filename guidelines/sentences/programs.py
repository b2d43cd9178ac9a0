"""Programmes and the adults in charge of them, in words."""

from collections.abc import Callable

from guidelines.models import Flag

HEADLINES: dict[str, Callable[[Flag], str]] = {}

OBSERVED: dict[str, Callable[[Flag], str]] = {}
