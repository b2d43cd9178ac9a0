"""A guideline's numbers as its pages state them: the board's, each programme's own, with the review's beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from guidelines.catalogue import Guideline
from guidelines.models import Severity
from guidelines.numbers import Numbers
from programs.models import Program


@dataclass(frozen=True)
class Bound:
    """One threshold as it stands somewhere; ``default`` is the review's number, None where there is none."""

    name: str
    severity: Severity
    words: str
    default: int | None
    is_own: bool


@dataclass(frozen=True)
class Setting:
    """A number that is no bound, as it stands somewhere."""

    name: str
    words: str
    value: int
    default: int
    is_own: bool


@dataclass(frozen=True)
class Stated:
    """What a guideline's numbers are worth in one place."""

    bounds: list[Bound]
    settings: list[Setting]
    program: Program | None = None


def stated(entry: Guideline, numbers: Numbers, program: Program | None = None) -> Stated:
    """In the whole board, or for what is of one programme."""
    return _stated(entry, numbers, program)


def stated_apart(entry: Guideline, numbers: Numbers, programs: Sequence[Program]) -> list[Stated]:
    """In each of these programmes that has numbers of its own: those numbers alone."""
    found = []
    for program in programs:
        own = {name for code, name, pk in numbers.changed if (code, pk) == (entry.code, program.pk)}
        there = _stated(entry, numbers, program)
        bounds = [bound for bound in there.bounds if bound.name in own]
        settings = [setting for setting in there.settings if setting.name in own]
        if bounds or settings:
            found.append(Stated(bounds, settings, program))
    return found


def _stated(entry: Guideline, numbers: Numbers, program: Program | None) -> Stated:
    worth = {name: numbers.value(entry.code, name, program.pk if program else None) for name in entry.settable}
    bounds = []
    for threshold in entry.thresholds:
        bound = None if threshold.bound is None else worth[threshold.key]
        words = threshold.in_words(bound)
        bounds.append(Bound(threshold.key, threshold.severity, words, threshold.bound, bound != threshold.bound))
    settings = [
        Setting(one.name, str(one.words), worth[one.name], one.default, worth[one.name] != one.default)
        for one in entry.parameters
    ]
    return Stated(bounds, settings, program)
