"""What a finding says: a text, one told by its number, or a function where the facts of its subject decide.

A text holds the observed value as ``%(count)s`` (``%(percent)s``, ``%(minutes)s``), its bound as ``%(bound)s``, and the
start of the dyad as ``%(date)s``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise, lazy
from django.utils.text import capfirst

from guidelines.words import count_in_words
from people.text import spoken
from programs.calendars.periods import WeekCell

if TYPE_CHECKING:
    from guidelines.models import Flag

Text = str | Promise


@dataclass(frozen=True)
class Sentence:
    """``words``, and what is said instead: ``unknown`` without a value, ``unbounded`` when no bound was breached,
    ``at_zero`` of nothing, ``at_one`` of one or less. ``in_letters``: the number is spelled, the line has its capital.
    """

    words: Text
    unknown: Text = ""
    unbounded: Text = ""
    at_zero: Text = ""
    at_one: Text = ""
    in_letters: bool = False

    def of(self, flag: "Flag") -> Text:
        """The text that fits the finding's number."""
        number = value_of(flag)
        fitting = (
            flag.value is None and self.unknown,
            flag.threshold is None and self.unbounded,
            number < 1 and self.at_zero,
            number < 2 and self.at_one,
        )
        return next((text for text in fitting if text), self.words)


Said = Text | Sentence | Callable[["Flag", Sequence[WeekCell]], str]


def say(said: Said, flag: "Flag", cells: Sequence[WeekCell] = ()) -> str:
    """A sentence of a finding, in the language of the moment; ``cells`` are the weeks that it rests on."""
    if isinstance(said, Sentence):
        told = _filled(said.of(flag), flag, in_letters=said.in_letters)
        return capfirst(told) if said.in_letters else told
    return said(flag, cells) if callable(said) else _filled(said, flag)


def value_of(flag: "Flag") -> int:
    """The observed value, 0 when there is none."""
    return flag.value or 0


def _filled(text: Text, flag: "Flag", *, in_letters: bool = False) -> str:
    """With the value under the name that the text gives it; a lazy plural picks its form by ``count`` or ``number``."""
    number = value_of(flag)
    facts: dict[str, Any] = {
        **dict.fromkeys(("number", "percent", "minutes"), number),
        "count": count_in_words(number) if in_letters else number,
        "bound": flag.threshold,
        "date": _DATE(flag),
    }
    return str(text % facts)


def _start_of_dyad(flag: "Flag") -> str:
    return spoken(flag.dyad.starts_on) if flag.dyad else ""


_DATE = lazy(_start_of_dyad, str)
"""Written only where a sentence says it."""
